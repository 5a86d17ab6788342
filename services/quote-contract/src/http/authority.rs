//! `/api/quotes/authority`

use axum::extract::State as Extract;
use runtime::http::{Call, Json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::State;
use crate::domain::authority::Authority;
use crate::error::Error;
use crate::ops::set_authority::{self, AuthorityView};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(get_authority, put_authority))
}

/// The discount authority in force.
#[utoipa::path(get, path = "/api/quotes/authority", responses((status = 200, body = AuthorityView)), tag = "quotes")]
async fn get_authority(Extract(state): Extract<State>, Call(caller): Call) -> Result<Json<AuthorityView>, Error> {
    Ok(Json(set_authority::get_authority(&state, &caller.principal).await?))
}

/// Sets the discount authority from now on.
#[utoipa::path(put, path = "/api/quotes/authority", request_body = Authority, responses((status = 200, body = AuthorityView)), tag = "quotes")]
async fn put_authority(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Json(limits): Json<Authority>,
) -> Result<Json<AuthorityView>, Error> {
    Ok(Json(set_authority::set_authority(&state, &caller, limits).await?))
}
