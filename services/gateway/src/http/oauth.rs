//! `/api/oauth/token`: OAuth 2.0 client credentials (RFC 6749, 4.4) for API keys.

use axum::Form;
use axum::extract::State as Shared;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::State;
use crate::domain::secret::{API_KEY_PREFIX, ApiKey};
use crate::error::GatewayError;
use crate::ops::issue_access_token::{LIFETIME_SECONDS, issue_access_token};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(issue_token))
}

#[derive(Deserialize, utoipa::ToSchema)]
struct TokenRequest {
    /// `client_credentials`
    grant_type: String,
    /// `slk_<public id>`; here or in HTTP Basic authentication.
    client_id: Option<String>,
    client_secret: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct TokenAnswer {
    access_token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
}

/// The standard's own form of a refusal.
#[derive(Serialize, utoipa::ToSchema)]
struct OAuthError {
    error: &'static str,
}

/// A short-lived access token for an API key.
#[utoipa::path(post, path = "/api/oauth/token",
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = TokenAnswer), (status = 400, body = OAuthError), (status = 401, body = OAuthError)),
    tag = "API keys")]
async fn issue_token(
    Shared(state): Shared<State>,
    headers: HeaderMap,
    Form(request): Form<TokenRequest>,
) -> Result<Response, GatewayError> {
    if request.grant_type != "client_credentials" {
        return Ok(refused(StatusCode::BAD_REQUEST, "unsupported_grant_type"));
    }
    let given = request.client_id.zip(request.client_secret).or_else(|| basic(&headers));
    let key = given.and_then(|(id, secret)| {
        let public_id = id.strip_prefix(API_KEY_PREFIX).unwrap_or(&id).to_owned();
        ApiKey::parse(&ApiKey { public_id, secret }.text())
    });
    let token = match key {
        Some(key) => issue_access_token(&state, &key).await?,
        None => None,
    };
    let Some(access_token) = token else { return Ok(refused(StatusCode::UNAUTHORIZED, "invalid_client")) };
    let answer = TokenAnswer { access_token, token_type: "Bearer", expires_in: LIFETIME_SECONDS };
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(answer)).into_response())
}

fn refused(status: StatusCode, error: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], axum::Json(OAuthError { error })).into_response()
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let encoded = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let text = String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}
