//! A tenant's rules: see them, replace them, go back to the default ones.

use authz::{Action, Resource, ResourceKind};
use journal::Caller;
use kernel::Scope;
use serde::Serialize;

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
    let now = write.now();
    rule_sets::put(write.db(), caller.tenant().0, &stored, caller.principal.id, now).await?;
    Ok(write.commit(RulesView { default: false, rules: wanted.rules }).await?)
}

#[tracing::instrument(name = "notifier.reset_rules", skip_all)]
pub async fn reset_rules(state: &State, caller: &Caller) -> Result<RulesView, NotifierError> {
    allow(state, caller, Action::ChannelWrite)?;
    let mut write = state.journal.begin(caller).await?;
    rule_sets::delete(write.db(), caller.tenant().0).await?;
    Ok(write.commit(RulesView { default: true, rules: state.default_rules.rules.clone() }).await?)
}

fn allow(state: &State, caller: &Caller, action: Action) -> Result<(), NotifierError> {
    let channels = Resource::tenant_wide(ResourceKind::Channel, caller.tenant());
    Ok(authz::check(&caller.principal, state.clock.now(), action, &channels)?)
}
