//! What a tenant has set up: rules, providers, webhooks.

use std::collections::BTreeSet;
use std::sync::Arc;

use kernel::{OrgPath, Principal, Scope, TenantId};
use sqlx::PgConnection;

use super::secrets::whole_settings;
use crate::app::State;
use crate::config::Mode;
use crate::domain::channel::ChannelKind;
use crate::domain::event_pattern;
use crate::domain::providers::Provider;
use crate::domain::rules::RuleSet;
use crate::error::NotifierError;
use crate::store;
use crate::store::webhooks::Webhook;

pub struct Setup {
    pub rules: Arc<RuleSet>,
    /// Outgoing channels that can be used now.
    pub usable: BTreeSet<ChannelKind>,
    pub webhooks: Vec<Webhook>,
}

/// Reads everything in one transaction of its own.
pub async fn load(state: &State, principal: &Principal) -> Result<Setup, NotifierError> {
    let mut tx = state.journal.read(principal, Scope::All).await?;
    Ok(Setup {
        rules: rules(state, &mut tx, principal.tenant).await?,
        usable: usable(state, &mut tx, principal.tenant).await?,
        webhooks: store::webhooks::all(&mut tx).await?,
    })
}

/// The tenant's own rules, or the default ones.
pub async fn rules(state: &State, db: &mut PgConnection, tenant: TenantId) -> Result<Arc<RuleSet>, NotifierError> {
    let Some(stored) = store::rule_sets::get(db, tenant.0).await? else { return Ok(state.default_rules.clone()) };
    serde_json::from_value(stored).map(Arc::new).map_err(|error| NotifierError::Corrupt(format!("rules: {error}")))
}

/// What carries a channel for the tenant: its own provider, or the configured one.
pub async fn provider(
    state: &State,
    db: &mut PgConnection,
    tenant: TenantId,
    kind: ChannelKind,
) -> Result<Option<Provider>, NotifierError> {
    let rows = store::channel_settings::all(db, tenant.0).await?;
    let Some(row) = rows.iter().find(|row| row.channel == kind) else {
        return Ok(state.settings.providers.get(kind).cloned());
    };
    if !row.enabled {
        return Ok(None);
    }
    let provider = Provider::read(kind, &whole_settings(state, tenant, row)?);
    provider.map(Some).map_err(|_| NotifierError::Corrupt(format!("settings of {kind}")))
}

/// Every outgoing channel when they all end in the sink, otherwise those with a provider.
pub async fn usable(
    state: &State,
    db: &mut PgConnection,
    tenant: TenantId,
) -> Result<BTreeSet<ChannelKind>, NotifierError> {
    match state.settings.mode {
        Mode::Sink => Ok(ChannelKind::OUTGOING.into_iter().collect()),
        Mode::Live => {
            let mut usable = state.settings.providers.kinds();
            for row in store::channel_settings::all(db, tenant.0).await? {
                if row.enabled {
                    usable.insert(row.channel)
                } else {
                    usable.remove(&row.channel)
                };
            }
            Ok(usable)
        }
    }
}

/// True when the webhook wants an event that happened at `org`; events without a node go to the root only.
pub fn wants(webhook: &Webhook, event_type: &str, org: Option<&OrgPath>) -> bool {
    let place = org.cloned().unwrap_or_else(OrgPath::root);
    webhook.enabled
        && place.is_within(&webhook.org)
        && webhook.event_types.iter().any(|pattern| event_pattern::matches(pattern, event_type))
}
