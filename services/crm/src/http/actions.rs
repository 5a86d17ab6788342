//! `/api/actions`

use axum::extract::State as Extract;
use axum::http::StatusCode;
use runtime::http::{Call, Json, Page, PageQuery, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::action::ActionKind;
use crate::error::CrmError;
use crate::ops::complete_action::DoneInput;
use crate::ops::plan_action::{ActionInput, ActionView};
use crate::ops::{complete_action, list_actions, plan_action};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(plan, list)).routes(routes!(show)).routes(routes!(complete))
}

/// What a list of actions is narrowed by.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct ActionQuery {
    customer_id: Option<Uuid>,
    opportunity_id: Option<Uuid>,
    rep_id: Option<Uuid>,
    kind: Option<ActionKind>,
    /// Only finished ones, or only planned ones.
    done: Option<bool>,
}

impl From<ActionQuery> for list_actions::Filter {
    fn from(query: ActionQuery) -> Self {
        Self {
            customer: query.customer_id,
            opportunity: query.opportunity_id,
            rep: query.rep_id,
            kind: query.kind,
            done: query.done,
        }
    }
}

/// Plans an action.
#[utoipa::path(post, path = "/api/actions", request_body = ActionInput,
    responses((status = 201, body = ActionView)), tag = "actions")]
async fn plan(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Json(input): Json<ActionInput>,
) -> Result<(StatusCode, Json<ActionView>), CrmError> {
    Ok((StatusCode::CREATED, Json(plan_action::plan_action(&state, &caller, input).await?)))
}

/// The actions you may see, latest plan first.
#[utoipa::path(get, path = "/api/actions", params(ActionQuery, PageQuery),
    responses((status = 200, body = Page<ActionView>)), tag = "actions")]
async fn list(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Query(query): Query<ActionQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<ActionView>>, CrmError> {
    Ok(Json(list_actions::list_actions(&state, &caller, query.into(), page).await?))
}

/// One action.
#[utoipa::path(get, path = "/api/actions/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = ActionView), (status = 404, description = "action_not_found")), tag = "actions")]
async fn show(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<ActionView>, CrmError> {
    Ok(Json(list_actions::show_action(&state, &caller, id).await?))
}

/// Finishes an action; refused when it ends in the future or within 30 minutes of another one of yours.
#[utoipa::path(post, path = "/api/actions/{id}/done", params(("id" = Uuid, Path)), request_body = DoneInput,
    responses((status = 200, body = ActionView), (status = 422, description = "action_in_future, action_too_close")), tag = "actions")]
async fn complete(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<DoneInput>,
) -> Result<Json<ActionView>, CrmError> {
    Ok(Json(complete_action::complete_action(&state, &caller, id, input).await?))
}
