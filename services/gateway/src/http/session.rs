//! `/api/session`: signing in with the built-in directory, asking who is signed in, signing out.

use axum::extract::State as Shared;
use axum::response::{AppendHeaders, IntoResponse};
use http::header::SET_COOKIE;
use http::{HeaderName, StatusCode};
use runtime::http::{Call, Json};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::address::ClientAddress;
use super::cookies;
use super::door::CurrentSession;
use crate::State;
use crate::error::GatewayError;
use crate::ops::change_password::{self, NewPassword};
use crate::ops::session::{self, Opened, WhoAmI};
use crate::ops::sign_in::{self, SignIn};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(sign_in, who_am_i, sign_out))
        .routes(routes!(sign_in_options))
        .routes(routes!(change_password))
}

/// What a sign-in page offers.
#[derive(Serialize, utoipa::ToSchema)]
struct SignInOptions {
    /// True when login and password are accepted.
    directory: bool,
    providers: Vec<ProviderOption>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct ProviderOption {
    name: String,
    label: String,
    /// Where to send the browser.
    start: String,
}

pub(super) fn session_cookie(state: &State, opened: &Opened) -> AppendHeaders<[(HeaderName, String); 1]> {
    let seconds = (opened.expires_at - state.clock.now()).num_seconds();
    AppendHeaders([(SET_COOKIE, cookies::set_session(&opened.token, seconds, state.config.session.secure_cookie))])
}

/// Signs in with the built-in directory. The answer sets the session cookie, and has the token for programs.
#[utoipa::path(post, path = "/api/session", request_body = SignIn, responses((status = 201, body = Opened)), tag = "session",
    security())]
async fn sign_in(
    Shared(state): Shared<State>,
    address: ClientAddress,
    Json(input): Json<SignIn>,
) -> Result<impl IntoResponse, GatewayError> {
    let opened = sign_in::sign_in(&state, address.counted(), input).await?;
    Ok((StatusCode::CREATED, session_cookie(&state, &opened), Json(opened)))
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/session", responses((status = 200, body = WhoAmI)), tag = "session")]
async fn who_am_i(Shared(state): Shared<State>, Call(caller): Call) -> Result<Json<WhoAmI>, GatewayError> {
    session::who_am_i(&state, &caller).await.map(Json)
}

/// Ends the session.
#[utoipa::path(delete, path = "/api/session", responses((status = 204)), tag = "session")]
async fn sign_out(
    Shared(state): Shared<State>,
    Call(caller): Call,
    current: CurrentSession,
) -> Result<impl IntoResponse, GatewayError> {
    session::end(&state, &caller, current.id).await?;
    state.identities.forget(&current.token);
    let cleared = cookies::clear_session(state.config.session.secure_cookie);
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(SET_COOKIE, cleared)])))
}

/// How one can sign in here.
#[utoipa::path(get, path = "/api/session/options", responses((status = 200, body = SignInOptions)), tag = "session")]
async fn sign_in_options(Shared(state): Shared<State>) -> Json<SignInOptions> {
    let option = |(name, provider): (&String, &crate::config::ProviderConfig)| ProviderOption {
        name: name.clone(),
        label: provider.label.clone(),
        start: format!("/api/session/oidc/{name}/start"),
    };
    let providers = state.config.oidc.iter().map(option).collect();
    Json(SignInOptions { directory: state.config.directory.enabled, providers })
}

/// Changes one's own password and ends one's other sessions.
#[utoipa::path(put, path = "/api/session/password", request_body = NewPassword, responses((status = 204)), tag = "session")]
async fn change_password(
    Shared(state): Shared<State>,
    Call(caller): Call,
    current: CurrentSession,
    Json(input): Json<NewPassword>,
) -> Result<StatusCode, GatewayError> {
    change_password::change_password(&state, &caller, current.id, input).await?;
    Ok(StatusCode::NO_CONTENT)
}
