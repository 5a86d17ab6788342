//! A promise fits the schedule again.

use contracts::delivery::v1::PromiseTurnedGreen;
use journal::Caller;
use journal::consume::Delivered;

use super::event::id;
use crate::app::State;
use crate::domain::standing::FactValue;
use crate::error::CrmError;
use crate::ops::note_fact::{NotedFact, note_fact};

pub async fn run(state: State, caller: Caller, seen: Delivered<PromiseTurnedGreen>) -> Result<(), CrmError> {
    let customer = id("customer_id", &seen.event.customer_id)?;
    let subject = id("delivery_id", &seen.event.delivery_id)?;
    let noted = NotedFact::new(customer, FactValue::PromiseGreen, subject, &seen.meta);
    note_fact(&state, &caller, noted).await
}
