//! `/api/ledger/export`: everybody's signed evidence in one file.

use axum::body::Body;
use axum::extract::State as Shared;
use axum::response::{IntoResponse, Response};
use futures::TryStreamExt;
use http::{HeaderName, header};
use runtime::http::Call;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::State;
use crate::error::GatewayError;
use crate::ops::export_ledger;

const SERVICES: HeaderName = HeaderName::from_static("x-sluice-services");

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(export_ledger))
}

/// The evidence of every service for the caller's tenant, as `sluice ledger verify` reads it: NDJSON, one
/// export after the other. `X-Sluice-Services` names whose. A connection that breaks off means an incomplete export.
#[utoipa::path(get, path = "/api/ledger/export",
    responses((status = 200, body = String, content_type = "application/x-ndjson")), tag = "ledger")]
async fn export_ledger(Shared(state): Shared<State>, Call(caller): Call) -> Result<Response, GatewayError> {
    let export = export_ledger::export_ledger(&state, &caller).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson".to_owned()),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"ledger.ndjson\"".to_owned()),
        (SERVICES, export.services.join(",")),
    ];
    let lines = export.lines().inspect_err(|status| {
        tracing::warn!(code = ?status.code(), why = status.message(), "ledger export broke off");
    });
    Ok((headers, Body::from_stream(lines)).into_response())
}
