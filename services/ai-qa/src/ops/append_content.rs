//! Takes bytes of an upload, part by part: each is stored first and counted after, so that what is counted is there.

use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt};
use journal::{Caller, Origin};
use uuid::Uuid;

use super::complete_upload::complete_upload;
use super::find_recording::find_upload;
use crate::app::State;
use crate::domain::recording::{Recording, RecordingState};
use crate::error::AiQaError;
use crate::store;

/// Appends at `offset`; the last byte completes the recording. Answers how much has arrived.
///
/// When the client breaks off, what it has sent is kept.
#[tracing::instrument(name = "ai_qa.append_content", skip_all, fields(recording = %id, offset))]
pub async fn append_content<E: std::fmt::Display>(
    state: &State,
    caller: &Caller,
    id: Uuid,
    offset: i64,
    bytes: impl Stream<Item = Result<Bytes, E>> + Unpin,
) -> Result<i64, AiQaError> {
    // A request writes once per part, so its key must not make the second part a repetition of the first.
    let caller = Caller { origin: Origin::Request(None), ..caller.clone() };
    let upload = find_upload(state, &caller, id).await?;
    check_open(&upload, offset)?;
    if upload.state == RecordingState::Stored {
        return Ok(upload.received);
    }
    let received = take(state, &caller, &upload, bytes).await?;
    if received == upload.length {
        complete_upload(state, &caller, id).await?;
    }
    Ok(received)
}

/// Only an upload that stands at `offset` goes on; the end of a stored one may be sent again.
fn check_open(upload: &Recording, offset: i64) -> Result<(), AiQaError> {
    match (upload.state, upload.refusal) {
        (RecordingState::Refused, Some(refusal)) => Err(AiQaError::Refused(refusal)),
        (RecordingState::Abandoned, _) => Err(AiQaError::UploadAbandoned),
        (RecordingState::Deleted, _) => Err(AiQaError::ContentDeleted),
        _ if offset != upload.received => Err(AiQaError::OffsetConflict(upload.received)),
        _ => Ok(()),
    }
}

async fn take<E: std::fmt::Display>(
    state: &State,
    caller: &Caller,
    upload: &Recording,
    mut bytes: impl Stream<Item = Result<Bytes, E>> + Unpin,
) -> Result<i64, AiQaError> {
    let (mut received, mut part) = (upload.received, BytesMut::new());
    while let Some(chunk) = bytes.next().await {
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(error) => {
                keep_part(state, caller, upload, received, part).await?;
                return Err(AiQaError::Interrupted(error.to_string()));
            }
        };
        if received + length_of(&part) + length_of(&chunk) > upload.length {
            return Err(AiQaError::UploadOverrun);
        }
        part.extend_from_slice(&chunk);
        if part.len() >= state.config.recordings.part_bytes {
            received = keep_part(state, caller, upload, received, part.split()).await?;
        }
    }
    keep_part(state, caller, upload, received, part).await
}

/// Stores one part and counts it, unless another request was faster: then its bytes count and these do not.
async fn keep_part(
    state: &State,
    caller: &Caller,
    upload: &Recording,
    start: i64,
    part: BytesMut,
) -> Result<i64, AiQaError> {
    if part.is_empty() {
        return Ok(start);
    }
    let length = length_of(&part);
    let object = state.content.put_part(upload.id, state.ids.new_id(), part.freeze()).await?;
    let counted = count_part(state, caller, upload.id, (start, length), &object).await;
    if matches!(counted, Err(AiQaError::OffsetConflict(_))) {
        state.content.delete_part(&object).await?;
    }
    counted
}

async fn count_part(
    state: &State,
    caller: &Caller,
    id: Uuid,
    (start, length): (i64, i64),
    object: &str,
) -> Result<i64, AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let mut upload = store::recordings::lock(write.db(), id).await?.ok_or(AiQaError::RecordingNotFound)?;
    if upload.state != RecordingState::Uploading || upload.received != start {
        return Err(AiQaError::OffsetConflict(upload.received));
    }
    upload.received += length;
    let now = write.now();
    store::parts::insert(write.db(), upload.tenant, id, start, length, object).await?;
    store::recordings::save(write.db(), &upload, now).await?;
    Ok(write.commit(upload.received).await?)
}

fn length_of(bytes: &[u8]) -> i64 {
    i64::try_from(bytes.len()).unwrap_or(i64::MAX)
}
