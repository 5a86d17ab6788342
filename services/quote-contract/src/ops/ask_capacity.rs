//! Whether delivery has room in a week. A quote can do without the answer.

use chrono::{Datelike, Days, NaiveDate};
use contracts::delivery::v1::GetCapacityRequest;
use kernel::TenantId;

use crate::State;
use crate::error::Error;

/// Free slots in the week of `day`; `None` when delivery cannot be asked now.
pub async fn free_slots(state: &State, tenant: TenantId, day: NaiveDate) -> Option<i32> {
    match ask(state, tenant, day).await {
        Ok(free) => free,
        Err(error) => {
            tracing::debug!(%error, "delivery capacity is not known; the quote goes on without it");
            None
        }
    }
}

async fn ask(state: &State, tenant: TenantId, day: NaiveDate) -> Result<Option<i32>, Error> {
    let week = monday(day).format("%Y-%m-%d").to_string();
    let request = state.peers.ask(tenant, GetCapacityRequest { week })?;
    let answer =
        state.peers.capacity()?.get_capacity(request).await.map_err(runtime::peers::PeerError::from)?.into_inner();
    // A week that nobody has planned yet says nothing.
    Ok((answer.slots > 0).then_some(answer.slots - answer.booked))
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}
