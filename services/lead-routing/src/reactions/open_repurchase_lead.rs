//! A healthy customer is due to buy again → a lead.

use contracts::crm::v1::RepurchaseDue;
use journal::Caller;
use journal::consume::Delivered;

use crate::app::State;
use crate::error::LeadError;
use crate::ops;

pub async fn run(state: State, caller: Caller, due: Delivered<RepurchaseDue>) -> Result<(), LeadError> {
    ops::open_repurchase_lead::open_repurchase_lead(&state, &caller, due.event).await
}
