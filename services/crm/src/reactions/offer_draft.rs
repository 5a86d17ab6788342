//! A recording was written down.

use contracts::ai_qa::v1::TranscriptCompleted;
use journal::Caller;
use journal::consume::Delivered;

use super::event::id;
use crate::app::State;
use crate::domain::draft::{Draft, VoiceNote};
use crate::error::CrmError;
use crate::ops;

pub async fn run(state: State, caller: Caller, heard: Delivered<TranscriptCompleted>) -> Result<(), CrmError> {
    let event = heard.event;
    let note = VoiceNote {
        draft: Draft::heard(event.sentences, event.doubtful, event.truncated),
        owner: id("owner_id", &event.owner_id)?,
        recording: event.recording_id,
        version: heard.meta.version,
        at: heard.meta.time,
    };
    ops::offer_draft::offer_draft(&state, &caller, note).await
}
