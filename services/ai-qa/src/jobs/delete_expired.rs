//! Deletes the content of recordings whose time is up.

use super::{BATCH, caller, find, note};
use crate::app::State;
use crate::error::AiQaError;
use crate::ops::delete_content::delete_content;
use crate::store;

pub async fn run(state: State) -> Result<(), AiQaError> {
    let now = state.clock.now();
    let due = find(&state, async |db| store::recordings::past_their_time(db, now, BATCH).await).await?;
    for recording in due {
        note(delete_content(&state, &caller(&recording), recording.id).await, &recording, "delete");
    }
    Ok(())
}
