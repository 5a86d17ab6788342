//! An approver's time is up: the seat goes to the role that the rule escalates to, once.

use journal::Caller;
use journal::timers::Fired;
use kernel::{PersonId, Scope, Text};
use process::approval::{Actor, Approval};
use process::store;
use uuid::Uuid;

use super::approval_steps::{self, Progress};
use super::ask_directory;
use crate::State;
use crate::error::Error;
use crate::store::approval_cases::{self, ApprovalCase};

/// The timer of a seat; its aggregate is the step.
pub const LIMIT: &str = "approval_limit";

#[tracing::instrument(name = "quote_contract.escalate_approval", skip_all, fields(step = %fired.aggregate_id))]
pub async fn escalate_approval(state: State, caller: Caller, fired: Fired) -> Result<(), Error> {
    let step = fired.aggregate_id;
    let id = fired.payload["approval"].as_str().and_then(|id| id.parse().ok());
    let id: Uuid = id.ok_or_else(|| Error::Corrupt("timer of an approval", fired.payload.to_string()))?;
    let candidates = candidates(&state, &caller, id).await?;
    let mut write = state.journal.begin(&caller).await?;
    let (mut case, mut approval) = approval_steps::lock(&mut write, id).await?;
    let Some(late) = approval.waiting().find(|one| one.id == step).cloned() else {
        return Ok(write.commit(()).await?);
    };
    let now = write.now();
    let taken = candidates.into_iter().find(|to| approval.escalate(step, *to, now).is_ok());
    let progress = Progress {
        what: if taken.is_some() { "escalated" } else { "overdue" },
        step: approval.steps.iter().find(|one| one.id == step).cloned(),
        from: Some(late.approver),
        to: taken.map(|to| to.person),
        reason: Some(Text::new("超过审批时限", "not decided within the limit").into()),
    };
    approval_steps::record(&mut write, &mut case, progress)?;
    approval_steps::save(&state, &mut write, &case, &approval).await?;
    Ok(write.commit(()).await?)
}

/// The holders of the role that the rule escalates to, nearest first.
async fn candidates(state: &State, caller: &Caller, id: Uuid) -> Result<Vec<Actor>, Error> {
    let Some((case, approval)) = load(state, caller, id).await? else { return Ok(Vec::new()) };
    let definition = {
        let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
        let version = case.definition_version.cast_unsigned();
        state.definitions.version(&mut tx, case.tenant, &case.definition, version).await?
    };
    let mut rules = definition.transitions.iter().flat_map(|transition| &transition.approvals);
    let Some(role) = rules.find(|rule| rule.id == approval.rule).map(|rule| rule.escalate_to) else {
        return Ok(Vec::new());
    };
    let holders: Vec<PersonId> = ask_directory::holders(state, case.tenant, role, &case.org).await?;
    Ok(holders.into_iter().map(|person| Actor { person, role }).collect())
}

async fn load(state: &State, caller: &Caller, id: Uuid) -> Result<Option<(ApprovalCase, Approval)>, Error> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let Some(case) = approval_cases::find(&mut tx, id).await? else { return Ok(None) };
    let approval = store::load_approval(&mut tx, caller.tenant(), id).await?;
    Ok(Some((case, approval)))
}
