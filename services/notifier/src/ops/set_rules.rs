//! A tenant's rules: see them, replace them, go back to the default ones.

use authz::{Action, Resource, ResourceKind};
use contracts::notifier::v1::{RulesReset, RulesSet};
use journal::{Caller, Entry};
use kernel::Scope;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::setup;
use crate::app::State;
use crate::domain::rules::{Rule, RuleSet};
use crate::domain::rules_check;
use crate::error::NotifierError;
use crate::store::rule_sets;

/// The rules in force.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct RulesView {
    /// True while the tenant has none of its own.
    pub default: bool,
    pub rules: Vec<Rule>,
}

#[tracing::instrument(name = "notifier.get_rules", skip_all)]
pub async fn get_rules(state: &State, caller: &Caller) -> Result<RulesView, NotifierError> {
    allow(state, caller, Action::ChannelRead)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let default = rule_sets::get(&mut tx, caller.tenant().0).await?.is_none();
    let rules = setup::rules(state, &mut tx, caller.tenant()).await?;
    Ok(RulesView { default, rules: rules.rules.clone() })
}

#[tracing::instrument(name = "notifier.set_rules", skip_all, fields(rules = wanted.rules.len()))]
pub async fn set_rules(state: &State, caller: &Caller, wanted: RuleSet) -> Result<RulesView, NotifierError> {
    allow(state, caller, Action::ChannelWrite)?;
    let errors = rules_check::check(&wanted, &state.templates);
    if !errors.is_empty() {
        return Err(NotifierError::Invalid(errors));
    }
    let stored = serde_json::to_value(&wanted).map_err(|error| NotifierError::Corrupt(error.to_string()))?;
    let mut write = state.journal.begin(caller).await?;
    let (now, id) = (write.now(), write.new_id());
    let owner = (caller.tenant().0, id);
    let position = rule_sets::put(write.db(), owner, &stored, caller.principal.id, now).await?;
    let event = RulesSet {
        rule_set_id: position.id.to_string(),
        rules: u32::try_from(wanted.rules.len()).unwrap_or(u32::MAX),
        sha256: hex::encode(Sha256::digest(stored.to_string())),
    };
    write.record(Entry::new(&event, position.id, position.version)?);
    Ok(write.commit(RulesView { default: false, rules: wanted.rules }).await?)
}

#[tracing::instrument(name = "notifier.reset_rules", skip_all)]
pub async fn reset_rules(state: &State, caller: &Caller) -> Result<RulesView, NotifierError> {
    allow(state, caller, Action::ChannelWrite)?;
    let mut write = state.journal.begin(caller).await?;
    if let Some(last) = rule_sets::delete(write.db(), caller.tenant().0).await? {
        let event = RulesReset { rule_set_id: last.id.to_string() };
        write.record(Entry::new(&event, last.id, last.version + 1)?);
    }
    Ok(write.commit(RulesView { default: true, rules: state.default_rules.rules.clone() }).await?)
}

fn allow(state: &State, caller: &Caller, action: Action) -> Result<(), NotifierError> {
    let channels = Resource::tenant_wide(ResourceKind::Channel, caller.tenant());
    Ok(authz::check(&caller.principal, state.clock.now(), action, &channels)?)
}
