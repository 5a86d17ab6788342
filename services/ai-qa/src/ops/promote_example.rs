//! A good answer becomes an example of its talk track: the sentences that cover a key point.

use authz::{Action, ResourceKind};
use journal::Caller;
use serde::Deserialize;
use uuid::Uuid;

use super::keep_talk_track::{begin, record};
use crate::app::State;
use crate::domain::review::Decision;
use crate::domain::talk_track::Example;
use crate::error::AiQaError;
use crate::store;

/// Whose answer, and which key point it covers well.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExampleInput {
    /// A review that was passed, scored with this talk track.
    pub review_id: Uuid,
    /// The key point's id; the newest score must count it as covered.
    pub point: String,
}

#[tracing::instrument(name = "ai_qa.promote_example", skip_all, fields(talk_track = %track))]
pub async fn promote_example(
    state: &State,
    caller: &Caller,
    track: Uuid,
    input: ExampleInput,
) -> Result<Example, AiQaError> {
    let mut write = begin(state, caller).await?;
    let mut track = store::talk_tracks::lock(write.db(), track).await?.ok_or(AiQaError::TalkTrackNotFound)?;
    let review = store::reviews::find(write.db(), input.review_id).await?.ok_or(AiQaError::ReviewNotFound)?;
    authz::check(&caller.principal, write.now(), Action::ReviewRead, &review.resource(ResourceKind::Review))?;
    let newest = store::scores::newest(write.db(), review.id).await?;
    let scored = newest.filter(|one| one.talk_track.is_some_and(|(scored, _)| scored == track.id));
    let score = scored.and_then(|one| one.judged.score).filter(|_| review.decision == Some(Decision::Passed));
    let covered = score.and_then(|score| score.covered.into_iter().find(|one| one.point == input.point));
    let (Some(covered), Some(recording)) = (covered, review.recording) else { return Err(AiQaError::NotAnExample) };
    let Some(transcript) = store::transcripts::find(write.db(), recording).await? else {
        return Err(AiQaError::NotAnExample);
    };
    let said = store::sentences::list(write.db(), transcript.id, 0).await?;
    let carries = |number: i32| u32::try_from(number).is_ok_and(|number| covered.sentences.contains(&number));
    let words: Vec<&str> = said.iter().filter(|one| carries(one.number)).map(|one| one.text.as_str()).collect();
    if words.is_empty() {
        return Err(AiQaError::NotAnExample);
    }
    let example = Example {
        id: write.new_id(),
        point: input.point,
        review_id: review.id,
        recording_id: recording,
        start_ms: i64::from(covered.start_ms),
        end_ms: i64::from(covered.end_ms),
        text: Some(words.join("，")),
        added_by: caller.principal.id,
        added_at: write.now(),
    };
    if !store::examples::insert(write.db(), caller.tenant(), track.id, &example).await? {
        return Err(AiQaError::ExampleBefore);
    }
    track.version += 1;
    store::talk_tracks::save(write.db(), &track, false).await?;
    record(&mut write, &track, "example_added")?;
    Ok(write.commit(example).await?)
}
