//! `/api/visits`

use axum::extract::State as Extract;
use axum::http::StatusCode;
use runtime::http::{Call, Json, Page, PageQuery, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::CrmError;
use crate::ops::record_visit::{VisitInput, VisitView};
use crate::ops::{list_visits, record_visit};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(record, list)).routes(routes!(show))
}

/// What a list of visits is narrowed by.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(clippy::struct_field_names, reason = "these are the names of the query's parameters")]
struct VisitQuery {
    customer_id: Option<Uuid>,
    opportunity_id: Option<Uuid>,
    rep_id: Option<Uuid>,
}

impl From<VisitQuery> for list_visits::Filter {
    fn from(query: VisitQuery) -> Self {
        Self { customer: query.customer_id, opportunity: query.opportunity_id, rep: query.rep_id }
    }
}

/// Records a visit; answers 200 with the first one when the device has sent its `client_id` before.
#[utoipa::path(post, path = "/api/visits", request_body = VisitInput,
    responses((status = 201, body = VisitView), (status = 200, body = VisitView, description = "recorded before")), tag = "visits")]
async fn record(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Json(input): Json<VisitInput>,
) -> Result<(StatusCode, Json<VisitView>), CrmError> {
    let recorded = record_visit::record_visit(&state, &caller, input).await?;
    let status = if recorded.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(recorded.view)))
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

/// One visit.
#[utoipa::path(get, path = "/api/visits/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = VisitView), (status = 404, description = "visit_not_found")), tag = "visits")]
async fn show(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<VisitView>, CrmError> {
    Ok(Json(list_visits::show_visit(&state, &caller, id).await?))
}
