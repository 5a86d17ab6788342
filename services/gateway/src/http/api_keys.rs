//! `/api/api-keys`: keys of other systems.

use axum::extract::State as Shared;
use http::StatusCode;
use runtime::http::{Call, Json, Path};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::State;
use crate::error::GatewayError;
use crate::ops::api_keys::{self, ApiKeyView};
use crate::ops::issue_api_key::{self, IssuedKey, KeyRequest};
use crate::ops::revoke_api_key;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(list_api_keys, issue_api_key)).routes(routes!(revoke_api_key))
}

/// Every key, newest first, without its secret.
#[utoipa::path(get, path = "/api/api-keys", responses((status = 200, body = Vec<ApiKeyView>)), tag = "API keys")]
async fn list_api_keys(
    Shared(state): Shared<State>,
    Call(caller): Call,
) -> Result<Json<Vec<ApiKeyView>>, GatewayError> {
    api_keys::list_api_keys(&state, &caller).await.map(Json)
}

/// Issues a key; the answer shows it this once.
#[utoipa::path(post, path = "/api/api-keys", request_body = KeyRequest, responses((status = 201, body = IssuedKey)),
    tag = "API keys")]
async fn issue_api_key(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(input): Json<KeyRequest>,
) -> Result<(StatusCode, Json<IssuedKey>), GatewayError> {
    let issued = issue_api_key::issue_api_key(&state, &caller, input).await?;
    Ok((StatusCode::CREATED, Json(issued)))
}

/// Revokes a key. It works for at most a few seconds more.
#[utoipa::path(delete, path = "/api/api-keys/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = ApiKeyView)), tag = "API keys")]
async fn revoke_api_key(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<ApiKeyView>, GatewayError> {
    revoke_api_key::revoke_api_key(&state, &caller, id).await.map(Json)
}
