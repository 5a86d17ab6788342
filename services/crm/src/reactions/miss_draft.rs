//! A recording cannot be written down: the rep types the summary.

use contracts::ai_qa::v1::TranscriptFailed;
use journal::Caller;
use journal::consume::Delivered;

use super::event::id;
use crate::app::State;
use crate::domain::draft::{Draft, VoiceNote};
use crate::error::CrmError;
use crate::ops;

pub async fn run(state: State, caller: Caller, failed: Delivered<TranscriptFailed>) -> Result<(), CrmError> {
    let event = failed.event;
    let note = VoiceNote {
        draft: Draft::Failed,
        owner: id("owner_id", &event.owner_id)?,
        recording: event.recording_id,
        version: failed.meta.version,
        at: failed.meta.time,
    };
    ops::offer_draft::offer_draft(&state, &caller, note).await
}
