//! An approver approves or rejects. The last decision settles the quote or contract in the same write.

use authz::Action;
use journal::Caller;
use kernel::PersonId;
use process::approval::{Actor, ApprovalError, Decision};
use serde::Deserialize;
use uuid::Uuid;

use super::approval_steps::{self, Progress};
use super::approval_view::ApprovalView;
use super::settle_approval;
use crate::State;
use crate::error::Error;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decide {
    /// `approve` or `reject`.
    #[schema(value_type = String, example = "approve")]
    pub decision: Decision,
    /// Required to reject.
    #[serde(default)]
    pub reason: Option<String>,
}

#[tracing::instrument(name = "quote_contract.decide_approval", skip_all, fields(approval = %id))]
pub async fn decide_approval(state: &State, caller: &Caller, id: Uuid, input: Decide) -> Result<ApprovalView, Error> {
    let mut write = state.journal.begin(caller).await?;
    let (mut case, mut approval) = approval_steps::lock(&mut write, id).await?;
    let (now, person) = (write.now(), PersonId(caller.principal.id));
    if approval.submitter.person == person {
        return Err(ApprovalError::OwnRequest.into());
    }
    authz::check(&caller.principal, now, Action::ApprovalDecide, &case.resource())?;
    let stood_in = approval_steps::stand_in(&mut approval, &case, &caller.principal, now)?;
    // Whoever decides without having opened the page has seen it now.
    approval.open(person, now)?;
    let seat = approval_steps::seat_of(&approval, person).ok_or(ApprovalError::NotAnApprover)?;
    let (step, role) =
        (seat.id, if caller.principal.has(seat.role) { seat.role } else { caller.principal.leading_role() });
    let reason = input.reason.as_deref();
    let status = approval.decide(Actor { person, role }, input.decision, reason, now)?;
    let decided = approval.steps.iter().find(|one| one.id == step).cloned();
    if let Some((_, from)) = stood_in {
        let taken =
            Progress { what: "stood_in", step: decided.clone(), from: Some(from), to: Some(person), reason: None };
        approval_steps::record(&mut write, &mut case, taken)?;
    }
    let what = match input.decision {
        Decision::Approve => "approved",
        Decision::Reject => "rejected",
    };
    let progress =
        Progress { what, step: decided, to: Some(person), reason: input.reason.map(Into::into), ..Progress::default() };
    approval_steps::record(&mut write, &mut case, progress)?;
    approval_steps::save(state, &mut write, &case, &approval).await?;
    settle_approval::settle(state, &mut write, &case, &approval, status).await?;
    Ok(write.commit(ApprovalView::new(&case, &approval, now)).await?)
}
