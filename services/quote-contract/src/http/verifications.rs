//! `/api/quote-verifications`: public, the code is the key.

use axum::extract::State as Extract;
use runtime::http::{Json, Path};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::State;
use crate::error::Error;
use crate::ops::verify_quote::{self, QuoteVerification};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(verify))
}

/// Whether a printed quote is genuine and still holds. Works without signing in.
#[utoipa::path(get, path = "/api/quote-verifications/{code}", responses((status = 200, body = QuoteVerification)), tag = "quotes")]
async fn verify(Extract(state): Extract<State>, Path(code): Path<String>) -> Result<Json<QuoteVerification>, Error> {
    Ok(Json(verify_quote::verify_quote(&state, &code).await?))
}
