//! crm's `VisitRecorded`.

use contracts::crm::v1::VisitRecorded;
use journal::Caller;
use journal::consume::Delivered;

use super::read;
use crate::app::State;
use crate::error::AiQaError;
use crate::ops::draw_objection::{Visited, draw_objection};

pub async fn run(state: State, caller: Caller, visit: Delivered<VisitRecorded>) -> Result<(), AiQaError> {
    let event = visit.event;
    let visited = Visited {
        event: visit.meta.event_id,
        visit: read("visit_id", &event.visit_id)?,
        customer: read("customer_id", &event.customer_id)?,
        rep: read("rep_id", &event.rep_id)?,
        org: read("org", &event.org)?,
        industry: event.industry,
    };
    draw_objection(&state, &caller, visited).await
}
