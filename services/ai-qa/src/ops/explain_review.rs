//! Why an answer is worth what it is: the newest score, and what coaches made of it.

use authz::{Action, ResourceKind};
use journal::Caller;
use kernel::Scope;
use uuid::Uuid;

use super::views::{ReviewView, ScoreView};
use crate::app::State;
use crate::domain::coaching::Judgement;
use crate::error::AiQaError;
use crate::store;
use crate::store::reviews::Wanted;

/// The newest score of an answer with everything it rests on; the rep sees it too.
#[tracing::instrument(name = "ai_qa.explain_review", skip_all, fields(review = %id))]
pub async fn explain_review(state: &State, caller: &Caller, id: Uuid) -> Result<ScoreView, AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let review = store::reviews::find(&mut tx, id).await?.ok_or(AiQaError::ReviewNotFound)?;
    let resource = review.resource(ResourceKind::Review);
    authz::check(&caller.principal, state.clock.now(), Action::ReviewRead, &resource)?;
    let scored = store::scores::newest(&mut tx, id).await?.ok_or(AiQaError::NotScored)?;
    Ok(scored.into())
}

/// What coaches made of an answer, the newest first; for coaches.
#[tracing::instrument(name = "ai_qa.list_judgements", skip_all, fields(review = %id))]
pub async fn list_judgements(state: &State, caller: &Caller, id: Uuid) -> Result<Vec<Judgement>, AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let review = store::reviews::find(&mut tx, id).await?.ok_or(AiQaError::ReviewNotFound)?;
    let resource = review.resource(ResourceKind::Review);
    authz::check(&caller.principal, state.clock.now(), Action::ReviewDecide, &resource)?;
    store::judgements::list(&mut tx, id).await
}

/// Answers that wait for a coach, who needs one most first. The first is the next.
#[tracing::instrument(name = "ai_qa.show_review_queue", skip_all)]
pub async fn show_review_queue(
    state: &State,
    caller: &Caller,
    wanted: Wanted,
    limit: i64,
) -> Result<Vec<ReviewView>, AiQaError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Review);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let queue = store::reviews::queue(&mut tx, wanted, limit).await?;
    Ok(queue.into_iter().map(ReviewView::from).collect())
}
