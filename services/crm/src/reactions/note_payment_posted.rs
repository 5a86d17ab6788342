//! Money has come in.

use contracts::collections::v1::PaymentPosted;
use journal::Caller;
use journal::consume::Delivered;

use super::event::id;
use crate::app::State;
use crate::domain::standing::FactValue;
use crate::error::CrmError;
use crate::ops::note_fact::{NotedFact, note_fact};

pub async fn run(state: State, caller: Caller, seen: Delivered<PaymentPosted>) -> Result<(), CrmError> {
    let customer = id("customer_id", &seen.event.customer_id)?;
    let subject = id("receivable_id", &seen.event.receivable_id)?;
    let noted = NotedFact::new(customer, FactValue::Paid, subject, &seen.meta);
    note_fact(&state, &caller, noted).await
}
