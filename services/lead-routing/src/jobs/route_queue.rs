//! Tries again to find somebody for the leads that have waited longest: hours begin, leaves end, leads get done.

use crate::app::State;
use crate::error::LeadError;
use crate::ops;

pub async fn run(state: State) -> Result<(), LeadError> {
    let (limit, correlation) = (state.config.requeue_per_turn, state.journal.ids().new_id());
    ops::route_queued::route_waiting(&state, None, correlation, limit).await
}
