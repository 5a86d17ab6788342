//! One visit, as far as the caller may see it, with what was heard on it.

use std::time::Duration;

use authz::{Action, ResourceKind};
use contracts::ai_qa::v1::{GetTranscriptRequest, GetTranscriptResponse, Sentence};
use journal::Caller;
use kernel::Text;
use runtime::peers::PeerError;
use tokio::time::timeout;
use uuid::Uuid;

use super::visit_view::{SentenceView, VisitDetail, VoiceNoteView};
use crate::app::State;
use crate::domain::draft::{Draft, summary_of};
use crate::domain::visit::Visit;
use crate::error::CrmError;
use crate::store;

#[tracing::instrument(name = "crm.show_visit", skip_all, fields(visit = %id))]
pub async fn show_visit(state: &State, caller: &Caller, id: Uuid) -> Result<VisitDetail, CrmError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Visit);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    // In this order: a visit is never older than the conclusions that are shown with it.
    let conclusions = store::conclusions::of_visit(&mut tx, id).await?;
    let visit = store::visits::find(&mut tx, id).await?.ok_or(CrmError::VisitNotFound)?;
    drop(tx);
    let voice_note = voice_note(state, caller, &visit).await;
    Ok(VisitDetail { visit: visit.into(), voice_note, conclusions })
}

/// What was heard, until the rep has confirmed it. The words are ai-qa's; they are asked for only on behalf of somebody who
/// may hear the recording itself.
async fn voice_note(state: &State, caller: &Caller, visit: &Visit) -> Option<VoiceNoteView> {
    let draft = visit.draft.filter(|draft| *draft != Draft::Confirmed)?;
    let recording = visit.recording_id.clone().unwrap_or_default();
    if !draft.has_words() {
        return Some(VoiceNoteView::without_words(draft.notice()));
    }
    if authz::check(&caller.principal, state.clock.now(), Action::RecordingRead, &visit.recording()).is_err() {
        return Some(VoiceNoteView::without_words(None));
    }
    let within = Duration::from_millis(state.config.ai_qa.transcript_within_ms);
    let why = match timeout(within, transcript(state, caller, recording)).await {
        // Never shown as this rep's: a visit may name any recording.
        Ok(Ok(heard)) if heard.owner_id != visit.rep.to_string() => "the recording is somebody else's".to_owned(),
        Ok(Ok(heard)) if heard.sentences.is_empty() => format!("the transcript is {}", heard.state),
        Ok(Ok(heard)) => return Some(VoiceNoteView::heard(draft, heard.sentences)),
        Ok(Err(error)) => error.to_string(),
        Err(late) => late.to_string(),
    };
    tracing::warn!(visit = %visit.id, %why, "no words of a voice note");
    let notice = Text::new("转写内容暂不可用，请稍后再看", "what was written down is not available now");
    Some(VoiceNoteView::without_words(Some(notice)))
}

async fn transcript(state: &State, caller: &Caller, recording_id: String) -> Result<GetTranscriptResponse, PeerError> {
    let question = state.peers.ask(caller.tenant(), GetTranscriptRequest { recording_id })?;
    Ok(state.peers.ai_qa()?.get_transcript(question).await?.into_inner())
}

impl VoiceNoteView {
    fn without_words(notice: Option<Text>) -> Self {
        Self { summary: None, cut: false, sentences: Vec::new(), notice }
    }

    fn heard(draft: Draft, sentences: Vec<Sentence>) -> Self {
        let (summary, cut) = summary_of(sentences.iter().map(|sentence| sentence.text.as_str()));
        let sentences = sentences.into_iter().map(SentenceView::from).collect();
        Self { summary: Some(summary), cut, sentences, notice: draft.notice() }
    }
}

impl From<Sentence> for SentenceView {
    fn from(sentence: Sentence) -> Self {
        let Sentence { start_ms, end_ms, text, doubtful, .. } = sentence;
        Self { start_ms, end_ms, text, doubtful }
    }
}
