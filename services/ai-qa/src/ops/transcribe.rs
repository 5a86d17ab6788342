//! One turn: a recording, or some minutes of it, is written down.

use std::time::Duration;

use kernel::{Principal, Scope};
use speech::engine::Hints;
use speech::transcribe::{self, TranscribeError};
use tokio::sync::mpsc::Receiver;
use tokio::time::{MissedTickBehavior, interval};

use super::checkpoint_transcript::{Progress, checkpoint_transcript, extend_lease, others_wait};
use super::complete_transcript::{Ending, complete_transcript};
use super::fail_transcript::{fail_transcript, release_turn};
use super::listen::{Heard, listen, millis};
use super::take_turn::take_turn;
use crate::app::State;
use crate::domain::transcript::{Sentence, Transcript};
use crate::error::AiQaError;

/// How often the lease is extended.
const BEAT: Duration = Duration::from_secs(2);

/// Takes the next turn and works it off; false when nothing waits or there is no model.
#[tracing::instrument(name = "ai_qa.transcribe", skip_all)]
pub async fn transcribe(state: &State) -> Result<bool, AiQaError> {
    let Ok(transcriber) = state.recogniser.get() else { return Ok(false) };
    if state.stopping.is_cancelled() {
        return Ok(false);
    }
    let Some(turn) = take_turn(state).await? else { return Ok(false) };
    match state.content.open(turn.recording).await {
        Ok(file) => {
            let hints = hints(state, &turn).await?;
            follow(state, &turn, listen(state, &turn, transcriber, file, hints)?).await?;
        }
        Err(error) => {
            tracing::warn!(recording = %turn.recording, %error, "the recording cannot be read");
            fail_transcript(state, &turn, "recording_unreadable", true).await?;
        }
    }
    Ok(true)
}

/// Names that are likely to be said: those of competitors.
async fn hints(state: &State, turn: &Transcript) -> Result<Hints, AiQaError> {
    let mut tx = state.journal.read(&Principal::service(turn.tenant, "ai-qa"), Scope::All).await?;
    let library = state.libraries.current(&mut tx, turn.tenant).await?;
    Ok(Hints { words: library.competitors(), ..Hints::default() })
}

/// Follows the recogniser's thread until it ends, or the turn does; when the service stops, others go on at once. Leaving
/// this stops the thread.
async fn follow(state: &State, turn: &Transcript, mut thread: Receiver<Heard>) -> Result<(), AiQaError> {
    let (mut fresh, mut total) = (Vec::new(), None);
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let heard = tokio::select! {
            heard = thread.recv() => heard,
            _ = beat.tick() => {
                if !extend_lease(state, turn).await? {
                    return Ok(());
                }
                continue;
            }
            () = state.stopping.cancelled() => return release_turn(state, turn).await,
        };
        match heard {
            Some(Heard::Sentence(sentence)) => fresh.push(sentence),
            Some(Heard::Total(ms)) => total = Some(ms),
            Some(Heard::Settled(heard_ms, go_on)) => {
                let progress = Progress { sentences: std::mem::take(&mut fresh), heard_ms, total_ms: total };
                if !settle(state, turn, progress).await? {
                    return Ok(());
                }
                // A thread that is gone is noticed when nothing comes any more.
                let _ = go_on.send(());
            }
            Some(Heard::Ended(result)) => return end(state, turn, *result, fresh).await,
            // The thread is gone without a word: it panicked.
            None => return fail_transcript(state, turn, "recogniser_failed", true).await,
        }
    }
}

/// Keeps what was heard; false when the turn is over: lost, or long enough while somebody else waits.
async fn settle(state: &State, turn: &Transcript, progress: Progress) -> Result<bool, AiQaError> {
    let worked = progress.heard_ms - turn.heard_ms;
    if !checkpoint_transcript(state, turn, progress).await? {
        return Ok(false);
    }
    let over = worked >= state.config.transcription.turn_minutes * 60_000;
    if over && others_wait(state, turn).await? {
        release_turn(state, turn).await?;
        return Ok(false);
    }
    Ok(true)
}

async fn end(
    state: &State,
    turn: &Transcript,
    result: Result<transcribe::Transcript, TranscribeError>,
    sentences: Vec<Sentence>,
) -> Result<(), AiQaError> {
    match result {
        Ok(whole) => {
            let heard_ms = millis(whole.duration);
            let rest = Progress { sentences, heard_ms, total_ms: Some(heard_ms) };
            let ending = Ending { rest, peak: whole.peak, truncated: !whole.complete, model: whole.model };
            complete_transcript(state, turn, ending).await
        }
        Err(error) => {
            tracing::info!(recording = %turn.recording, code = error.code(), %error, "cannot be written down");
            fail_transcript(state, turn, error.code(), error.is_transient()).await
        }
    }
}
