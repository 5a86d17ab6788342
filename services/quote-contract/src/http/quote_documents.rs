//! `/api/quotes/{id}/pdf`

use axum::extract::State as Extract;
use axum::response::Response;
use runtime::http::{Call, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::attachment::pdf_answer;
use crate::State;
use crate::error::Error;
use crate::ops::print_quote::print_quote;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PdfQuery {
    /// The latest when not given.
    pub revision: Option<i32>,
}

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(get_pdf))
}

/// The revision as a PDF; the kept file once it was sent.
#[utoipa::path(get, path = "/api/quotes/{id}/pdf", params(PdfQuery), responses((status = 200, content_type = "application/pdf", body = Vec<u8>)), tag = "quotes")]
async fn get_pdf(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Query(query): Query<PdfQuery>,
) -> Result<Response, Error> {
    Ok(pdf_answer(print_quote(&state, &caller.principal, id, query.revision).await?))
}
