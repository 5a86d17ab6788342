//! A remark at a time of an answer's recording.

use authz::{Action, ResourceKind};
use contracts::ai_qa::v1::ReviewCommented;
use journal::{Caller, Entry};
use kernel::Scope;
use uuid::Uuid;

use crate::app::State;
use crate::domain::coaching::{Comment, CommentInput};
use crate::error::AiQaError;
use crate::store;

#[tracing::instrument(name = "ai_qa.comment_review", skip_all, fields(review = %id))]
pub async fn comment_review(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: CommentInput,
) -> Result<Comment, AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let mut review = store::reviews::lock(write.db(), id).await?.ok_or(AiQaError::ReviewNotFound)?;
    let resource = review.resource(ResourceKind::Review);
    authz::check(&caller.principal, write.now(), Action::ReviewDecide, &resource)?;
    let input = input.checked()?;
    let comment = Comment {
        id: write.new_id(),
        author_id: caller.principal.id,
        at_ms: input.at_ms,
        text: input.text,
        written_at: write.now(),
    };
    store::comments::insert(write.db(), review.tenant, id, &comment).await?;
    review.version += 1;
    let event = ReviewCommented {
        review_id: id.to_string(),
        comment_id: comment.id.to_string(),
        author_id: comment.author_id.to_string(),
        at_ms: u64::try_from(comment.at_ms).unwrap_or(0),
        rep_id: review.rep.to_string(),
        org: review.org.to_string(),
    };
    write.record(Entry::new(&event, id, review.version)?);
    store::reviews::save(write.db(), &review).await?;
    Ok(write.commit(comment).await?)
}

/// In the order of the recording; the rep reads them too.
#[tracing::instrument(name = "ai_qa.list_comments", skip_all, fields(review = %id))]
pub async fn list_comments(state: &State, caller: &Caller, id: Uuid) -> Result<Vec<Comment>, AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let review = store::reviews::find(&mut tx, id).await?.ok_or(AiQaError::ReviewNotFound)?;
    let resource = review.resource(ResourceKind::Review);
    authz::check(&caller.principal, state.clock.now(), Action::ReviewRead, &resource)?;
    store::comments::list(&mut tx, id).await
}
