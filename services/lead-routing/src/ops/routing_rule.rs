//! Operations edit the rules that leads are routed by.

use authz::{Action, Resource, ResourceKind};
use contracts::lead_routing::v1::RoutingRuleChanged;
use journal::{Caller, Entry, Write};
use kernel::Scope;
use runtime::http::IfMatch;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::State;
use crate::domain::condition::Condition;
use crate::domain::rule::{self, Rule, RuleDraft};
use crate::error::{LeadError, Missing};
use crate::store;

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RuleView {
    pub id: Uuid,
    pub version: i64,
    pub position: i32,
    pub name: String,
    pub enabled: bool,
    pub condition: Condition,
    pub action: rule::Action,
}

impl From<Rule> for RuleView {
    fn from(rule: Rule) -> Self {
        let Rule { id, position, name, enabled, version, condition, action } = rule;
        Self { id, version, position, name, enabled, condition, action }
    }
}

fn check(state: &State, caller: &Caller, action: Action) -> Result<(), LeadError> {
    let rules = Resource::tenant_wide(ResourceKind::RoutingRule, caller.tenant());
    Ok(authz::check(&caller.principal, state.clock.now(), action, &rules)?)
}

/// Every rule in the order in which they are tried.
pub async fn list_rules(state: &State, caller: &Caller) -> Result<Vec<RuleView>, LeadError> {
    check(state, caller, Action::RoutingRuleRead)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    Ok(store::rules::list(&mut tx, caller.tenant().0).await?.into_iter().map(Into::into).collect())
}

pub async fn find_rule(state: &State, caller: &Caller, id: Uuid) -> Result<RuleView, LeadError> {
    check(state, caller, Action::RoutingRuleRead)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let rule = store::rules::find(&mut tx, id).await?;
    rule.map(Into::into).ok_or(LeadError::NotFound(Missing::Rule))
}

#[tracing::instrument(name = "lead_routing.create_rule", skip_all)]
pub async fn create_rule(state: &State, caller: &Caller, draft: RuleDraft) -> Result<RuleView, LeadError> {
    check(state, caller, Action::RoutingRuleWrite)?;
    let mut write = state.journal.begin(caller).await?;
    let rule = checked(draft, write.new_id(), 1)?;
    save(&mut write, &rule, "created").await?;
    Ok(write.commit(rule.into()).await?)
}

#[tracing::instrument(name = "lead_routing.change_rule", skip_all, fields(rule = %id))]
pub async fn change_rule(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: &IfMatch,
    draft: RuleDraft,
) -> Result<RuleView, LeadError> {
    check(state, caller, Action::RoutingRuleWrite)?;
    let mut write = state.journal.begin(caller).await?;
    let known = store::rules::lock(write.db(), id).await?.ok_or(LeadError::NotFound(Missing::Rule))?;
    seen.check(known.version)?;
    let rule = checked(draft, id, known.version + 1)?;
    save(&mut write, &rule, "changed").await?;
    Ok(write.commit(rule.into()).await?)
}

#[tracing::instrument(name = "lead_routing.remove_rule", skip_all, fields(rule = %id))]
pub async fn remove_rule(state: &State, caller: &Caller, id: Uuid) -> Result<(), LeadError> {
    check(state, caller, Action::RoutingRuleWrite)?;
    let mut write = state.journal.begin(caller).await?;
    let known = store::rules::lock(write.db(), id).await?.ok_or(LeadError::NotFound(Missing::Rule))?;
    let rule = Rule { version: known.version + 1, ..known };
    let now = write.now();
    store::rules::remove(write.db(), caller.tenant().0, &rule, now).await?;
    record(&mut write, &rule, "removed")?;
    Ok(write.commit(()).await?)
}

fn checked(draft: RuleDraft, id: Uuid, version: i64) -> Result<Rule, LeadError> {
    let errors = draft.errors();
    if !errors.is_empty() {
        return Err(LeadError::Invalid(errors));
    }
    Ok(Rule::of(draft, id, version))
}

async fn save(write: &mut Write, rule: &Rule, what: &str) -> Result<(), LeadError> {
    let tenant = write.caller().tenant();
    store::rules::save(write.db(), tenant.0, rule).await?;
    record(write, rule, what)
}

fn record(write: &mut Write, rule: &Rule, what: &str) -> Result<(), LeadError> {
    let event = RoutingRuleChanged { rule_id: rule.id.to_string(), name: rule.name.clone(), what: what.into() };
    write.record(Entry::new(&event, rule.id, rule.version)?);
    Ok(())
}
