//! Matches an answer to a talk track without keeping anything.

use journal::Caller;
use kernel::{FieldError, Text};
use uuid::Uuid;

use super::find_talk_tracks::open_library;
use super::find_transcript::find_transcript;
use crate::app::State;
use crate::domain::answer::{Judged, judge};
use crate::domain::scoring::{Heard, Semantics};
use crate::domain::talk_track::Track;
use crate::domain::transcript::{TranscriptState, heard};
use crate::error::AiQaError;

const LONGEST: usize = 10_000;

/// What the rep said.
pub enum Answer {
    /// In sentences.
    Typed(Vec<String>),
    /// In a recording that is written down, with nobody else on it.
    Recorded(Uuid),
}

/// The track it was matched to, and what it is worth.
#[tracing::instrument(name = "ai_qa.score_text", skip_all, fields(talk_track = %track))]
pub async fn score_text(
    state: &State,
    caller: &Caller,
    track: Uuid,
    answer: Answer,
) -> Result<(Track, Judged), AiQaError> {
    let said = match answer {
        Answer::Typed(sentences) => typed(&sentences)?,
        Answer::Recorded(recording) => recorded(state, caller, recording).await?,
    };
    let mut tx = open_library(state, caller).await?;
    let library = state.libraries.current(&mut tx, caller.tenant()).await?;
    drop(tx);
    let found = library.track(track).cloned().ok_or(AiQaError::TalkTrackNotFound)?;
    let encoder = state.encoder.get().ok();
    let scoring = move || {
        let semantics = encoder.as_ref().map(|encoder| encoder as &dyn Semantics);
        let verdict = library.score(&said, &found, semantics);
        (found, judge(&verdict.clone(), verdict))
    };
    Ok(tokio::task::spawn_blocking(scoring).await.map_err(kernel::Problem::internal)?)
}

fn typed(sentences: &[String]) -> Result<Vec<Heard>, AiQaError> {
    if sentences.iter().map(|one| one.chars().count()).sum::<usize>() > LONGEST {
        let reason = Text::new("最多 10000 个字符", "have more than 10000 characters");
        return Err(AiQaError::Invalid(vec![FieldError::new("sentences", "too_long", reason)]));
    }
    Ok(Heard::typed(&sentences.join("\n")))
}

async fn recorded(state: &State, caller: &Caller, recording: Uuid) -> Result<Vec<Heard>, AiQaError> {
    let (_, view) = find_transcript(state, caller, recording, 0).await?;
    if view.state != TranscriptState::Completed {
        return Err(AiQaError::NotTranscribed);
    }
    Ok(heard(&view.sentences, true, state.config.transcription.rep_channel))
}
