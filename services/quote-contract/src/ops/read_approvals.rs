//! What waits for a person's decision, and single approvals.

use authz::Action;
use kernel::{PersonId, Principal, Scope};
use process::store;
use uuid::Uuid;

use super::approval_steps::seat_of;
use super::approval_view::ApprovalView;
use crate::State;
use crate::error::Error;
use crate::store::approval_cases;

const MOST: i64 = 200;

/// Longest waiting first; never the person's own.
pub async fn list_waiting(state: &State, principal: &Principal) -> Result<Vec<ApprovalView>, Error> {
    let mut tx = state.journal.read(principal, Scope::All).await?;
    let cases = approval_cases::waiting_for(&mut tx, principal.id, &principal.roles, &principal.org, MOST).await?;
    let mut waiting = Vec::with_capacity(cases.len());
    for case in cases {
        let approval = store::load_approval(&mut tx, principal.tenant, case.id).await?;
        waiting.push(ApprovalView::new(&case, &approval, state.clock.now()));
    }
    Ok(waiting)
}

/// For those the policies let read it, and for whoever sits on one of its seats.
pub async fn get_approval(state: &State, principal: &Principal, id: Uuid) -> Result<ApprovalView, Error> {
    let mut tx = state.journal.read(principal, Scope::All).await?;
    let case = approval_cases::find(&mut tx, id).await?.ok_or(Error::NotFound("approval"))?;
    let approval = store::load_approval(&mut tx, principal.tenant, id).await?;
    if seat_of(&approval, PersonId(principal.id)).is_none() {
        authz::check(principal, state.clock.now(), Action::ApprovalRead, &case.resource())
            .map_err(|_| Error::NotFound("approval"))?;
    }
    Ok(ApprovalView::new(&case, &approval, state.clock.now()))
}
