//! A stored recording waits to be written down. Part of the write that stores it.

use journal::Write;

use crate::domain::recording::Recording;
use crate::domain::transcript::{Transcript, TranscriptState};
use crate::error::AiQaError;
use crate::store;

/// Queues a recording that everybody has agreed to: none other is ever stored.
pub async fn queue_transcript(write: &mut Write, recording: &Recording) -> Result<(), AiQaError> {
    let transcript = Transcript {
        id: write.new_id(),
        tenant: recording.tenant,
        org: recording.org.clone(),
        owner: recording.owner,
        recording: recording.id,
        visit: recording.visit,
        state: TranscriptState::Waiting,
        queued_at: write.now(),
        next_at: write.now(),
        attempts: 0,
        holder: None,
        lease_until: None,
        heard_ms: 0,
        total_ms: recording.seconds.map(|seconds| (seconds * 1000.0).round() as i64),
        sentences: 0,
        doubtful: 0,
        peak: None,
        truncated: false,
        model: None,
        sha256: None,
        reason: None,
        ended_at: None,
        version: 0,
    };
    store::transcripts::insert(write.db(), &transcript).await
}
