//! Applies one event, once and in its aggregate's order.

use journal::Caller;
use journal::gate::{self, Passage};

use crate::app::State;
use crate::domain::happened::Happened;
use crate::domain::project::Rows;
use crate::domain::source::Source;
use crate::error::AnalyticsError;
use crate::store;

/// Ends with [`AnalyticsError::TooEarly`], and without having claimed the event, when an earlier version is missing.
#[tracing::instrument(name = "analytics.apply_event", skip_all, fields(event = %happened.event_id))]
pub async fn apply_event(
    state: &State,
    caller: &Caller,
    source: Source,
    happened: Happened,
) -> Result<(), AnalyticsError> {
    let mut write = state.journal.begin(caller).await?;
    store::rows::lock(write.db(), happened.tenant.0, false).await?;
    let (aggregate, version) = (happened.aggregate_id, happened.version);
    match gate::advance(write.db(), source.consumer, aggregate, version).await? {
        Passage::Gap => return Err(AnalyticsError::TooEarly { aggregate, version }),
        Passage::Seen => {}
        Passage::Next => {
            let mut rows = Rows::default();
            rows.add(happened);
            store::rows::insert(write.db(), store::LIVE, &rows).await?;
        }
    }
    Ok(write.commit(()).await?)
}
