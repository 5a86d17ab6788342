//! An answer's recording is written down, or cannot be: the answer is matched to its talk track.

use std::sync::Arc;

use contracts::ai_qa::v1::{ReviewFlagged, ReviewNeedsHuman, ReviewScored};
use journal::{Caller, Entry, Write};
use kernel::Scope;
use uuid::Uuid;

use crate::app::State;
use crate::domain::answer::{Judged, Outcome, judge, together};
use crate::domain::library::Library;
use crate::domain::review::{Review, ReviewState};
use crate::domain::scoring::{Heard, Semantics, Verdict};
use crate::domain::talk_track::Track;
use crate::domain::transcript::{Transcript, TranscriptState, heard};
use crate::error::AiQaError;
use crate::model::Encoder;
use crate::store;
use crate::store::scores::KeptScore;

/// What an answer is matched with.
struct Material {
    transcript: Transcript,
    said: Vec<Heard>,
    library: Arc<Library>,
    encoder: Option<Encoder>,
}

/// What came out, for one review.
struct Matched {
    judged: Judged,
    talk_track: Option<(Uuid, i32)>,
}

/// Scores every answer that was given with `recording`. An answer is scored once per transcript, however often this is
/// asked for; nothing happens before the transcription has ended.
#[tracing::instrument(name = "ai_qa.score_answers", skip_all, fields(recording = %recording))]
pub async fn score_answers(state: &State, caller: &Caller, recording: Uuid) -> Result<(), AiQaError> {
    let Some((answers, material)) = collect(state, caller, recording).await? else { return Ok(()) };
    let transcript = material.transcript.clone();
    let scoring = move || answers.iter().map(|one| (one.id, score(one, &material))).collect::<Vec<_>>();
    let scored = tokio::task::spawn_blocking(scoring).await.map_err(kernel::Problem::internal)?;
    let mut write = state.journal.begin(caller).await?;
    let mut reviews = store::reviews::lock_answers(write.db(), recording).await?;
    for (id, result) in scored {
        if let Some(review) = reviews.iter_mut().find(|review| review.id == id) {
            keep(&mut write, review, result, &transcript).await?;
        }
    }
    Ok(write.commit(()).await?)
}

async fn collect(
    state: &State,
    caller: &Caller,
    recording: Uuid,
) -> Result<Option<(Vec<Review>, Material)>, AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let answers = store::reviews::answers(&mut tx, recording).await?;
    let Some(transcript) = store::transcripts::find(&mut tx, recording).await? else { return Ok(None) };
    let going_on = matches!(transcript.state, TranscriptState::Waiting | TranscriptState::Working);
    if answers.is_empty() || going_on {
        return Ok(None);
    }
    let sentences = store::sentences::list(&mut tx, transcript.id, 0).await?;
    let said = heard(&sentences, true, state.config.transcription.rep_channel);
    let library = state.libraries.current(&mut tx, caller.tenant()).await?;
    Ok(Some((answers, Material { transcript, said, library, encoder: state.encoder.get().ok() })))
}

fn score(review: &Review, with: &Material) -> Matched {
    let unscored = |reason| Matched { judged: Judged::unscored(reason), talk_track: None };
    match with.transcript.state {
        TranscriptState::Completed => {}
        TranscriptState::Failed => return unscored("transcription_failed"),
        _ => return unscored("recording_deleted"),
    }
    let semantics = with.encoder.as_ref().map(|encoder| encoder as &dyn Semantics);
    let best = with.library.answering(review.objection).map(|track| (track, against(review, track, with, semantics)));
    let Some((track, mut judged)) = best.max_by_key(|(_, judged)| (judged.percent(), judged.score.is_some())) else {
        return unscored("no_talk_track");
    };
    if with.transcript.truncated && judged.outcome != Outcome::NeedsHuman {
        judged.outcome = Outcome::NeedsHuman;
        judged.reasons = vec!["truncated".into()];
    }
    Matched { judged, talk_track: Some((track.id, track.words_version)) }
}

fn against(review: &Review, track: &Track, with: &Material, semantics: Option<&dyn Semantics>) -> Judged {
    let whole = together(&with.said, review.answer.as_deref().unwrap_or_default());
    let said: Verdict = with.library.score(&with.said, track, semantics);
    judge(&said, with.library.score(&whole, track, semantics))
}

