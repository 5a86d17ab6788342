//! The customer refused a delivery.

use contracts::delivery::v1::DeliveryRejected;
use journal::Caller;
use journal::consume::Delivered;

use super::event::id;
use crate::app::State;
use crate::domain::standing::FactValue;
use crate::error::CrmError;
use crate::ops::note_fact::{NotedFact, note_fact};

pub async fn run(state: State, caller: Caller, seen: Delivered<DeliveryRejected>) -> Result<(), CrmError> {
    let customer = id("customer_id", &seen.event.customer_id)?;
    let subject = id("delivery_id", &seen.event.delivery_id)?;
    let mut noted = NotedFact::new(customer, FactValue::Rejected, subject, &seen.meta);
    noted.why = Some(seen.event.reason.into());
    note_fact(&state, &caller, noted).await
}
