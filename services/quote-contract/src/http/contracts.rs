//! `/api/contracts`

use axum::extract::State as Extract;
use axum::http::StatusCode;
use kernel::id::Cursor;
use runtime::http::{Call, IfMatch, Json, Page, PageQuery, Path, Query, Versioned};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::State;
use crate::domain::contract::ContractStatus;
use crate::error::Error;
use crate::ops::ContractFilter as Filter;
use crate::ops::change_contract::{self, ContractChange};
use crate::ops::contract_view::{ContractSummary, ContractView};
use crate::ops::create_contract::{self, NewContract};
use crate::ops::sign_contract::{self, Sign};
use crate::ops::{read_contracts, submit_contract};

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ContractQuery {
    pub opportunity_id: Option<Uuid>,
    pub quote_id: Option<Uuid>,
    pub status: Option<ContractStatus>,
    /// Part of the number, the company or the subject.
    pub q: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<i64>,
}

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list_contracts, create))
        .routes(routes!(get_contract, change))
        .routes(routes!(submit))
        .routes(routes!(sign))
}

/// Contracts one may see, newest first.
#[utoipa::path(get, path = "/api/contracts", params(ContractQuery), responses((status = 200, body = Page<ContractSummary>)), tag = "contracts")]
async fn list_contracts(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Query(query): Query<ContractQuery>,
) -> Result<Json<Page<ContractSummary>>, Error> {
    let page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after = page.after_time().map_err(Error::Worded)?;
    let ContractQuery { opportunity_id, quote_id, status, q, .. } = query;
    let filter = Filter { opportunity_id, quote_id, status, q };
    let limit = page.limit();
    let found = read_contracts::list_contracts(&state, &caller.principal, &filter, after, limit + 1).await?;
    Ok(Json(Page::of(found, limit, |contract| Cursor::at(contract.created_at, contract.id))))
}

/// Builds a contract from an approved quote and the newest clauses.
#[utoipa::path(post, path = "/api/contracts", request_body = NewContract, responses((status = 201, body = ContractView)), tag = "contracts")]
async fn create(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Json(input): Json<NewContract>,
) -> Result<(StatusCode, Json<ContractView>), Error> {
    Ok((StatusCode::CREATED, Json(create_contract::create_contract(&state, &caller, input).await?)))
}

#[utoipa::path(get, path = "/api/contracts/{id}", responses((status = 200, body = ContractView)), tag = "contracts")]
async fn get_contract(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<ContractView>, Error> {
    let view = read_contracts::get_contract(&state, &caller.principal, id).await?;
    Ok(Versioned(view.contract.version, view))
}

/// Changes delivery, payment plan or business clauses. Locked clauses are refused, on record.
#[utoipa::path(patch, path = "/api/contracts/{id}", request_body = ContractChange, responses((status = 200, body = ContractView)), tag = "contracts")]
async fn change(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(change): Json<ContractChange>,
) -> Result<Json<ContractView>, Error> {
    Ok(Json(change_contract::change_contract(&state, &caller, id, seen, change).await?))
}

/// Asks legal, finance and sales management.
#[utoipa::path(post, path = "/api/contracts/{id}/submit", responses((status = 200, body = ContractView)), tag = "contracts")]
async fn submit(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<ContractView>, Error> {
    Ok(Json(submit_contract::submit_contract(&state, &caller, id).await?))
}

/// Captures the signature of one party, or of both; with both the contract is signed.
#[utoipa::path(post, path = "/api/contracts/{id}/sign", request_body = Sign, responses((status = 200, body = ContractView)), tag = "contracts")]
async fn sign(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<Sign>,
) -> Result<Json<ContractView>, Error> {
    Ok(Json(sign_contract::sign_contract(&state, &caller, id, input).await?))
}
