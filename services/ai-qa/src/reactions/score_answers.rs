//! The service's own events that may make an answer ready to be scored.

use contracts::ai_qa::v1::{ObjectionAnswered, TranscriptCompleted, TranscriptFailed};
use journal::Caller;
use journal::consume::Delivered;

use super::read;
use crate::app::State;
use crate::error::AiQaError;
use crate::ops::score_answers::score_answers;

pub async fn completed(state: State, caller: Caller, event: Delivered<TranscriptCompleted>) -> Result<(), AiQaError> {
    score_answers(&state, &caller, read("recording_id", &event.event.recording_id)?).await
}

pub async fn failed(state: State, caller: Caller, event: Delivered<TranscriptFailed>) -> Result<(), AiQaError> {
    score_answers(&state, &caller, read("recording_id", &event.event.recording_id)?).await
}

/// The recording was written down before the answer was given.
pub async fn answered(state: State, caller: Caller, event: Delivered<ObjectionAnswered>) -> Result<(), AiQaError> {
    score_answers(&state, &caller, read("recording_id", &event.event.recording_id)?).await
}
