//! `/api/session/oidc/{provider}/…`: the browser's way to an OpenID provider and back.

use axum::extract::State as Shared;
use axum::response::{AppendHeaders, IntoResponse, Redirect};
use http::HeaderMap;
use http::header::SET_COOKIE;
use runtime::http::{Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::cookies;
use super::session::session_cookie;
use crate::State;
use crate::error::GatewayError;
use crate::ops::oidc::{self, Callback};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(start_oidc)).routes(routes!(finish_oidc))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Start {
    /// A path of this site to go on to.
    return_to: Option<String>,
}

/// Sends the browser to the provider.
#[utoipa::path(get, path = "/api/session/oidc/{provider}/start", params(("provider" = String, Path), Start),
    responses((status = 303)), tag = "session")]
async fn start_oidc(
    Shared(state): Shared<State>,
    Path(provider): Path<String>,
    Query(start): Query<Start>,
) -> Result<impl IntoResponse, GatewayError> {
    let started = oidc::start(&state, &provider, start.return_to.as_deref()).await?;
    let cookie = cookies::set_oidc(&started.browser, oidc::LIFETIME_SECONDS, state.config.session.secure_cookie);
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(&started.location)))
}

/// The provider sends the browser back here.
#[utoipa::path(get, path = "/api/session/oidc/{provider}/callback", params(("provider" = String, Path), Callback),
    responses((status = 303)), tag = "session")]
async fn finish_oidc(
    Shared(state): Shared<State>,
    Path(provider): Path<String>,
    Query(callback): Query<Callback>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, GatewayError> {
    let browser = cookies::value(&headers, cookies::OIDC);
    let finished = oidc::finish(&state, &provider, callback, browser).await?;
    let cleared = cookies::clear_oidc(state.config.session.secure_cookie);
    let session = session_cookie(&state, &finished.session);
    Ok((session, AppendHeaders([(SET_COOKIE, cleared)]), Redirect::to(&finished.return_to)))
}
