//! Looks at a whole recording and keeps it, or says why not.

use chrono::Duration;
use contracts::ai_qa::v1::{RecordingRefused, RecordingStored};
use journal::{Caller, Entry, Write};
use kernel::{Evidence, EvidenceKind, Scope};
use uuid::Uuid;

use super::queue_transcript::queue_transcript;
use crate::app::State;
use crate::domain::recording::{Found, Recording, RecordingState, Refusal};
use crate::error::AiQaError;
use crate::store;

/// Joins the parts outside the transaction, then decides inside it. Doing it again, or twice at once, is harmless.
#[tracing::instrument(name = "ai_qa.complete_upload", skip_all, fields(recording = %id))]
pub async fn complete_upload(state: &State, caller: &Caller, id: Uuid) -> Result<(), AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let upload = store::recordings::find(&mut tx, id).await?.ok_or(AiQaError::RecordingNotFound)?;
    if upload.state != RecordingState::Uploading || !upload.is_complete() {
        return Ok(());
    }
    let parts = store::parts::objects(&mut tx, id).await?;
    drop(tx);
    let probe = state.content.assemble(id, &parts).await?;
    if i64::try_from(probe.length()).ok() != Some(upload.length) {
        return Err(AiQaError::Corrupt("upload", format!("{} bytes instead of {}", probe.length(), upload.length)));
    }
    let verdict = upload.judge(&probe, state.config.recordings.longest_minutes);
    if !decide(state, caller, id, verdict.clone()).await? {
        return Ok(());
    }
    state.content.delete_parts(id).await?;
    if let Err(refusal) = verdict {
        state.content.delete(id).await?;
        return Err(AiQaError::Refused(refusal));
    }
    Ok(())
}

/// False when it was decided meanwhile.
async fn decide(state: &State, caller: &Caller, id: Uuid, verdict: Result<Found, Refusal>) -> Result<bool, AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let mut recording = store::recordings::lock(write.db(), id).await?.ok_or(AiQaError::RecordingNotFound)?;
    if recording.state != RecordingState::Uploading {
        return Ok(false);
    }
    recording.version += 1;
    match verdict {
        Ok(found) => {
            keep(state, &mut write, &mut recording, found)?;
            queue_transcript(&mut write, &recording).await?;
        }
        Err(refusal) => refuse(&mut write, &mut recording, refusal)?,
    }
    let now = write.now();
    store::parts::delete(write.db(), id).await?;
    store::recordings::save(write.db(), &recording, now).await?;
    Ok(write.commit(true).await?)
}

fn keep(state: &State, write: &mut Write, recording: &mut Recording, found: Found) -> Result<(), AiQaError> {
    let event = RecordingStored {
        recording_id: recording.id.to_string(),
        owner_id: recording.owner.to_string(),
        org: recording.org.to_string(),
        media_type: found.media.to_string(),
        bytes: u64::try_from(recording.length).unwrap_or(0),
        sha256: found.sha256.clone(),
        consent: true,
        visit_id: recording.visit.map(|visit| visit.to_string()).unwrap_or_default(),
        seconds: found.seconds.map_or(0, |seconds| seconds.round() as u32),
    };
    let carrier = Evidence {
        kind: EvidenceKind::Recording,
        name: "recording".into(),
        reference: recording.id.to_string(),
        sha256: Some(found.sha256.clone()),
    };
    let entry = Entry::new(&event, recording.id, recording.version)?.change("uploading", "stored").evidence([carrier]);
    write.record(entry);
    recording.state = RecordingState::Stored;
    recording.media = Some(found.media);
    recording.seconds = found.seconds;
    recording.sha256 = Some(found.sha256);
    recording.stored_at = Some(write.now());
    recording.keep_until = Some(write.now() + Duration::days(state.config.recordings.retention_days));
    Ok(())
}

fn refuse(write: &mut Write, recording: &mut Recording, refusal: Refusal) -> Result<(), AiQaError> {
    let event = RecordingRefused {
        recording_id: recording.id.to_string(),
        owner_id: recording.owner.to_string(),
        org: recording.org.to_string(),
        reason: refusal.to_string(),
    };
    write.record(Entry::new(&event, recording.id, recording.version)?.change("uploading", "refused"));
    recording.state = RecordingState::Refused;
    recording.refusal = Some(refusal);
    Ok(())
}
