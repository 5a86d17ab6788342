//! Starts the moments of an opportunity and the timers that notice when one is missed.

use chrono::{DateTime, Utc};
use journal::{Timer, Write};
use kernel::TenantId;
use serde_json::json;
use uuid::Uuid;

use crate::domain::key_moment::KeyMoment;
use crate::error::CrmError;
use crate::store;

/// The timer that marks a moment as missed.
pub const TIMER: &str = "key_moment";

/// A moment about to start.
#[derive(Clone, Debug)]
pub struct NewMoment<'a> {
    pub tenant: TenantId,
    pub opportunity: Uuid,
    pub moment: &'a str,
    pub started_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    /// Leaving this stage meets it.
    pub stage: Option<&'a str>,
    pub tell: Vec<String>,
}

/// Starts a moment and arms its timer when it has a time.
pub async fn start(write: &mut Write, new: NewMoment<'_>) -> Result<(), CrmError> {
    let moment = KeyMoment {
        id: write.new_id(),
        moment: new.moment.to_owned(),
        started_at: new.started_at,
        due_at: new.due_at,
        met_at: None,
        missed_at: None,
        stage: new.stage.map(str::to_owned),
        tell: new.tell,
    };
    store::key_moments::insert(write.db(), new.tenant, new.opportunity, &moment).await?;
    let Some(due_at) = new.due_at else { return Ok(()) };
    let timer = Timer {
        aggregate: "key_moment",
        aggregate_id: moment.id,
        kind: TIMER,
        generation: 1,
        due_at,
        payload: json!({}),
    };
    Ok(write.arm(timer).await?)
}
