//! Offers what a recording says as the summary of the visits that name it.

use authz::Action;
use contracts::crm::v1::VisitDraftChanged;
use journal::{Caller, Entry, Write};

use crate::app::State;
use crate::domain::draft::{Draft, VoiceNote};
use crate::domain::visit::Visit;
use crate::error::CrmError;
use crate::store;

/// Keeps what is known of the recording for a visit that is handed in later, too.
#[tracing::instrument(name = "crm.offer_draft", skip_all, fields(recording = %note.recording, draft = %note.draft))]
pub async fn offer_draft(state: &State, caller: &Caller, note: VoiceNote) -> Result<(), CrmError> {
    let mut write = state.journal.begin(caller).await?;
    store::voice_notes::hold(write.db(), caller.tenant(), &note.recording).await?;
    if store::voice_notes::keep(write.db(), caller.tenant(), &note).await? {
        for mut visit in store::visits::lock_of_recording(write.db(), &note.recording, note.owner).await? {
            authz::check(&caller.principal, write.now(), Action::VisitUpdate, &visit.resource())?;
            change_draft(&mut write, &mut visit, note.draft).await?;
        }
    }
    Ok(write.commit(()).await?)
}

/// Records what became of a visit's voice note, unless its rep has confirmed the summary meanwhile.
pub async fn change_draft(write: &mut Write, visit: &mut Visit, draft: Draft) -> Result<(), CrmError> {
    if visit.draft == Some(draft) || visit.draft == Some(Draft::Confirmed) {
        return Ok(());
    }
    let before = visit.draft.replace(draft).map_or("", Draft::as_str);
    let event = VisitDraftChanged {
        visit_id: visit.id.to_string(),
        customer_id: visit.customer.to_string(),
        rep_id: visit.rep.to_string(),
        org: visit.org.to_string(),
        recording_id: visit.recording_id.clone().unwrap_or_default(),
        draft: draft.to_string(),
    };
    let entry = Entry::new(&event, visit.id, visit.next_version())?;
    write.record(entry.change(before, draft.as_str()));
    store::visits::save(write.db(), visit).await
}
