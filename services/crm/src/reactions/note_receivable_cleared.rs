//! A contract is fully paid: the customer may be due to buy again.

use contracts::collections::v1::ReceivableCleared;
use journal::Caller;
use journal::consume::Delivered;

use super::event::{id, money};
use crate::app::State;
use crate::domain::standing::FactValue;
use crate::error::CrmError;
use crate::ops::note_fact::{NotedFact, note_fact};

pub async fn run(state: State, caller: Caller, seen: Delivered<ReceivableCleared>) -> Result<(), CrmError> {
    let customer = id("customer_id", &seen.event.customer_id)?;
    let subject = id("receivable_id", &seen.event.receivable_id)?;
    let contract = id("contract_id", &seen.event.contract_id)?;
    let mut noted = NotedFact::new(customer, FactValue::Cleared, subject, &seen.meta);
    noted.paid_contract = Some((contract, money("amount", seen.event.amount)?));
    note_fact(&state, &caller, noted).await
}
