//! The coach decides what an answer is worth.

use authz::{Action, ResourceKind};
use contracts::ai_qa::v1::ReviewDecided;
use journal::{Caller, Entry, Write};
use uuid::Uuid;

use super::views::ReviewView;
use crate::app::State;
use crate::domain::coaching::Judgement;
use crate::domain::review::{Decision, DecisionInput, Review, ReviewState};
use crate::error::AiQaError;
use crate::store;

#[tracing::instrument(name = "ai_qa.decide_review", skip_all, fields(review = %id))]
pub async fn decide_review(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: DecisionInput,
) -> Result<ReviewView, AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let mut review = store::reviews::lock(write.db(), id).await?.ok_or(AiQaError::ReviewNotFound)?;
    let resource = review.resource(ResourceKind::Review);
    authz::check(&caller.principal, write.now(), Action::ReviewDecide, &resource)?;
    let input = input.checked()?;
    if review.state != ReviewState::WaitingReview {
        return Err(AiQaError::NotWaitingForReview);
    }
    review.state = ReviewState::Decided;
    review.coach = Some(caller.principal.id);
    review.decision = Some(input.decision);
    review.comment = input.comment;
    review.decided_at = Some(write.now());
    review.resolved = input.resolved.or(review.resolved);
    review.need = 0;
    review.version += 1;
    store::reviews::save(write.db(), &review).await?;
    note_judgement(&mut write, &review, input.decision).await?;
    let event = ReviewDecided {
        review_id: id.to_string(),
        rep_id: review.rep.to_string(),
        coach_id: caller.principal.id.to_string(),
        decision: input.decision.to_string(),
        org: review.org.to_string(),
    };
    write.record(Entry::new(&event, id, review.version)?.change("waiting_review", input.decision.as_str()));
    Ok(write.commit(review.into()).await?)
}

/// What the coach decides is also what the coach makes of the answer, unless it says nothing about the rep.
async fn note_judgement(write: &mut Write, review: &Review, decision: Decision) -> Result<(), AiQaError> {
    let passed = match decision {
        Decision::Passed => true,
        Decision::Practice => false,
        Decision::Dismissed => return Ok(()),
    };
    let judgement = Judgement {
        coach_id: write.caller().principal.id,
        passed,
        percent: None,
        reason: None,
        points: Vec::new(),
        made_at: write.now(),
    };
    let id = write.new_id();
    store::judgements::save(write.db(), review.tenant, id, review.id, &judgement).await
}
