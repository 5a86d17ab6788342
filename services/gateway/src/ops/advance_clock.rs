//! Moving time, in demonstrations only.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Duration, Utc};
use journal::Caller;
use kernel::{FieldError, Text};
use serde::{Deserialize, Serialize};

use crate::State;
use crate::error::GatewayError;

const LONGEST_STEP_SECONDS: i64 = 400 * 24 * 3600;

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// 1 to 34,560,000 (400 days).
    pub seconds: i64,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ClockView {
    pub now: DateTime<Utc>,
    /// How far it runs ahead of the machine's clock.
    pub ahead_seconds: i64,
}

/// For everybody who is signed in: deadlines are shown against it.
pub fn show_clock(state: &State) -> ClockView {
    ClockView { now: state.clock.now(), ahead_seconds: state.clock.offset().num_seconds() }
}

/// Timers that become due fire; sessions that run out end.
#[tracing::instrument(name = "gateway.advance_clock", skip_all, fields(seconds = input.seconds))]
pub fn advance_clock(state: &State, caller: &Caller, input: &Advance) -> Result<ClockView, GatewayError> {
    let demo = Resource::tenant_wide(ResourceKind::Demo, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::DemoControl, &demo)?;
    if !(1..=LONGEST_STEP_SECONDS).contains(&input.seconds) {
        let reason = Text::new("须为 1 至 34560000", "must be 1 to 34560000");
        return Err(GatewayError::Invalid(vec![FieldError::new("seconds", "out_of_range", reason)]));
    }
    state.clock.advance(Duration::seconds(input.seconds)).map_err(|_| GatewayError::ClockFixed)?;
    Ok(show_clock(state))
}
