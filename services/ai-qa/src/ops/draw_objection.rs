//! A recorded visit draws one past objection of its customer or industry for the rep to answer.

use contracts::ai_qa::v1::ObjectionDrawn;
use journal::{Caller, Entry};
use kernel::OrgPath;
use uuid::Uuid;

use crate::app::State;
use crate::domain::draw::draw;
use crate::domain::review::{Review, ReviewState};
use crate::error::AiQaError;
use crate::store;

/// The visit, and the event that told of it: the draw follows from the event's id.
#[derive(Clone, Debug)]
pub struct Visited {
    pub event: Uuid,
    pub visit: Uuid,
    pub customer: Uuid,
    pub rep: Uuid,
    pub org: OrgPath,
    pub industry: String,
}

#[tracing::instrument(name = "ai_qa.draw_objection", skip_all, fields(visit = %visited.visit))]
pub async fn draw_objection(state: &State, caller: &Caller, visited: Visited) -> Result<(), AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let pool = store::objections::pool(write.db(), visited.customer, &visited.industry).await?;
    let Some((objection, text)) = draw(visited.event, &pool).cloned() else {
        return Ok(write.commit(()).await?);
    };
    let review = Review {
        id: write.new_id(),
        tenant: caller.tenant(),
        org: visited.org,
        rep: visited.rep,
        visit: visited.visit,
        customer: visited.customer,
        objection,
        objection_text: text,
        state: ReviewState::WaitingAnswer,
        answer: None,
        recording: None,
        coach: None,
        decision: None,
        comment: None,
        drawn_at: write.now(),
        answered_at: None,
        decided_at: None,
        version: 1,
        outcome: None,
        percent: None,
        need: 0,
        resolved: None,
    };
    if store::reviews::insert(write.db(), &review).await? {
        write.record(Entry::new(&drawn(&review), review.id, review.version)?.change("", review.state.as_str()));
    }
    Ok(write.commit(()).await?)
}

fn drawn(review: &Review) -> ObjectionDrawn {
    ObjectionDrawn {
        review_id: review.id.to_string(),
        visit_id: review.visit.to_string(),
        customer_id: review.customer.to_string(),
        rep_id: review.rep.to_string(),
        objection_id: review.objection.to_string(),
        org: review.org.to_string(),
    }
}
