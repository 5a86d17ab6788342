//! What a tenant has set up: rules, providers, webhooks.

use std::collections::BTreeSet;
use std::sync::Arc;

use kernel::{OrgPath, Principal, Scope, TenantId};
use sqlx::PgConnection;

use crate::app::State;
use crate::config::Mode;
use crate::domain::channel::ChannelKind;
use crate::domain::event_pattern;
use crate::domain::providers::{Provider, Providers};
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

/// The configured providers with the tenant's own laid over them.
pub async fn providers(state: &State, db: &mut PgConnection, tenant: TenantId) -> Result<Providers, NotifierError> {
    let mut providers = state.settings.providers.clone();
    for row in store::channel_settings::all(db, tenant.0).await? {
        let provider = row.enabled.then(|| Provider::read(row.channel, &row.settings)).transpose();
        let provider = provider.map_err(|_| NotifierError::Corrupt(format!("settings of {}", row.channel)))?;
        providers.set(row.channel, provider);
    }
    Ok(providers)
}

/// Every outgoing channel when they all end in the sink, otherwise those with a provider.
pub async fn usable(
    state: &State,
    db: &mut PgConnection,
    tenant: TenantId,
) -> Result<BTreeSet<ChannelKind>, NotifierError> {
    match state.settings.mode {
        Mode::Sink => Ok(ChannelKind::OUTGOING.into_iter().collect()),
        Mode::Live => Ok(providers(state, db, tenant).await?.kinds()),
    }
}

/// True when the webhook wants an event that happened at `org`; events without a node go to the root only.
pub fn wants(webhook: &Webhook, event_type: &str, org: Option<&OrgPath>) -> bool {
    let place = org.cloned().unwrap_or_else(OrgPath::root);
    webhook.enabled
        && place.is_within(&webhook.org)
        && webhook.event_types.iter().any(|pattern| event_pattern::matches(pattern, event_type))
}
