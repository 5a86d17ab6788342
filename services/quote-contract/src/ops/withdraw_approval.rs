//! The submitter takes a request back; the quote or contract is a draft again.

use authz::Action;
use journal::Caller;
use kernel::PersonId;
use process::approval::ApprovalError;
use serde::Deserialize;
use uuid::Uuid;

use super::approval_steps::{self, Progress};
use super::approval_view::ApprovalView;
use super::settle_approval;
use crate::State;
use crate::error::Error;

#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    #[serde(default)]
    pub reason: Option<String>,
}

#[tracing::instrument(name = "quote_contract.withdraw_approval", skip_all, fields(approval = %id))]
pub async fn withdraw_approval(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: Withdraw,
) -> Result<ApprovalView, Error> {
    let mut write = state.journal.begin(caller).await?;
    let (mut case, mut approval) = approval_steps::lock(&mut write, id).await?;
    let (now, person) = (write.now(), PersonId(caller.principal.id));
    if approval.submitter.person != person {
        return Err(ApprovalError::NotTheSubmitter.into());
    }
    authz::check(&caller.principal, now, Action::ApprovalWithdraw, &case.resource())?;
    approval.withdraw(person, input.reason.as_deref(), now)?;
    let progress =
        Progress { what: "withdrawn", from: Some(person), reason: input.reason.map(Into::into), ..Progress::default() };
    approval_steps::record(&mut write, &mut case, progress)?;
    approval_steps::save(state, &mut write, &case, &approval).await?;
    settle_approval::settle(state, &mut write, &case, &approval, approval.status).await?;
    Ok(write.commit(ApprovalView::new(&case, &approval, now)).await?)
}
