//! `/api/visits`

use axum::extract::State as Extract;
use axum::http::StatusCode;
use runtime::http::{Call, IfMatch, Json, Page, PageQuery, Path, Query, Versioned};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::draft::Draft;
use crate::error::CrmError;
use crate::ops::confirm_summary::SummaryInput;
use crate::ops::record_visit::VisitInput;
use crate::ops::visit_view::{VisitAnswer, VisitDetail, VisitView};
use crate::ops::{confirm_summary, list_visits, record_visit, show_visit};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(record, list)).routes(routes!(show)).routes(routes!(confirm))
}

/// What a list of visits is narrowed by.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct VisitQuery {
    customer_id: Option<Uuid>,
    opportunity_id: Option<Uuid>,
    rep_id: Option<Uuid>,
    /// Such as those whose summary waits to be confirmed.
    draft: Option<Draft>,
    /// `key:value` of a custom field: text matches in part, everything else exactly.
    custom: Option<String>,
}

impl From<VisitQuery> for list_visits::Filter {
    fn from(query: VisitQuery) -> Self {
        let VisitQuery { customer_id, opportunity_id, rep_id, draft, custom } = query;
        Self { customer: customer_id, opportunity: opportunity_id, rep: rep_id, draft, custom }
    }
}

/// Records a visit; answers 200 with the first one when the device has sent its `client_id` before.
#[utoipa::path(post, path = "/api/visits", request_body = VisitInput,
    responses((status = 201, body = VisitAnswer), (status = 200, body = VisitAnswer, description = "recorded before")), tag = "visits")]
async fn record(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Json(input): Json<VisitInput>,
) -> Result<(StatusCode, Json<VisitAnswer>), CrmError> {
    let recorded = record_visit::record_visit(&state, &caller, input).await?;
    let status = if recorded.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(recorded.answer)))
}

/// The visits you may see, latest first.
#[utoipa::path(get, path = "/api/visits", params(VisitQuery, PageQuery),
    responses((status = 200, body = Page<VisitView>)), tag = "visits")]
async fn list(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Query(query): Query<VisitQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<VisitView>>, CrmError> {
    Ok(Json(list_visits::list_visits(&state, &caller, query.into(), page).await?))
}

/// One visit, what was heard on it and waits to be confirmed, and what was confirmed.
#[utoipa::path(get, path = "/api/visits/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = VisitDetail), (status = 404, description = "visit_not_found")), tag = "visits")]
async fn show(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<VisitDetail>, CrmError> {
    let detail = show_visit::show_visit(&state, &caller, id).await?;
    Ok(Versioned(detail.visit.version, detail))
}

/// Confirms what the voice note says as the summary, as offered or edited.
#[utoipa::path(post, path = "/api/visits/{id}/summary", params(("id" = Uuid, Path)), request_body = SummaryInput,
    responses((status = 200, body = VisitAnswer), (status = 409, description = "no_draft")), tag = "visits")]
async fn confirm(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(input): Json<SummaryInput>,
) -> Result<Versioned<VisitAnswer>, CrmError> {
    let answer = confirm_summary::confirm_summary(&state, &caller, id, seen, input).await?;
    Ok(Versioned(answer.visit.version, answer))
}
