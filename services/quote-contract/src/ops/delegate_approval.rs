//! An approver hands the decision to somebody else who may make it.

use authz::{Action, Resource, ResourceKind};
use journal::Caller;
use kernel::{PersonId, Principal, Role, Scope};
use process::approval::{Actor, Approval, ApprovalError};
use process::store;
use serde::Deserialize;
use uuid::Uuid;

use super::approval_steps::{self, Progress, seat_of};
use super::approval_view::ApprovalView;
use super::ask_directory;
use crate::State;
use crate::error::Error;
use crate::store::approval_cases::{self, ApprovalCase, QUOTE};

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Delegate {
    pub to: Uuid,
    #[serde(default)]
    pub reason: Option<String>,
}

#[tracing::instrument(name = "quote_contract.delegate_approval", skip_all, fields(approval = %id))]
pub async fn delegate_approval(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: Delegate,
) -> Result<ApprovalView, Error> {
    let role = prepare(state, caller, id, PersonId(input.to)).await;
    let mut write = state.journal.begin(caller).await?;
    let role = role?;
    let (mut case, mut approval) = approval_steps::lock(&mut write, id).await?;
    let now = write.now();
    authz::check(&caller.principal, now, Action::ApprovalDelegate, &case.resource())?;
    let (from, to) = (PersonId(caller.principal.id), PersonId(input.to));
    approval.delegate(from, Actor { person: to, role }, now)?;
    let step = seat_of(&approval, to).cloned();
    let progress =
        Progress { what: "delegated", step, from: Some(from), to: Some(to), reason: input.reason.map(Into::into) };
    approval_steps::record(&mut write, &mut case, progress)?;
    approval_steps::save(state, &mut write, &case, &approval).await?;
    Ok(write.commit(ApprovalView::new(&case, &approval, now)).await?)
}

/// The role in which the delegate will decide: the seat's where they hold it.
async fn prepare(state: &State, caller: &Caller, id: Uuid, to: PersonId) -> Result<Role, Error> {
    let (case, approval) = {
        let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
        let case = approval_cases::find(&mut tx, id).await?.ok_or(Error::NotFound("approval"))?;
        (case, store::load_approval(&mut tx, caller.tenant(), id).await?)
    };
    let seat = seat_role(&approval, PersonId(caller.principal.id))?;
    let delegate = ask_directory::principal(state, caller.tenant(), to).await?.ok_or(Error::DelegateNotAllowed)?;
    check_delegate(state, &delegate, &case)?;
    Ok(if delegate.has(seat) { seat } else { delegate.leading_role() })
}

fn seat_role(approval: &Approval, person: PersonId) -> Result<Role, Error> {
    seat_of(approval, person).map(|step| step.role).ok_or_else(|| ApprovalError::NotAnApprover.into())
}

/// The policies must let the delegate approve this very quote or contract.
fn check_delegate(state: &State, delegate: &Principal, case: &ApprovalCase) -> Result<(), Error> {
    let (action, kind) = if case.subject_kind == QUOTE {
        (Action::QuoteApprove, ResourceKind::Quote)
    } else {
        (Action::ContractApprove, ResourceKind::Contract)
    };
    let resource = Resource::unowned(kind, case.tenant, case.org.clone());
    authz::check(delegate, state.clock.now(), action, &resource).map_err(|_| Error::DelegateNotAllowed)
}
