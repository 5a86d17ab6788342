//! A coach puts a score of their own in place of the one before, and says why.

use authz::{Action, ResourceKind};
use contracts::ai_qa::v1::ReviewOverridden;
use journal::{Caller, Entry};
use uuid::Uuid;

use super::views::ReviewView;
use crate::app::State;
use crate::domain::answer::Outcome;
use crate::domain::coaching::{Judgement, OverrideInput};
use crate::domain::review::ReviewState;
use crate::domain::scoring::PASS_MARK;
use crate::error::AiQaError;
use crate::store;

/// Also after the decision, and by a second coach: every coach's judgement is kept, the last one counts.
#[tracing::instrument(name = "ai_qa.override_score", skip_all, fields(review = %id))]
pub async fn override_score(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: OverrideInput,
) -> Result<ReviewView, AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let mut review = store::reviews::lock(write.db(), id).await?.ok_or(AiQaError::ReviewNotFound)?;
    let resource = review.resource(ResourceKind::Review);
    authz::check(&caller.principal, write.now(), Action::ReviewDecide, &resource)?;
    let input = input.checked()?;
    if review.state == ReviewState::WaitingAnswer {
        return Err(AiQaError::NotWaitingForReview);
    }
    let passed = input.percent >= i32::from(PASS_MARK);
    let (judgement, coach) = (write.new_id(), caller.principal.id);
    let made = Judgement {
        coach_id: coach,
        passed,
        percent: Some(input.percent),
        reason: Some(input.reason),
        points: input.points,
        made_at: write.now(),
    };
    store::judgements::save(write.db(), review.tenant, judgement, id, &made).await?;
    let percent = |percent: Option<i32>| percent.and_then(|percent| u32::try_from(percent).ok()).unwrap_or(0);
    let event = ReviewOverridden {
        review_id: id.to_string(),
        rep_id: review.rep.to_string(),
        coach_id: coach.to_string(),
        org: review.org.to_string(),
        score_before: percent(review.percent),
        score: percent(made.percent),
        wrong_flag: passed && review.outcome == Some(Outcome::NeedsCoaching),
    };
    review.percent = made.percent;
    review.version += 1;
    write.record(Entry::new(&event, id, review.version)?);
    store::reviews::save(write.db(), &review).await?;
    Ok(write.commit(review.into()).await?)
}
