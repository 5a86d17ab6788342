//! Every event of every followed service.

use journal::Caller;
use journal::consume::{Failure, Incoming};
use kernel::AsProblem;

use crate::app::State;
use crate::domain::happened::Happened;
use crate::domain::source::Source;
use crate::error::AnalyticsError;
use crate::ops::apply_event::apply_event;

pub async fn run((state, source): (State, Source), caller: Caller, incoming: Incoming) -> Result<(), Failure> {
    let happened = Happened::try_from(incoming).map_err(|error| Failure::Problem(error.problem()))?;
    apply_event(&state, &caller, source, happened).await.map_err(|error| match error {
        AnalyticsError::TooEarly { .. } => Failure::Later,
        other => Failure::Problem(other.problem()),
    })
}
