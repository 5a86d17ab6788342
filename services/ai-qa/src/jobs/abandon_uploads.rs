//! Gives up uploads that nobody has continued for long.

use chrono::Duration;

use super::{BATCH, caller, find, note};
use crate::app::State;
use crate::error::AiQaError;
use crate::ops::abandon_upload::abandon_upload;
use crate::store;

pub async fn run(state: State) -> Result<(), AiQaError> {
    let before = state.clock.now() - Duration::hours(state.config.recordings.upload_hours);
    let due = find(&state, async |db| store::recordings::arriving(db, false, before, BATCH).await).await?;
    for upload in due {
        note(abandon_upload(&state, &caller(&upload), upload.id, before).await, &upload, "abandon");
    }
    Ok(())
}
