//! `/api/approvals`

use axum::extract::State as Extract;
use runtime::http::{Call, Json, Page, Path};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::State;
use crate::error::Error;
use crate::ops::approval_view::ApprovalView;
use crate::ops::decide_approval::{self, Decide};
use crate::ops::delegate_approval::{self, Delegate};
use crate::ops::withdraw_approval::{self, Withdraw};
use crate::ops::{open_approval, read_approvals};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list_waiting))
        .routes(routes!(get_approval))
        .routes(routes!(open))
        .routes(routes!(decide))
        .routes(routes!(delegate))
        .routes(routes!(withdraw))
}

/// What waits for one's decision, longest waiting first; at most 200.
#[utoipa::path(get, path = "/api/approvals", responses((status = 200, body = Page<ApprovalView>)), tag = "approvals")]
async fn list_waiting(Extract(state): Extract<State>, Call(caller): Call) -> Result<Json<Page<ApprovalView>>, Error> {
    let items = read_approvals::list_waiting(&state, &caller.principal).await?;
    Ok(Json(Page { items, next_cursor: None }))
}

#[utoipa::path(get, path = "/api/approvals/{id}", responses((status = 200, body = ApprovalView)), tag = "approvals")]
async fn get_approval(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<ApprovalView>, Error> {
    Ok(Json(read_approvals::get_approval(&state, &caller.principal, id).await?))
}

/// Stamps that one has seen it.
#[utoipa::path(post, path = "/api/approvals/{id}/open", responses((status = 200, body = ApprovalView)), tag = "approvals")]
async fn open(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<ApprovalView>, Error> {
    Ok(Json(open_approval::open_approval(&state, &caller, id).await?))
}

/// Approves or rejects; a rejection needs a reason.
#[utoipa::path(post, path = "/api/approvals/{id}/decide", request_body = Decide, responses((status = 200, body = ApprovalView)), tag = "approvals")]
async fn decide(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<Decide>,
) -> Result<Json<ApprovalView>, Error> {
    Ok(Json(decide_approval::decide_approval(&state, &caller, id, input).await?))
}

/// Hands the decision to somebody else who may make it.
#[utoipa::path(post, path = "/api/approvals/{id}/delegate", request_body = Delegate, responses((status = 200, body = ApprovalView)), tag = "approvals")]
async fn delegate(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<Delegate>,
) -> Result<Json<ApprovalView>, Error> {
    Ok(Json(delegate_approval::delegate_approval(&state, &caller, id, input).await?))
}

/// Takes one's own request back.
#[utoipa::path(post, path = "/api/approvals/{id}/withdraw", request_body = Withdraw, responses((status = 200, body = ApprovalView)), tag = "approvals")]
async fn withdraw(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<Withdraw>,
) -> Result<Json<ApprovalView>, Error> {
    Ok(Json(withdraw_approval::withdraw_approval(&state, &caller, id, input).await?))
}
