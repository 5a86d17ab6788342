//! One kind of timer, one thing done when it fires.

use std::future::Future;
use std::sync::Arc;

use journal::Caller;
use journal::timers::{Fired, Handler};
use kernel::AsProblem;
use tracing::Instrument;

use crate::telemetry;

/// What happens when timers of one kind fire. The operation it calls claims the timer in `begin`.
#[derive(Clone)]
pub struct TimerHandler {
    pub(crate) kind: &'static str,
    pub(crate) handler: Handler,
}

impl TimerHandler {
    /// Hands every timer of `kind` that fires to `handler`.
    pub fn on<S, F, Fut, X>(kind: &'static str, state: S, handler: F) -> Self
    where
        S: Clone + Send + Sync + 'static,
        F: Fn(S, Caller, Fired) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<(), X>> + Send + 'static,
        X: AsProblem + Send + 'static,
    {
        let handler: Handler = Arc::new(move |mut caller, fired| {
            let span =
                tracing::info_span!("timer", kind, aggregate = %fired.aggregate_id, trace_id = tracing::field::Empty);
            caller.traceparent = telemetry::traceparent_of(&span);
            let done = handler(state.clone(), caller, fired);
            Box::pin(async move { done.await.map_err(|error| error.problem()) }.instrument(span))
        });
        Self { kind, handler }
    }
}
