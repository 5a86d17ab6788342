//! Completes uploads that are whole and that a crash has left so.

use chrono::Duration;

use super::{BATCH, caller, find, note};
use crate::app::State;
use crate::error::AiQaError;
use crate::ops::complete_upload::complete_upload;
use crate::store;

/// Longer than the request that brought the last byte needs to complete it.
const LEFT_AFTER: Duration = Duration::minutes(10);

pub async fn run(state: State) -> Result<(), AiQaError> {
    let before = state.clock.now() - LEFT_AFTER;
    let due = find(&state, async |db| store::recordings::arriving(db, true, before, BATCH).await).await?;
    for upload in due {
        match complete_upload(&state, &caller(&upload), upload.id).await {
            // Recorded; the client learns it when it asks.
            Err(AiQaError::Refused(_)) => {}
            done => note(done, &upload, "complete"),
        }
    }
    Ok(())
}
