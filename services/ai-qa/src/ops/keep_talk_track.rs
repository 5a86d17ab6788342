//! The library of talk tracks: add, change, withdraw. Words are never changed: a change of them is a new version.

use authz::{Action, Resource, ResourceKind};
use contracts::ai_qa::v1::TalkTrackChanged;
use journal::{Caller, Entry, Write};
use kernel::{FieldError, Text};
use runtime::http::IfMatch;
use uuid::Uuid;

use crate::app::State;
use crate::domain::talk_track::{Track, TrackInput};
use crate::error::AiQaError;
use crate::store;

#[tracing::instrument(name = "ai_qa.add_talk_track", skip_all)]
pub async fn add_talk_track(state: &State, caller: &Caller, input: TrackInput) -> Result<Track, AiQaError> {
    let mut write = begin(state, caller).await?;
    let input = input.checked()?;
    check_objections(&mut write, &input).await?;
    let track = Track {
        id: write.new_id(),
        words: input.words(),
        title: input.title,
        industry: input.industry,
        objection_ids: input.objection_ids,
        words_version: 1,
        created_by: caller.principal.id,
        created_at: write.now(),
        changed_at: write.now(),
        version: 1,
    };
    store::talk_tracks::insert(write.db(), caller.tenant(), &track).await?;
    store::talk_tracks::insert_words(write.db(), caller.tenant(), &track, caller.principal.id).await?;
    store::talk_tracks::link(write.db(), caller.tenant(), track.id, &track.objection_ids).await?;
    record(&mut write, &track, "added")?;
    Ok(write.commit(track).await?)
}

#[tracing::instrument(name = "ai_qa.change_talk_track", skip_all, fields(talk_track = %id))]
pub async fn change_talk_track(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: IfMatch,
    input: TrackInput,
) -> Result<Track, AiQaError> {
    let mut write = begin(state, caller).await?;
    let input = input.checked()?;
    let found = store::talk_tracks::lock(write.db(), id).await?.ok_or(AiQaError::TalkTrackNotFound)?;
    seen.check(found.version)?;
    check_objections(&mut write, &input).await?;
    let words = input.words();
    let reworded = words != found.words;
    let track = Track {
        title: input.title,
        industry: input.industry,
        objection_ids: input.objection_ids,
        words,
        words_version: found.words_version + i32::from(reworded),
        changed_at: write.now(),
        version: found.version + 1,
        ..found
    };
    if reworded {
        store::talk_tracks::insert_words(write.db(), caller.tenant(), &track, caller.principal.id).await?;
    }
    store::talk_tracks::link(write.db(), caller.tenant(), id, &track.objection_ids).await?;
    store::talk_tracks::save(write.db(), &track, false).await?;
    record(&mut write, &track, "changed")?;
    Ok(write.commit(track).await?)
}

/// Withdrawn tracks score no more answers; scores that name them stay.
#[tracing::instrument(name = "ai_qa.withdraw_talk_track", skip_all, fields(talk_track = %id))]
pub async fn withdraw_talk_track(state: &State, caller: &Caller, id: Uuid) -> Result<(), AiQaError> {
    let mut write = begin(state, caller).await?;
    let mut track = store::talk_tracks::lock(write.db(), id).await?.ok_or(AiQaError::TalkTrackNotFound)?;
    track.version += 1;
    store::talk_tracks::save(write.db(), &track, true).await?;
    record(&mut write, &track, "withdrawn")?;
    Ok(write.commit(()).await?)
}

/// Only those who keep the library.
pub(super) async fn begin(state: &State, caller: &Caller) -> Result<Write, AiQaError> {
    let write = state.journal.begin(caller).await?;
    let library = Resource::tenant_wide(ResourceKind::TalkTrack, caller.tenant());
    authz::check(&caller.principal, write.now(), Action::TalkTrackWrite, &library)?;
    Ok(write)
}

async fn check_objections(write: &mut Write, input: &TrackInput) -> Result<(), AiQaError> {
    let known = store::talk_tracks::known_objections(write.db(), &input.objection_ids).await?;
    if usize::try_from(known).is_ok_and(|known| known == input.objection_ids.len()) {
        return Ok(());
    }
    let reason = Text::new("含有库中没有的异议", "names an objection that is not in the library");
    Err(AiQaError::Invalid(vec![FieldError::new("objection_ids", "not_found", reason)]))
}

pub(super) fn record(write: &mut Write, track: &Track, what: &str) -> Result<(), AiQaError> {
    let event = TalkTrackChanged {
        talk_track_id: track.id.to_string(),
        what: what.to_owned(),
        version: i64::from(track.words_version),
        objection_ids: track.objection_ids.iter().map(Uuid::to_string).collect(),
    };
    write.record(Entry::new(&event, track.id, track.version)?);
    Ok(())
}
