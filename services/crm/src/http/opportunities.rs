//! `/api/opportunities`

use axum::extract::State as Extract;
use axum::http::StatusCode;
use runtime::http::{Call, IfMatch, Json, Page, PageQuery, Path, Query, Versioned};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::budgets::BudgetKind;
use crate::error::CrmError;
use crate::ops::advance_opportunity::Advance;
use crate::ops::attach_evidence::EvidenceInput;
use crate::ops::open_opportunity::OpportunityInput;
use crate::ops::opportunity_view::{OpportunityAnswer, OpportunityLine, OpportunityView};
use crate::ops::state_budget::BudgetInput;
use crate::ops::suggestion_view::Suggestions;
use crate::ops::update_opportunity::OpportunityChange;
use crate::ops::{
    advance_opportunity, attach_evidence, list_opportunities, open_opportunity, show_opportunity, show_suggestions,
    state_budget, update_opportunity,
};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(open, list))
        .routes(routes!(show, update))
        .routes(routes!(suggest))
        .routes(routes!(advance))
        .routes(routes!(attach))
        .routes(routes!(budget))
}

/// What a list of opportunities is narrowed by.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct OpportunityQuery {
    customer_id: Option<Uuid>,
    stage: Option<String>,
    owner_id: Option<Uuid>,
    frozen: Option<bool>,
    /// `key:value` of a custom field: text matches in part, everything else exactly.
    custom: Option<String>,
}

impl From<OpportunityQuery> for list_opportunities::Filter {
    fn from(query: OpportunityQuery) -> Self {
        let OpportunityQuery { customer_id, stage, owner_id, frozen, custom } = query;
        Self { customer: customer_id, stage, owner: owner_id, frozen, custom }
    }
}

/// Opens an opportunity of a customer in the first stage.
#[utoipa::path(post, path = "/api/opportunities", request_body = OpportunityInput,
    responses((status = 201, body = OpportunityView)), tag = "opportunities")]
async fn open(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Json(input): Json<OpportunityInput>,
) -> Result<(StatusCode, Json<OpportunityView>), CrmError> {
    let view = open_opportunity::open_opportunity(&state, &caller, input).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// The opportunities you may see, newest first.
#[utoipa::path(get, path = "/api/opportunities", params(OpportunityQuery, PageQuery),
    responses((status = 200, body = Page<OpportunityLine>)), tag = "opportunities")]
async fn list(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Query(query): Query<OpportunityQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<OpportunityLine>>, CrmError> {
    Ok(Json(list_opportunities::list_opportunities(&state, &caller, query.into(), page).await?))
}

/// One opportunity: its stage explained, what each next move misses, budgets, evidence, key moments.
#[utoipa::path(get, path = "/api/opportunities/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = OpportunityView), (status = 404, description = "opportunity_not_found")), tag = "opportunities")]
async fn show(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<OpportunityView>, CrmError> {
    let view = show_opportunity::show_opportunity(&state, &caller, id).await?;
    Ok(Versioned(view.opportunity.version, view))
}

/// Changes subject, decision chain, pain, competitors or the signing plan; fields not given stay. A pain point or competitor
/// is answered with talk tracks and comparison sheets.
#[utoipa::path(patch, path = "/api/opportunities/{id}", params(("id" = Uuid, Path)), request_body = OpportunityChange,
    responses((status = 200, body = OpportunityAnswer)), tag = "opportunities")]
async fn update(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(input): Json<OpportunityChange>,
) -> Result<Versioned<OpportunityAnswer>, CrmError> {
    let answer = update_opportunity::update_opportunity(&state, &caller, id, seen, input).await?;
    Ok(Versioned(answer.opportunity.opportunity.version, answer))
}

/// Talk tracks and comparison sheets for the pain point and the competitors that the opportunity has.
#[utoipa::path(get, path = "/api/opportunities/{id}/suggestions", params(("id" = Uuid, Path)),
    responses((status = 200, body = Suggestions)), tag = "opportunities")]
async fn suggest(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<Suggestions>, CrmError> {
    Ok(Json(show_suggestions::show_suggestions(&state, &caller, id).await?))
}

/// Moves the opportunity to another stage; refused with everything that is missing.
#[utoipa::path(post, path = "/api/opportunities/{id}/advance", params(("id" = Uuid, Path)), request_body = Advance,
    responses((status = 200, body = OpportunityView), (status = 422, description = "gate_closed, budgets_disagree, transition_unknown")),
    tag = "opportunities")]
async fn advance(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<Advance>,
) -> Result<Json<OpportunityView>, CrmError> {
    Ok(Json(advance_opportunity::advance_opportunity(&state, &caller, id, input).await?))
}

/// Attaches a carrier of evidence.
#[utoipa::path(post, path = "/api/opportunities/{id}/evidence", params(("id" = Uuid, Path)), request_body = EvidenceInput,
    responses((status = 201, body = OpportunityView)), tag = "opportunities")]
async fn attach(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<EvidenceInput>,
) -> Result<(StatusCode, Json<OpportunityView>), CrmError> {
    Ok((StatusCode::CREATED, Json(attach_evidence::attach_evidence(&state, &caller, id, input).await?)))
}

/// States one of the three budgets; the cost floor needs a second factor.
#[utoipa::path(put, path = "/api/opportunities/{id}/budgets/{kind}", params(("id" = Uuid, Path), ("kind" = BudgetKind, Path)),
    request_body = BudgetInput,
    responses((status = 200, body = OpportunityView), (status = 401, description = "step_up_required")), tag = "opportunities")]
async fn budget(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(place): Path<(Uuid, BudgetKind)>,
    Json(input): Json<BudgetInput>,
) -> Result<Json<OpportunityView>, CrmError> {
    Ok(Json(state_budget::state_budget(&state, &caller, place, input).await?))
}
