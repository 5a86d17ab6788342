//! Lists, limited by row-level security to what the caller may see.

use authz::{Action, Resource, ResourceKind};
use journal::Caller;
use kernel::Scope;
use uuid::Uuid;

use crate::app::State;
use crate::domain::objection::Objection;
use crate::domain::recording::Recording;
use crate::domain::review::Review;
use crate::error::AiQaError;
use crate::store;
use crate::store::After;
use crate::store::reviews::Wanted;

#[tracing::instrument(name = "ai_qa.list_recordings", skip_all)]
pub async fn list_recordings(
    state: &State,
    caller: &Caller,
    visit: Option<Uuid>,
    after: After,
    limit: i64,
) -> Result<Vec<Recording>, AiQaError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Recording);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    store::recordings::list(&mut tx, visit, after, limit).await
}

/// A rep's own reviews; a coach's or leader's queue.
#[tracing::instrument(name = "ai_qa.list_reviews", skip_all)]
pub async fn list_reviews(
    state: &State,
    caller: &Caller,
    wanted: Wanted,
    after: After,
    limit: i64,
) -> Result<Vec<Review>, AiQaError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Review);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    store::reviews::list(&mut tx, wanted, after, limit).await
}

#[tracing::instrument(name = "ai_qa.find_review", skip_all, fields(review = %id))]
pub async fn find_review(state: &State, caller: &Caller, id: Uuid) -> Result<Review, AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let review = store::reviews::find(&mut tx, id).await?.ok_or(AiQaError::ReviewNotFound)?;
    let resource = review.resource(ResourceKind::Review);
    authz::check(&caller.principal, state.clock.now(), Action::ReviewRead, &resource)?;
    Ok(review)
}

#[tracing::instrument(name = "ai_qa.list_objections", skip_all)]
pub async fn list_objections(
    state: &State,
    caller: &Caller,
    industry: Option<&str>,
    customer: Option<Uuid>,
    after: After,
    limit: i64,
) -> Result<Vec<Objection>, AiQaError> {
    check_library(state, caller)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    store::objections::list(&mut tx, industry, customer, after, limit).await
}

#[tracing::instrument(name = "ai_qa.find_objection", skip_all, fields(objection = %id))]
pub async fn find_objection(state: &State, caller: &Caller, id: Uuid) -> Result<Objection, AiQaError> {
    check_library(state, caller)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    store::objections::find(&mut tx, id).await?.ok_or(AiQaError::ObjectionNotFound)
}

fn check_library(state: &State, caller: &Caller) -> Result<(), AiQaError> {
    let library = Resource::tenant_wide(ResourceKind::Objection, caller.tenant());
    Ok(authz::check(&caller.principal, state.clock.now(), Action::ObjectionRead, &library)?)
}
