//! What the end of an approval means for the quote or contract it was about.

use ::contracts::quote_contract::v1::{
    ContractApproved, ContractRejected, ContractWithdrawn, QuoteRejected, QuoteWithdrawn,
};
use journal::{Entry, Write};
use kernel::Reason;
use process::approval::{Approval, Status};

use super::promise_quote::{self, Approved, promise};
use crate::State;
use crate::domain::contract::ContractStatus;
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;
use crate::store::approval_cases::{ApprovalCase, QUOTE};
use crate::store::{contracts, quotes, revisions};

/// Carries the outcome over; nothing while others are still asked.
pub async fn settle(
    state: &State,
    write: &mut Write,
    case: &ApprovalCase,
    approval: &Approval,
    status: Status,
) -> Result<(), Error> {
    if status == Status::Pending {
        return Ok(());
    }
    if case.subject_kind == QUOTE {
        settle_quote(state, write, case, approval, status).await
    } else {
        settle_contract(write, case, approval, status).await
    }
}

async fn settle_quote(
    state: &State,
    write: &mut Write,
    case: &ApprovalCase,
    approval: &Approval,
    status: Status,
) -> Result<(), Error> {
    let mut quote = match status {
        Status::Approved => promise_quote::lock(write, case.subject_id).await?,
        _ => quotes::lock(write.db(), case.subject_id).await?.ok_or(Error::NotFound("quote"))?,
    };
    let found = revisions::find(write.db(), quote.id, case.subject_revision).await?;
    let mut revision = found.ok_or(Error::NotFound("quote"))?;
    if status == Status::Approved {
        let why = approval.reason.as_ref().map(Reason::from);
        let approved = Approved { by: write.caller().principal.id, how: "approval", why };
        return promise(state, write, &mut quote, &mut revision, approved).await;
    }
    let from = quote.status;
    let to = if status == Status::Rejected { QuoteStatus::Rejected } else { QuoteStatus::Draft };
    revision.status = to;
    quote.status = to;
    quote.version += 1;
    quote.updated_at = write.now();
    quotes::save(write.db(), &quote).await?;
    revisions::save(write.db(), quote.tenant, &revision).await?;
    let (quote_id, number) = (quote.id.to_string(), quote.number.clone());
    let (owner_id, org) = (quote.owner_id.to_string(), quote.org.to_string());
    let entry = if status == Status::Rejected {
        let reason = approval.reason.clone().unwrap_or_default();
        let event = QuoteRejected { quote_id, number, owner_id, org, reason };
        Entry::new(&event, quote.id, quote.version)?
    } else {
        Entry::new(&QuoteWithdrawn { quote_id, number, owner_id, org }, quote.id, quote.version)?
    };
    write.record(with_reason(entry.change(from.as_str(), to.as_str()), approval));
    Ok(())
}

/// Somebody who approves need not say why.
fn with_reason(entry: Entry, approval: &Approval) -> Entry {
    match &approval.reason {
        Some(reason) => entry.why(reason),
        None => entry,
    }
}

async fn settle_contract(
    write: &mut Write,
    case: &ApprovalCase,
    approval: &Approval,
    status: Status,
) -> Result<(), Error> {
    let mut contract = contracts::lock(write.db(), case.subject_id).await?.ok_or(Error::NotFound("contract"))?;
    let from = contract.status;
    contract.version += 1;
    contract.updated_at = write.now();
    let (contract_id, number) = (contract.id.to_string(), contract.number.clone());
    let (owner_id, org) = (contract.owner_id.to_string(), contract.org.to_string());
    let (id, version) = (contract.id, contract.version);
    let (to, entry) = match status {
        Status::Approved => {
            let event = ContractApproved { contract_id, number, owner_id, org };
            (ContractStatus::Approved, Entry::new(&event, id, version)?)
        }
        Status::Rejected => {
            let reason = approval.reason.clone().unwrap_or_default();
            let event = ContractRejected { contract_id, number, owner_id, org, reason };
            (ContractStatus::Rejected, Entry::new(&event, id, version)?)
        }
        Status::Withdrawn | Status::Pending => {
            let event = ContractWithdrawn { contract_id, number, owner_id, org };
            (ContractStatus::Draft, Entry::new(&event, id, version)?)
        }
    };
    contract.status = to;
    contracts::save(write.db(), &contract).await?;
    write.record(with_reason(entry.change(from.as_str(), to.as_str()), approval));
    Ok(())
}
