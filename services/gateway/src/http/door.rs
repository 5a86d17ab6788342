//! What every request passes: who calls, from where, how often; then a signed principal instead of
//! whatever the client sent.

use axum::Router;
use axum::extract::{FromRequestParts, Request, State as Shared};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use runtime::trust::PRINCIPAL_HEADER;
use uuid::Uuid;

use super::address::{ClientAddress, address_of};
use super::cookies;
use super::limits::{Allowance, Class, Who};
use crate::State;
use crate::domain::csrf::{Site, site_of};
use crate::error::GatewayError;
use crate::ops::identify::{Identity, identify};

const CORRELATION: HeaderName = HeaderName::from_static("x-correlation-id");

/// Puts the door around every route.
pub(crate) fn around(routes: Router, state: State) -> Router {
    routes.layer(from_fn_with_state(state, pass))
}

/// A session with which a request came, and the token it came with.
#[derive(Clone)]
pub(crate) struct CurrentSession {
    pub id: Uuid,
    pub token: String,
}

/// What a request says about who sends it.
#[derive(Clone)]
struct Credential {
    text: String,
    by_cookie: bool,
}

async fn pass(Shared(state): Shared<State>, mut request: Request, next: Next) -> Response {
    // Nobody outside may say who they are.
    request.headers_mut().remove(PRINCIPAL_HEADER);
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let correlation = correlate(&state, request.headers_mut());
    let mut allowance = None;
    let mut response = match admit(&state, &mut request, &mut allowance).await {
        Ok(()) => next.run(request).await,
        Err(refused) => refused.into_response(),
    };
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    response.headers_mut().insert(CORRELATION, correlation);
    response
}

async fn admit(state: &State, request: &mut Request, allowance: &mut Option<Allowance>) -> Result<(), GatewayError> {
    let address = address_of(request, state.config.limits.trust_forwarded_for);
    let credential = credential_of(request.headers());
    let identity = match &credential {
        Some(credential) => identify(state, &credential.text).await?,
        None => None,
    };
    count(state, request, address, identity.as_ref(), allowance)?;
    let by_cookie = identity.is_some() && credential.as_ref().is_some_and(|credential| credential.by_cookie);
    refuse_other_sites(state, request, by_cookie)?;
    request.extensions_mut().insert(address);
    if let (Some(identity), Some(credential)) = (identity, credential) {
        let token = state.trust.token(&identity.principal, state.clock.now());
        let token = token.map_err(|error| GatewayError::damaged("signing key", error))?;
        let token = HeaderValue::try_from(token).map_err(|error| GatewayError::damaged("principal token", error))?;
        request.headers_mut().insert(PRINCIPAL_HEADER, token);
        if let Some(id) = identity.session {
            request.extensions_mut().insert(CurrentSession { id, token: credential.text });
        }
    }
    Ok(())
}

/// `Authorization: Bearer …` before the cookie: a program that sends both means the first.
fn credential_of(headers: &HeaderMap) -> Option<Credential> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer =
        bearer.and_then(|text| text.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    if let Some((_, token)) = bearer {
        return Some(Credential { text: token.trim().to_owned(), by_cookie: false });
    }
    cookies::value(headers, cookies::SESSION).map(|token| Credential { text: token.to_owned(), by_cookie: true })
}

fn count(
    state: &State,
    request: &Request,
    address: ClientAddress,
    identity: Option<&Identity>,
    allowance: &mut Option<Allowance>,
) -> Result<(), GatewayError> {
    let class = Class::of(request.method(), request.uri().path());
    let who = match identity {
        Some(identity) if class != Class::Login => Who::Principal(identity.principal.id),
        _ => Who::Address(address.counted()),
    };
    match state.limits.count(class, who) {
        Ok(left) => {
            *allowance = Some(left);
            Ok(())
        }
        Err(used_up) => {
            *allowance = Some(used_up);
            Err(GatewayError::RateLimited { wait_seconds: used_up.wait_seconds() })
        }
    }
}

/// A browser sends the cookie along whoever asked it to: changes by cookie must come from our own pages.
fn refuse_other_sites(state: &State, request: &Request, by_cookie: bool) -> Result<(), GatewayError> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let about_session = request.uri().path().starts_with("/api/session");
    match site_of(request.headers(), &state.config.public_url) {
        Site::Cross if by_cookie || about_session => Err(GatewayError::CrossSite),
        Site::Unsaid if by_cookie => Err(GatewayError::CrossSite),
        _ => Ok(()),
    }
}

/// The id that ties together everything that follows from this request.
fn correlate(state: &State, headers: &mut HeaderMap) -> HeaderValue {
    let given = headers.get(&CORRELATION).filter(|id| id.to_str().is_ok_and(|id| id.parse::<Uuid>().is_ok()));
    let fresh = || HeaderValue::try_from(state.ids.new_id().to_string()).unwrap_or(HeaderValue::from_static(""));
    let correlation = given.cloned().unwrap_or_else(fresh);
    headers.insert(CORRELATION, correlation.clone());
    correlation
}

impl<S: Send + Sync> FromRequestParts<S> for CurrentSession {
    type Rejection = GatewayError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, GatewayError> {
        parts.extensions.get::<Self>().cloned().ok_or(GatewayError::NotSignedIn)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = GatewayError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, GatewayError> {
        parts.extensions.get::<Self>().copied().ok_or_else(|| GatewayError::damaged("request", "came past the door"))
    }
}
