//! What every step of an approval has in common: loading it, taking a seat, recording, and its time limit.

use contracts::quote_contract::v1::ApprovalProgressed;
use journal::{Entry, Timer, Write};
use kernel::{PersonId, Principal, Reason};
use process::approval::{Actor, Approval, Status, Step};
use process::definition::ApprovalRule;
use process::store;
use serde_json::json;
use uuid::Uuid;

use super::escalate_approval::LIMIT;
use crate::State;
use crate::error::Error;
use crate::store::approval_cases::{self, ApprovalCase};

/// Loads an approval and what it is about, to change both.
pub async fn lock(write: &mut Write, id: Uuid) -> Result<(ApprovalCase, Approval), Error> {
    let tenant = write.caller().tenant();
    let case = approval_cases::lock(write.db(), id).await?.ok_or(Error::NotFound("approval"))?;
    let approval = store::lock_approval(write.db(), tenant, id).await?;
    Ok((case, approval))
}

/// The seat that waits for `person` now.
pub fn seat_of(approval: &Approval, person: PersonId) -> Option<&Step> {
    approval.waiting().find(|step| step.approver == person)
}

/// Whoever holds a waiting seat's role at the record's node or above may take the seat of the person
/// that was asked. Answers the seat and who sat there; nothing changes for somebody who has a seat.
pub fn stand_in(
    approval: &mut Approval,
    case: &ApprovalCase,
    principal: &Principal,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Option<(Uuid, PersonId)>, Error> {
    let person = PersonId(principal.id);
    if seat_of(approval, person).is_some() || !case.org.is_within(&principal.org) {
        return Ok(None);
    }
    let free = approval.waiting().find(|step| principal.has(step.role)).map(|step| (step.id, step.approver, step.role));
    let Some((step, asked, role)) = free else { return Ok(None) };
    approval.delegate(asked, Actor { person, role }, now)?;
    Ok(Some((step, asked)))
}

/// What happened to a seat.
#[derive(Default)]
pub struct Progress {
    /// opened, approved, rejected, delegated, stood_in, escalated, overdue, withdrawn
    pub what: &'static str,
    pub step: Option<Step>,
    pub from: Option<PersonId>,
    pub to: Option<PersonId>,
    pub reason: Option<Reason>,
}

/// Records one step of the approval in its own chain of evidence.
pub fn record(write: &mut Write, case: &mut ApprovalCase, progress: Progress) -> Result<(), Error> {
    case.version += 1;
    let step = progress.step;
    let idle = step.as_ref().and_then(|step| step.idle(write.now()));
    let name = |person: Option<PersonId>| person.map_or_else(String::new, |person| person.to_string());
    let event = ApprovalProgressed {
        approval_id: case.id.to_string(),
        subject_kind: case.subject_kind.clone(),
        subject_id: case.subject_id.to_string(),
        what: progress.what.to_owned(),
        step_id: step.as_ref().map_or_else(String::new, |step| step.id.to_string()),
        role: step.as_ref().map_or_else(String::new, |step| step.role.as_str().to_owned()),
        from_person_id: name(progress.from),
        to_person_id: name(progress.to),
        idle_seconds: idle.map_or(0, |idle| idle.num_seconds()),
        org: case.org.to_string(),
    };
    let mut entry = Entry::new(&event, case.id, case.version)?;
    if let Some(reason) = progress.reason {
        entry = entry.why(reason);
    }
    write.record(entry);
    Ok(())
}

/// Stores the approval and its case, and starts or stops the clocks of its seats.
pub async fn save(state: &State, write: &mut Write, case: &ApprovalCase, approval: &Approval) -> Result<(), Error> {
    let tenant = case.tenant;
    store::save_approval(write.db(), tenant, approval).await?;
    approval_cases::save(write.db(), case).await?;
    for step in approval.steps.iter().filter(|step| !is_waiting(approval, step)) {
        write.disarm(step.id, LIMIT).await?;
    }
    let rule = rule_of(state, write, case, approval).await?;
    match rule {
        Some(rule) => arm_limits(state, write, &rule, approval).await,
        None => Ok(()),
    }
}

/// Starts the clock of every seat that is asked now and has not been escalated.
pub async fn arm_limits(
    state: &State,
    write: &mut Write,
    rule: &ApprovalRule,
    approval: &Approval,
) -> Result<(), Error> {
    let Some(limit) = rule.limit else { return Ok(()) };
    for step in approval.waiting().filter(|step| step.escalated_at.is_none()) {
        let Some(asked_at) = step.asked_at else { continue };
        let timer = Timer {
            aggregate: "approval",
            aggregate_id: step.id,
            kind: LIMIT,
            generation: 1,
            due_at: limit.due(&state.calendar, asked_at).at,
            payload: json!({ "approval": approval.id }),
        };
        write.arm(timer).await?;
    }
    Ok(())
}

fn is_waiting(approval: &Approval, step: &Step) -> bool {
    approval.status == Status::Pending && step.is_active()
}

/// The rule of the definition version that asked, even when operations have published another since.
pub async fn rule_of(
    state: &State,
    write: &mut Write,
    case: &ApprovalCase,
    approval: &Approval,
) -> Result<Option<ApprovalRule>, Error> {
    let version = case.definition_version.cast_unsigned();
    let definition = state.definitions.version(write.db(), case.tenant, &case.definition, version).await?;
    let mut rules = definition.transitions.iter().flat_map(|transition| &transition.approvals);
    Ok(rules.find(|rule| rule.id == approval.rule).cloned())
}
