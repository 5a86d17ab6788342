//! `/api/timeline`

use axum::extract::State as Shared;
use kernel::id::Cursor;
use runtime::http::{Call, Json, Page, PageQuery, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::AnalyticsError;
use crate::ops::ask;
use crate::ops::{Subject, TimelineEntry};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(timeline))
}

/// Exactly one of the first four.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    customer_id: Option<Uuid>,
    opportunity_id: Option<Uuid>,
    lead_id: Option<Uuid>,
    correlation: Option<Uuid>,
    cursor: Option<String>,
    limit: Option<i64>,
}

impl Wanted {
    fn subject(&self) -> Result<Subject, AnalyticsError> {
        match (self.customer_id, self.opportunity_id, self.lead_id, self.correlation) {
            (Some(id), None, None, None) => Ok(Subject::Customer(id)),
            (None, Some(id), None, None) => Ok(Subject::Opportunity(id)),
            (None, None, Some(id), None) => Ok(Subject::Lead(id)),
            (None, None, None, Some(id)) => Ok(Subject::Correlation(id)),
            _ => Err(AnalyticsError::OneSubject),
        }
    }
}

/// What happened to a customer, an opportunity or a lead in all services, or because of one request; newest first.
#[utoipa::path(get, path = "/api/timeline", params(Wanted), tag = "timeline",
    responses((status = 200, body = Page<TimelineEntry>)))]
async fn timeline(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Page<TimelineEntry>>, AnalyticsError> {
    let subject = wanted.subject()?;
    let page = PageQuery { cursor: wanted.cursor, limit: wanted.limit };
    let entries = ask::timeline(&state, &caller, subject, page.after_time()?, page.limit()).await?;
    let position = |entry: &TimelineEntry| Cursor::at(entry.at, entry.event_id);
    Ok(Json(Page::of(entries, page.limit(), position)))
}
