//! Who calls, as an extractor.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::response::Response;
use http::request::Parts;
use journal::{Caller, IdempotencyKey, Origin};
use kernel::{AsProblem, Clock, IdSource, Principal};
use uuid::Uuid;

use super::problem::respond;
use crate::telemetry::traceparent_of;
use crate::trust::{PRINCIPAL_HEADER, Trust};

/// What the extractors of every request need.
#[derive(Clone)]
pub(crate) struct Edge {
    pub trust: Arc<Trust>,
    pub clock: Clock,
    pub ids: IdSource,
}

/// An authenticated caller; requests without a believed token are answered 401.
pub struct Call(pub Caller);

impl<S: Send + Sync> FromRequestParts<S> for Call {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let principal = {
            let edge = edge(parts).map_err(respond)?;
            let token = header(parts, PRINCIPAL_HEADER);
            edge.trust.verify(token, edge.clock.now()).map_err(|error| respond(error.problem()))?
        };
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        Ok(Self(visitor.acting_as(principal)))
    }
}

/// A request from somebody who need not be signed in: a public form, an acceptance link.
pub struct Visitor {
    key: Option<IdempotencyKey>,
    correlation: Uuid,
}

impl Visitor {
    /// The caller once it is known on whose behalf the request acts.
    pub fn acting_as(self, principal: Principal) -> Caller {
        Caller {
            principal,
            origin: Origin::Request(self.key),
            correlation: self.correlation,
            causation: None,
            traceparent: traceparent_of(&tracing::Span::current()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let given = header(parts, "x-correlation-id").and_then(|id| id.parse().ok());
        let fresh = || parts.extensions.get::<Edge>().map_or(Uuid::nil(), |edge| edge.ids.new_id());
        Ok(Self { key: parts.extensions.get().cloned(), correlation: given.unwrap_or_else(fresh) })
    }
}

fn edge(parts: &Parts) -> Result<&Edge, kernel::Problem> {
    parts.extensions.get().ok_or_else(|| kernel::Problem::internal("the request edge is not set up"))
}

fn header<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    parts.headers.get(name).and_then(|value| value.to_str().ok())
}
