//! An approver opens a request: from now on it counts how long it lies there.

use authz::Action;
use journal::Caller;
use kernel::PersonId;
use process::approval::ApprovalError;
use uuid::Uuid;

use super::approval_steps::{self, Progress};
use super::approval_view::ApprovalView;
use crate::State;
use crate::error::Error;

#[tracing::instrument(name = "quote_contract.open_approval", skip_all, fields(approval = %id))]
pub async fn open_approval(state: &State, caller: &Caller, id: Uuid) -> Result<ApprovalView, Error> {
    let mut write = state.journal.begin(caller).await?;
    let (mut case, mut approval) = approval_steps::lock(&mut write, id).await?;
    let (now, person) = (write.now(), PersonId(caller.principal.id));
    if approval.submitter.person == person {
        return Err(ApprovalError::OwnRequest.into());
    }
    authz::check(&caller.principal, now, Action::ApprovalDecide, &case.resource())?;
    let stood_in = approval_steps::stand_in(&mut approval, &case, &caller.principal, now)?;
    let first = approval.open(person, now)?;
    let step = approval_steps::seat_of(&approval, person).cloned();
    if let Some((_, from)) = stood_in {
        let taken = Progress { what: "stood_in", step: step.clone(), from: Some(from), to: Some(person), reason: None };
        approval_steps::record(&mut write, &mut case, taken)?;
    }
    if first {
        let opened = Progress { what: "opened", step, to: Some(person), ..Progress::default() };
        approval_steps::record(&mut write, &mut case, opened)?;
    }
    approval_steps::save(state, &mut write, &case, &approval).await?;
    Ok(write.commit(ApprovalView::new(&case, &approval, now)).await?)
}
