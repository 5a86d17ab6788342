//! Operations try a rule on leads of the past before it holds.

use authz::{Action, Resource, ResourceKind, list_scope};
use chrono::{DateTime, Duration, Utc};
use journal::Caller;
use kernel::Scope;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::State;
use crate::domain::dry_run::{Fate, PersonShift, fates, shifts};
use crate::domain::lead::{Lead, LeadState};
use crate::domain::rule::{Rule, RuleDraft};
use crate::error::LeadError;
use crate::store;
use crate::store::leads::Filter;

/// How many leads are tried, the newest ones.
const MOST_LEADS: i64 = 2_000;
const SAMPLE: usize = 50;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleTrial {
    /// The rule that the draft would replace; none for a new one.
    #[serde(default)]
    pub id: Option<Uuid>,
    pub draft: RuleDraft,
    /// How far back leads are taken from, 1 to 365 days.
    #[serde(default = "month")]
    #[schema(minimum = 1, maximum = 365)]
    pub days: i64,
}

fn month() -> i64 {
    30
}

/// What the rule would have changed. Everybody is taken to be present and without a limit.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TrialResult {
    /// How many leads were tried: at most the newest 2,000.
    pub leads: usize,
    /// How many of them fit the rule.
    pub matched: usize,
    /// How many would go elsewhere.
    pub moved: usize,
    /// At most 50 leads, those that would go elsewhere first, newest first.
    pub sample: Vec<TriedLead>,
    /// Everybody who gets anything, most changed first.
    pub people: Vec<PersonShift>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TriedLead {
    pub lead_id: Uuid,
    pub company: String,
    pub received_at: DateTime<Utc>,
    /// Whether the rule's condition fits it.
    pub matches: bool,
    pub before: Fate,
    pub after: Fate,
}

#[tracing::instrument(name = "lead_routing.dry_run_rule", skip_all)]
pub async fn dry_run_rule(state: &State, caller: &Caller, trial: RuleTrial) -> Result<TrialResult, LeadError> {
    let rules = Resource::tenant_wide(ResourceKind::RoutingRule, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::RoutingRuleWrite, &rules)?;
    if !(1..=365).contains(&trial.days) {
        return Err(LeadError::field("days", "out_of_range", "须为 1–365", "1 to 365"));
    }
    let errors = trial.draft.errors_in("draft");
    if !errors.is_empty() {
        return Err(LeadError::Invalid(errors));
    }
    let since = state.clock.now() - Duration::days(trial.days);
    let leads = past_leads(state, caller, since).await?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let in_force = store::rules::list(&mut tx, caller.tenant().0).await?;
    let reps = store::reps::list(&mut tx).await?;
    drop(tx);
    let draft = Rule::of(trial.draft, trial.id.unwrap_or_default(), 0);
    let changed = with(&in_force, draft.clone());
    let try_on = |rules: &[Rule]| fates(rules, &reps, &leads, &state.calendars, state.novice_limit);
    let (before, after) = (try_on(&in_force), try_on(&changed));
    let people = shifts(&reps, &before, &after);
    Ok(compare(&leads, &draft, before, after, people))
}

/// What the caller may see of the leads since then, oldest first.
async fn past_leads(state: &State, caller: &Caller, since: DateTime<Utc>) -> Result<Vec<Lead>, LeadError> {
    let scope = list_scope(&caller.principal, ResourceKind::Lead);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let mut leads = store::leads::list(&mut tx, &Filter::default(), None, MOST_LEADS).await?;
    leads.truncate(usize::try_from(MOST_LEADS).unwrap_or(usize::MAX));
    leads.retain(|lead| lead.received_at >= since && lead.state != LeadState::Duplicate);
    leads.reverse();
    Ok(leads)
}

/// The rules in force with the draft in its place.
fn with(rules: &[Rule], draft: Rule) -> Vec<Rule> {
    let mut changed: Vec<Rule> = rules.iter().filter(|rule| rule.id != draft.id).cloned().collect();
    changed.push(draft);
    changed.sort_by_key(|rule| rule.position);
    changed
}

fn compare(leads: &[Lead], draft: &Rule, before: Vec<Fate>, after: Vec<Fate>, people: Vec<PersonShift>) -> TrialResult {
    let tried = leads.iter().zip(before).zip(after).map(|((lead, before), after)| TriedLead {
        lead_id: lead.id,
        company: lead.company.clone(),
        received_at: lead.received_at,
        matches: draft.condition.mismatch(&lead.facts()).is_none(),
        before,
        after,
    });
    let mut sample: Vec<TriedLead> = tried.collect();
    let moves = |lead: &TriedLead| lead.after.differs_from(&lead.before);
    let matched = sample.iter().filter(|lead| lead.matches).count();
    let moved = sample.iter().filter(|lead| moves(lead)).count();
    sample.sort_by_key(|lead| (!moves(lead), !lead.matches, std::cmp::Reverse(lead.received_at)));
    sample.truncate(SAMPLE);
    TrialResult { leads: leads.len(), matched, moved, sample, people }
}
