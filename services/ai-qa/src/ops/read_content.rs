//! Hands out a recording's content; every time is written down before the first byte leaves.

use std::ops::Range;

use authz::Action;
use bytes::Bytes;
use contracts::ai_qa::v1::RecordingRead;
use futures::stream::BoxStream;
use journal::{Caller, Entry};
use uuid::Uuid;

use crate::app::State;
use crate::domain::content_link;
use crate::domain::range;
use crate::domain::recording::{Recording, RecordingState};
use crate::error::AiQaError;
use crate::store;
use crate::store::accesses::Access;

/// Some or all of a recording's bytes.
pub struct Reading {
    pub recording: Recording,
    /// The bytes asked for; `None` for all.
    pub part: Option<Range<u64>>,
    pub bytes: BoxStream<'static, object_store::Result<Bytes>>,
}

/// `link` is the seal of the link, `asked` the value of the `Range` header.
#[tracing::instrument(name = "ai_qa.read_content", skip_all, fields(recording = %id))]
pub async fn read_content(
    state: &State,
    caller: &Caller,
    id: Uuid,
    link: Option<&str>,
    asked: Option<&str>,
) -> Result<Reading, AiQaError> {
    content_link::check(&state.links, id, caller.principal.id, state.clock.now(), link)?;
    let (recording, part) = note_reading(state, caller, id, asked).await?;
    let range = part.clone().unwrap_or(0..length_of(&recording));
    let bytes = state.content.read(id, range).await?;
    Ok(Reading { recording, part, bytes })
}

async fn note_reading(
    state: &State,
    caller: &Caller,
    id: Uuid,
    asked: Option<&str>,
) -> Result<(Recording, Option<Range<u64>>), AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let mut recording = store::recordings::lock(write.db(), id).await?.ok_or(AiQaError::RecordingNotFound)?;
    authz::check(&caller.principal, write.now(), Action::RecordingRead, &recording.resource())?;
    match recording.state {
        RecordingState::Stored => {}
        RecordingState::Deleted => return Err(AiQaError::ContentDeleted),
        _ => return Err(AiQaError::NotStored),
    }
    let length = length_of(&recording);
    let part = range::parse(asked, length).map_err(|_| AiQaError::RangeNotSatisfiable(length))?;
    let read = part.clone().unwrap_or(0..length);
    recording.version += 1;
    let event = RecordingRead {
        recording_id: id.to_string(),
        reader_id: caller.principal.id.to_string(),
        first_byte: read.start,
        last_byte: read.end - 1,
        org: recording.org.to_string(),
    };
    write.record(Entry::new(&event, id, recording.version)?);
    let (now, access) = (write.now(), access(&write, read));
    store::accesses::insert(write.db(), recording.tenant, id, &access).await?;
    store::recordings::save(write.db(), &recording, now).await?;
    write.commit(()).await?;
    Ok((recording, part))
}

fn access(write: &journal::Write, read: Range<u64>) -> Access {
    let reader = &write.caller().principal;
    Access {
        id: write.new_id(),
        reader_id: reader.id,
        reader_role: reader.leading_role().as_str().to_owned(),
        first_byte: i64::try_from(read.start).unwrap_or(i64::MAX),
        last_byte: i64::try_from(read.end - 1).unwrap_or(i64::MAX),
        read_at: write.now(),
    }
}

fn length_of(recording: &Recording) -> u64 {
    u64::try_from(recording.length).unwrap_or(0)
}
