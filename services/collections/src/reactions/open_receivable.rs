//! A contract was signed: what the customer owes from now on.

use chrono::{DateTime, Utc};
use contracts::Timestamp;
use contracts::quote_contract::v1::{ContractSigned, PlannedPayment};
use journal::Caller;
use journal::consume::Delivered;

use super::{id, money};
use crate::app::State;
use crate::domain::plan::Planned;
use crate::error::CollectionsError;
use crate::ops::open_receivable::{SignedContract, open_receivable};

pub async fn run(state: State, caller: Caller, signed: Delivered<ContractSigned>) -> Result<(), CollectionsError> {
    let contract = contract(signed.event, signed.meta.time)?;
    open_receivable(&state, &caller, contract).await
}

fn contract(event: ContractSigned, published_at: DateTime<Utc>) -> Result<SignedContract, CollectionsError> {
    let total = event.total.ok_or_else(|| CollectionsError::event("total", "is missing"))?;
    Ok(SignedContract {
        contract_id: id("contract_id", &event.contract_id)?,
        number: event.number,
        customer_id: id("customer_id", &event.customer_id)?,
        company: event.company,
        owner_id: id("owner_id", &event.owner_id)?,
        org: event.org.parse().map_err(|error| CollectionsError::event("org", error))?,
        total: money("total", total)?,
        signed_at: event.signed_at.map_or(Ok(published_at), |at| time("signed_at", at))?,
        payments: event.payments.into_iter().map(planned).collect::<Result<_, _>>()?,
    })
}

fn planned(payment: PlannedPayment) -> Result<Planned, CollectionsError> {
    Ok(Planned {
        kind: payment.kind,
        percent: payment.percent,
        amount: payment.amount.map(|amount| money("payments.amount", amount)).transpose()?,
        due_at: payment.due_at.map(|at| time("payments.due_at", at)).transpose()?,
    })
}

fn time(field: &'static str, at: Timestamp) -> Result<DateTime<Utc>, CollectionsError> {
    DateTime::<Utc>::try_from(at).map_err(|error| CollectionsError::event(field, error))
}
