//! The rep answers a drawn objection, in few words and with a recording.

use authz::{Action, ResourceKind};
use contracts::ai_qa::v1::ObjectionAnswered;
use journal::{Caller, Entry};
use kernel::{Evidence, EvidenceKind};
use sqlx::PgConnection;
use uuid::Uuid;

use super::views::ReviewView;
use crate::app::State;
use crate::domain::answer::UNSCORED_NEED;
use crate::domain::recording::{Recording, RecordingState};
use crate::domain::review::{AnswerInput, ReviewState};
use crate::error::AiQaError;
use crate::store;

#[tracing::instrument(name = "ai_qa.answer_objection", skip_all, fields(review = %id))]
pub async fn answer_objection(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: AnswerInput,
) -> Result<ReviewView, AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let mut review = store::reviews::lock(write.db(), id).await?.ok_or(AiQaError::ReviewNotFound)?;
    let resource = review.resource(ResourceKind::Objection);
    authz::check(&caller.principal, write.now(), Action::ObjectionAnswer, &resource)?;
    let input = input.checked()?;
    if review.state != ReviewState::WaitingAnswer {
        return Err(AiQaError::AnsweredBefore);
    }
    let recording = usable(write.db(), input.recording_id, review.rep).await?;
    review.state = ReviewState::WaitingReview;
    review.answer = Some(input.text);
    review.recording = Some(recording.id);
    review.answered_at = Some(write.now());
    review.need = UNSCORED_NEED;
    review.version += 1;
    store::reviews::save(write.db(), &review).await?;
    let event = ObjectionAnswered {
        review_id: id.to_string(),
        visit_id: review.visit.to_string(),
        rep_id: review.rep.to_string(),
        recording_id: recording.id.to_string(),
        org: review.org.to_string(),
    };
    let entry = Entry::new(&event, id, review.version)?.change("waiting_answer", "waiting_review");
    write.record(entry.evidence([carrier(&recording)]));
    Ok(write.commit(review.into()).await?)
}

pub(super) async fn usable(db: &mut PgConnection, id: Uuid, rep: Uuid) -> Result<Recording, AiQaError> {
    let recording = store::recordings::find(db, id).await?;
    let usable = |found: &Recording| found.owner == rep && found.state == RecordingState::Stored;
    recording.filter(usable).ok_or(AiQaError::RecordingNotUsable)
}

fn carrier(recording: &Recording) -> Evidence {
    Evidence {
        kind: EvidenceKind::Recording,
        name: "answer".into(),
        reference: recording.id.to_string(),
        sha256: recording.sha256.clone(),
    }
}
