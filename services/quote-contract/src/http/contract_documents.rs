//! Contracts as documents: PDF, text out, text back in, proof of the clauses.

use axum::extract::State as Extract;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use runtime::http::{Call, Json, Path};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::attachment::pdf_answer;
use crate::State;
use crate::error::Error;
use crate::ops::check_contract::{self, ClauseConsistency};
use crate::ops::contract_view::ContractView;
use crate::ops::import_contract::{self, ImportedContract};
use crate::ops::{print_contract, read_contracts};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(get_pdf))
        .routes(routes!(get_document))
        .routes(routes!(import))
        .routes(routes!(consistency))
}

/// The contract as a PDF; the signed file once it is signed.
#[utoipa::path(get, path = "/api/contracts/{id}/pdf", responses((status = 200, content_type = "application/pdf", body = Vec<u8>)), tag = "contracts")]
async fn get_pdf(Extract(state): Extract<State>, Call(caller): Call, Path(id): Path<Uuid>) -> Result<Response, Error> {
    Ok(pdf_answer(print_contract::print_contract(&state, &caller.principal, id).await?))
}

/// The contract as text, to be edited elsewhere and imported again.
#[utoipa::path(get, path = "/api/contracts/{id}/document", responses((status = 200, content_type = "text/plain", body = String)), tag = "contracts")]
async fn get_document(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Response, Error> {
    let text = read_contracts::export_contract(&state, &caller.principal, id).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// Takes a returned contract back, clause by clause. Locked clauses are refused, on record.
#[utoipa::path(post, path = "/api/contracts/{id}/import", request_body = ImportedContract, responses((status = 200, body = ContractView)), tag = "contracts")]
async fn import(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(imported): Json<ImportedContract>,
) -> Result<Json<ContractView>, Error> {
    Ok(Json(import_contract::import_contract(&state, &caller, id, imported).await?))
}

/// Hashes every clause anew and compares.
#[utoipa::path(get, path = "/api/contracts/{id}/consistency", responses((status = 200, body = ClauseConsistency)), tag = "contracts")]
async fn consistency(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<ClauseConsistency>, Error> {
    Ok(Json(check_contract::check_contract(&state, &caller.principal, id).await?))
}
