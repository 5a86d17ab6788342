//! A tenant's providers: secrets go in and never come out.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Utc};
use contracts::notifier::v1::{ChannelConfigured, ChannelReset};
use journal::{Caller, Entry};
use kernel::{Scope, TenantId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::secrets::{known_settings, seal_settings};
use crate::app::State;
use crate::domain::channel::ChannelKind;
use crate::domain::providers::{Provider, given_secrets, keep_secrets, split};
use crate::error::NotifierError;
use crate::store::channel_settings::{self, ChannelRow};

/// How to reach a provider. Secrets that are left out keep their value.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelBody {
    #[serde(default = "yes")]
    pub enabled: bool,
    /// email: host, port, from, tls (none, starttls, implicit), username, password · wecom: url ·
    /// dingtalk: url, secret · sms, voice: url, token.
    #[schema(value_type = Object)]
    pub settings: Map<String, Value>,
}

fn yes() -> bool {
    true
}

/// A channel and who carries it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ChannelView {
    pub channel: ChannelKind,
    pub enabled: bool,
    /// `tenant`: set up here; `default`: by whoever runs the service; `none`: not at all.
    pub source: String,
    /// Without secrets; empty unless the tenant set it up.
    #[schema(value_type = Object)]
    pub settings: Map<String, Value>,
    /// The secrets that are set.
    pub secrets: Vec<String>,
    pub changed_at: Option<DateTime<Utc>>,
}

#[tracing::instrument(name = "notifier.list_channels", skip_all)]
pub async fn list_channels(state: &State, caller: &Caller) -> Result<Vec<ChannelView>, NotifierError> {
    allow(state, caller, Action::ChannelRead)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let rows = channel_settings::all(&mut tx, caller.tenant().0).await?;
    let view = |kind: ChannelKind| match rows.iter().find(|row| row.channel == kind) {
        Some(row) => shown(row, secrets_of(state, caller.tenant(), row)),
        None => inherited(state, kind),
    };
    Ok(ChannelKind::OUTGOING.into_iter().map(view).collect())
}

#[tracing::instrument(name = "notifier.configure_channel", skip_all, fields(channel = %kind))]
pub async fn configure_channel(
    state: &State,
    caller: &Caller,
    kind: ChannelKind,
    body: ChannelBody,
) -> Result<ChannelView, NotifierError> {
    allow(state, caller, Action::ChannelWrite)?;
    let mut write = state.journal.begin(caller).await?;
    let (tenant, id) = (caller.tenant(), write.new_id());
    let stored = channel_settings::lock(write.db(), tenant.0, kind).await?;
    let replaced = given_secrets(kind, &body.settings);
    let known = stored.as_ref().map(|row| known_settings(state, tenant, row));
    let settings = keep_secrets(kind, body.settings, known.as_ref());
    let provider = Provider::read(kind, &settings).map_err(NotifierError::Invalid)?;
    let errors = provider.check(state.settings.allow_private_targets);
    if !errors.is_empty() {
        return Err(NotifierError::Invalid(errors));
    }
    let (settings, secrets) = split(kind, settings);
    let names: Vec<String> = secrets.keys().cloned().collect();
    let row = ChannelRow {
        channel: kind,
        enabled: body.enabled,
        settings: Value::Object(settings),
        sealed: seal_settings(state, tenant, kind, secrets)?,
        changed_at: write.now(),
    };
    let position = channel_settings::put(write.db(), (tenant.0, id), &row, caller.principal.id).await?;
    let event = ChannelConfigured {
        channel_settings_id: position.id.to_string(),
        channel: kind.as_str().to_owned(),
        enabled: row.enabled,
        secrets: names.clone(),
        replaced,
    };
    let entry = Entry::new(&event, position.id, position.version)?;
    write.record(entry.change(stored.as_ref().map_or("none", switch), switch(&row)));
    Ok(write.commit(shown(&row, names)).await?)
}

fn switch(row: &ChannelRow) -> &'static str {
    if row.enabled { "on" } else { "off" }
}

fn secrets_of(state: &State, tenant: TenantId, row: &ChannelRow) -> Vec<String> {
    split(row.channel, known_settings(state, tenant, row)).1.keys().cloned().collect()
}

/// Goes back to the default provider.
#[tracing::instrument(name = "notifier.reset_channel", skip_all, fields(channel = %kind))]
pub async fn reset_channel(state: &State, caller: &Caller, kind: ChannelKind) -> Result<ChannelView, NotifierError> {
    allow(state, caller, Action::ChannelWrite)?;
    let mut write = state.journal.begin(caller).await?;
    let last = channel_settings::delete(write.db(), caller.tenant().0, kind).await?;
    let last = last.ok_or(NotifierError::NotFound("channel"))?;
    let event = ChannelReset { channel_settings_id: last.id.to_string(), channel: kind.as_str().to_owned() };
    write.record(Entry::new(&event, last.id, last.version + 1)?);
    Ok(write.commit(inherited(state, kind)).await?)
}

fn shown(row: &ChannelRow, secrets: Vec<String>) -> ChannelView {
    ChannelView {
        channel: row.channel,
        enabled: row.enabled,
        source: "tenant".into(),
        settings: row.settings.as_object().cloned().unwrap_or_default(),
        secrets,
        changed_at: Some(row.changed_at),
    }
}

fn inherited(state: &State, kind: ChannelKind) -> ChannelView {
    let set_up = state.settings.providers.get(kind).is_some();
    ChannelView {
        channel: kind,
        enabled: set_up,
        source: if set_up { "default" } else { "none" }.into(),
        settings: Map::new(),
        secrets: Vec::new(),
        changed_at: None,
    }
}

fn allow(state: &State, caller: &Caller, action: Action) -> Result<(), NotifierError> {
    let channels = Resource::tenant_wide(ResourceKind::Channel, caller.tenant());
    Ok(authz::check(&caller.principal, state.clock.now(), action, &channels)?)
}
