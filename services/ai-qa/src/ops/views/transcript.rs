//! What was heard, and what waits to be.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::transcript::{Sentence, Transcript, TranscriptState};
use crate::store::transcripts::Queue;

/// What was heard in a recording.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TranscriptView {
    pub id: Uuid,
    pub recording_id: Uuid,
    pub visit_id: Option<Uuid>,
    pub state: TranscriptState,
    /// Whole percent that is written down; 100 only when all is.
    pub percent: u32,
    /// Why it failed: a stable code.
    pub reason: Option<String>,
    pub sentences: Vec<Sentence>,
    /// How many sentences are not to be relied upon without a human.
    pub doubtful: i32,
    /// The recording ends before it should: what is missing was not heard.
    pub truncated: bool,
    /// The recording has no sound at all.
    pub silent: bool,
    /// Name and version of the model.
    pub model: Option<String>,
    /// Of the sentences, lower-case hex; stays when the words are deleted.
    pub sha256: Option<String>,
    pub queued_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

impl TranscriptView {
    pub fn of(transcript: Transcript, sentences: Vec<Sentence>) -> Self {
        Self {
            id: transcript.id,
            recording_id: transcript.recording,
            visit_id: transcript.visit,
            state: transcript.state,
            percent: transcript.percent(),
            reason: transcript.reason,
            sentences,
            doubtful: transcript.doubtful,
            truncated: transcript.truncated,
            silent: transcript.peak.is_some_and(|peak| peak <= 0.0),
            model: transcript.model,
            sha256: transcript.sha256,
            queued_at: transcript.queued_at,
            ended_at: transcript.ended_at,
        }
    }
}

/// Whether recordings are written down, and how many wait.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QueueView {
    /// Name and version of the model; absent when there is none, and then recordings wait.
    pub model: Option<String>,
    /// Why there is no model.
    pub missing: Option<String>,
    pub waiting: i64,
    pub working: i64,
}

impl QueueView {
    pub fn of(model: Result<String, String>, queue: &Queue) -> Self {
        let (model, missing) = match model {
            Ok(model) => (Some(model), None),
            Err(why) => (None, Some(why)),
        };
        Self { model, missing, waiting: queue.waiting, working: queue.working }
    }
}
