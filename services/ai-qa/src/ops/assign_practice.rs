//! A rep is to say it again, better: assigned by a coach, done with a new recording.

use authz::{Action, ResourceKind};
use contracts::ai_qa::v1::{PracticeAssigned, PracticeDone};
use journal::{Caller, Entry};
use uuid::Uuid;

use super::answer_objection::usable;
use super::views::PracticeView;
use crate::app::State;
use crate::domain::coaching::{Practice, PracticeInput, PracticeState, china_day};
use crate::error::AiQaError;
use crate::store;
use crate::store::After;

#[tracing::instrument(name = "ai_qa.assign_practice", skip_all, fields(review = %id))]
pub async fn assign_practice(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: PracticeInput,
) -> Result<PracticeView, AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let review = store::reviews::lock(write.db(), id).await?.ok_or(AiQaError::ReviewNotFound)?;
    let resource = review.resource(ResourceKind::Review);
    authz::check(&caller.principal, write.now(), Action::ReviewDecide, &resource)?;
    let input = input.checked(china_day(write.now()))?;
    let scored = store::scores::newest(write.db(), id).await?;
    let practice = Practice {
        id: write.new_id(),
        tenant: review.tenant,
        org: review.org.clone(),
        rep: review.rep,
        review: id,
        talk_track: scored.and_then(|one| one.talk_track).map(|(track, _)| track),
        note: input.note,
        due: input.due,
        state: PracticeState::Assigned,
        recording: None,
        assigned_by: caller.principal.id,
        assigned_at: write.now(),
        done_at: None,
        version: 1,
    };
    store::practices::insert(write.db(), &practice).await?;
    let event = PracticeAssigned {
        practice_id: practice.id.to_string(),
        review_id: id.to_string(),
        rep_id: practice.rep.to_string(),
        coach_id: practice.assigned_by.to_string(),
        talk_track_id: practice.talk_track.map(|track| track.to_string()).unwrap_or_default(),
        due: practice.due.to_string(),
        org: practice.org.to_string(),
    };
    write.record(Entry::new(&event, practice.id, practice.version)?.change("", "assigned"));
    Ok(write.commit(practice.into()).await?)
}

/// The rep has said it again.
#[tracing::instrument(name = "ai_qa.finish_practice", skip_all, fields(practice = %id))]
pub async fn finish_practice(
    state: &State,
    caller: &Caller,
    id: Uuid,
    recording: Uuid,
) -> Result<PracticeView, AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let mut practice = store::practices::lock(write.db(), id).await?.ok_or(AiQaError::PracticeNotFound)?;
    let resource = practice.resource(ResourceKind::Objection);
    authz::check(&caller.principal, write.now(), Action::ObjectionAnswer, &resource)?;
    if practice.state != PracticeState::Assigned {
        return Err(AiQaError::PracticeDone);
    }
    let recording = usable(write.db(), recording, practice.rep).await?;
    practice.state = PracticeState::Done;
    practice.recording = Some(recording.id);
    practice.done_at = Some(write.now());
    practice.version += 1;
    store::practices::save(write.db(), &practice).await?;
    let event = PracticeDone {
        practice_id: id.to_string(),
        review_id: practice.review.to_string(),
        rep_id: practice.rep.to_string(),
        recording_id: recording.id.to_string(),
        late: china_day(write.now()) > practice.due,
        org: practice.org.to_string(),
    };
    write.record(Entry::new(&event, id, practice.version)?.change("assigned", "done"));
    Ok(write.commit(practice.into()).await?)
}

/// A rep's own; those of the people a coach or leader looks after.
#[tracing::instrument(name = "ai_qa.list_practices", skip_all)]
pub async fn list_practices(
    state: &State,
    caller: &Caller,
    wanted: Option<PracticeState>,
    after: After,
    limit: i64,
) -> Result<Vec<PracticeView>, AiQaError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Review);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let found = store::practices::list(&mut tx, wanted, after, limit).await?;
    Ok(found.into_iter().map(PracticeView::from).collect())
}