async fn keep(
    write: &mut Write,
    review: &mut Review,
    result: Matched,
    transcript: &Transcript,
) -> Result<(), AiQaError> {
    let before = store::scores::newest(write.db(), review.id).await?;
    let same = |one: &KeptScore| one.transcript_sha256 == transcript.sha256 && one.model == transcript.model;
    if before.as_ref().is_some_and(same) {
        return Ok(());
    }
    let scored = KeptScore {
        id: write.new_id(),
        number: before.map_or(0, |one| one.number) + 1,
        calibration: calibration(&result.judged),
        judged: result.judged,
        talk_track: result.talk_track,
        model: transcript.model.clone(),
        transcript_sha256: transcript.sha256.clone(),
        scored_at: write.now(),
    };
    store::scores::insert(write.db(), review.tenant, review.id, &scored).await?;
    let by_coach = store::judgements::list(write.db(), review.id).await?.iter().any(|one| one.percent.is_some());
    review.outcome = Some(scored.judged.outcome);
    if !by_coach {
        review.percent = scored.judged.percent();
    }
    let waiting = review.state == ReviewState::WaitingReview;
    review.need = if waiting { scored.judged.need() } else { 0 };
    record(write, review, &scored, waiting)?;
    store::reviews::save(write.db(), review).await
}

fn calibration(judged: &Judged) -> i32 {
    judged.score.as_ref().map_or(0, |score| i32::try_from(score.versions.calibration).unwrap_or(0))
}

/// What the coach has decided already is scored for the comparison only: nobody is told.
fn record(write: &mut Write, review: &mut Review, scored: &KeptScore, tell: bool) -> Result<(), AiQaError> {
    review.version += 1;
    write.record(Entry::new(&event(review, scored), review.id, review.version)?);
    if !tell || scored.judged.outcome == Outcome::Good {
        return Ok(());
    }
    review.version += 1;
    let entry = match scored.judged.outcome {
        Outcome::NeedsCoaching => Entry::new(&flagged(review, &scored.judged), review.id, review.version)?,
        _ => Entry::new(&needs_human(review, &scored.judged), review.id, review.version)?,
    };
    write.record(entry);
    Ok(())
}

fn event(review: &Review, scored: &KeptScore) -> ReviewScored {
    let count = |number: Option<usize>| number.and_then(|number| u32::try_from(number).ok()).unwrap_or(0);
    let score = scored.judged.score.as_ref();
    ReviewScored {
        review_id: review.id.to_string(),
        visit_id: review.visit.to_string(),
        customer_id: review.customer.to_string(),
        rep_id: review.rep.to_string(),
        objection_id: review.objection.to_string(),
        org: review.org.to_string(),
        talk_track_id: scored.talk_track.map(|(track, _)| track.to_string()).unwrap_or_default(),
        talk_track_version: scored.talk_track.map_or(0, |(_, version)| i64::from(version)),
        score: percent(&scored.judged),
        verdict: scored.judged.outcome.to_string(),
        reason: scored.judged.reasons.first().cloned().unwrap_or_default(),
        covered: count(score.map(|score| score.covered.len())),
        missing: count(score.map(|score| score.missing.len())),
        forbidden: count(score.map(|score| score.forbidden.len())),
        contradictions: count(score.map(|score| score.contradictions.len())),
        model: scored.model.clone().unwrap_or_default(),
        calibration_version: i64::from(scored.calibration),
    }
}

fn flagged(review: &Review, judged: &Judged) -> ReviewFlagged {
    ReviewFlagged {
        review_id: review.id.to_string(),
        visit_id: review.visit.to_string(),
        rep_id: review.rep.to_string(),
        objection_id: review.objection.to_string(),
        org: review.org.to_string(),
        score: percent(judged),
    }
}

fn needs_human(review: &Review, judged: &Judged) -> ReviewNeedsHuman {
    ReviewNeedsHuman {
        review_id: review.id.to_string(),
        rep_id: review.rep.to_string(),
        org: review.org.to_string(),
        reason: judged.reasons.first().cloned().unwrap_or_default(),
    }
}

fn percent(judged: &Judged) -> u32 {
    judged.percent().and_then(|percent| u32::try_from(percent).ok()).unwrap_or(0)
}
