//! What else is found in a transcript: conclusions and objections.

use contracts::ai_qa::v1::TranscriptCompleted;
use journal::Caller;
use journal::consume::Delivered;

use super::read;
use crate::app::State;
use crate::error::AiQaError;
use crate::ops::mine_objections::mine_objections;
use crate::ops::offer_conclusions::offer_conclusions;

pub async fn conclusions(state: State, caller: Caller, event: Delivered<TranscriptCompleted>) -> Result<(), AiQaError> {
    offer_conclusions(&state, &caller, read("recording_id", &event.event.recording_id)?).await
}

pub async fn objections(state: State, caller: Caller, event: Delivered<TranscriptCompleted>) -> Result<(), AiQaError> {
    mine_objections(&state, &caller, read("recording_id", &event.event.recording_id)?).await
}
