//! Any event → the notifications and webhook messages it calls for.

use journal::Caller;
use journal::consume::{Failure, Incoming};
use kernel::AsProblem;

use crate::app::State;
use crate::ops;

pub async fn run(state: State, caller: Caller, event: Incoming) -> Result<(), Failure> {
    let planned = ops::plan_notifications::plan_notifications(&state, &caller, event).await;
    planned.map_err(|error| Failure::Problem(error.problem()))
}
