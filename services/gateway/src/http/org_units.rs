//! `/api/org-units`: the organisation tree.

use axum::extract::State as Shared;
use http::StatusCode;
use kernel::OrgPath;
use runtime::http::{Call, Json, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::State;
use crate::domain::org_unit::OrgUnit;
use crate::error::GatewayError;
use crate::ops::org_units;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(list_org_units, add_org_unit, change_org_unit, remove_org_unit))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct ByPath {
    /// Such as `/huadong/shanghai/`.
    #[param(value_type = String)]
    path: OrgPath,
}

/// The whole tree, parents before children.
#[utoipa::path(get, path = "/api/org-units", responses((status = 200, body = Vec<OrgUnit>)), tag = "directory")]
async fn list_org_units(Shared(state): Shared<State>, Call(caller): Call) -> Result<Json<Vec<OrgUnit>>, GatewayError> {
    org_units::list_org_units(&state, &caller).await.map(Json)
}

/// Adds a unit below one that exists.
#[utoipa::path(post, path = "/api/org-units", request_body = OrgUnit, responses((status = 201, body = OrgUnit)),
    tag = "directory")]
async fn add_org_unit(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(unit): Json<OrgUnit>,
) -> Result<(StatusCode, Json<OrgUnit>), GatewayError> {
    let added = org_units::add_org_unit(&state, &caller, unit).await?;
    Ok((StatusCode::CREATED, Json(added)))
}

/// Changes name and kind of the unit at `path`.
#[utoipa::path(put, path = "/api/org-units", request_body = OrgUnit, responses((status = 200, body = OrgUnit)),
    tag = "directory")]
async fn change_org_unit(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(unit): Json<OrgUnit>,
) -> Result<Json<OrgUnit>, GatewayError> {
    org_units::change_org_unit(&state, &caller, unit).await.map(Json)
}

/// Removes a unit that nothing is at or below.
#[utoipa::path(delete, path = "/api/org-units", params(ByPath), responses((status = 204)), tag = "directory")]
async fn remove_org_unit(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(ByPath { path }): Query<ByPath>,
) -> Result<StatusCode, GatewayError> {
    org_units::remove_org_unit(&state, &caller, path).await?;
    Ok(StatusCode::NO_CONTENT)
}
