//! The gRPC edge: who asks, and problems as statuses.

use std::sync::Arc;

use journal::Caller;
use kernel::{AsProblem, Clock, IdSource, Kind, Principal, Problem};
use tonic::{Code, Request, Status};

use crate::trust::{PRINCIPAL_HEADER, Trust};

/// Recognises callers of a service's RPCs.
#[derive(Clone)]
pub struct RpcEdge {
    trust: Arc<Trust>,
    clock: Clock,
    ids: IdSource,
}

impl RpcEdge {
    pub fn new(trust: Arc<Trust>, clock: Clock, ids: IdSource) -> Self {
        Self { trust, clock, ids }
    }

    /// The principal of a request, if its token is believed.
    pub fn principal<T>(&self, request: &Request<T>) -> Result<Principal, Status> {
        let token = metadata(request, PRINCIPAL_HEADER);
        self.trust.verify(token, self.clock.now()).map_err(|error| status(&error.problem()))
    }

    /// The caller of a request.
    pub fn caller<T>(&self, request: &Request<T>) -> Result<Caller, Status> {
        let mut caller = Caller::request(self.principal(request)?, self.ids.new_id());
        if let Some(correlation) = metadata(request, "x-correlation-id").and_then(|id| id.parse().ok()) {
            caller.correlation = correlation;
        }
        caller.traceparent = metadata(request, "traceparent").map(str::to_owned);
        Ok(caller)
    }
}

fn metadata<'a, T>(request: &'a Request<T>, name: &str) -> Option<&'a str> {
    request.metadata().get(name).and_then(|value| value.to_str().ok())
}

/// A problem as a gRPC status; the code travels in the message as `code: title`.
pub fn status(problem: &Problem) -> Status {
    let code = match problem.kind {
        Kind::Invalid | Kind::TooLarge | Kind::UnsupportedType => Code::InvalidArgument,
        Kind::Unauthenticated | Kind::StepUp => Code::Unauthenticated,
        Kind::Forbidden => Code::PermissionDenied,
        Kind::NotFound | Kind::Gone => Code::NotFound,
        Kind::Conflict => Code::Aborted,
        Kind::Stale | Kind::Refused => Code::FailedPrecondition,
        Kind::TooMany => Code::ResourceExhausted,
        Kind::Internal => Code::Internal,
        Kind::Unavailable => Code::Unavailable,
        Kind::Replayed => Code::AlreadyExists,
    };
    if problem.kind == Kind::Internal {
        tracing::error!(code = problem.code, why = problem.internal, "rpc failed");
    }
    Status::new(code, format!("{}: {}", problem.code, problem.title.en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_not_there_any_more() {
        let problem = Problem::new(Kind::Gone, "acceptance_used", "已使用", "was used");
        let status = status(&problem);
        assert_eq!((status.code(), status.message()), (Code::NotFound, "acceptance_used: was used"));
    }
}
