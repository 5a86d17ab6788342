//! One event of another service, one thing done because of it.

use std::future::Future;
use std::sync::Arc;

use contracts::Event;
use journal::Caller;
use journal::consume::{Consumer, Delivered, Failure, Handler, Incoming};
use kernel::AsProblem;
use tracing::Instrument;

use crate::telemetry;

/// A named reaction. Its name is the durable consumer's and the inbox's: never rename one that has run.
#[derive(Clone)]
pub struct Reaction {
    pub(crate) consumer: Consumer,
}

impl Reaction {
    /// Reacts to events of type `E`. `name` is `<service>-<what_is_done>`.
    ///
    /// The handler calls one operation with the caller it is given; that operation's `Journal::begin`
    /// claims the event, so that it is carried out once however often it is delivered.
    pub fn on<E, S, F, Fut, X>(name: &'static str, state: S, handler: F) -> Self
    where
        E: Event,
        S: Clone + Send + Sync + 'static,
        F: Fn(S, Caller, Delivered<E>) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<(), X>> + Send + 'static,
        X: AsProblem + Send + 'static,
    {
        let run = move |state: S, caller: Caller, incoming: Incoming| {
            let handler = handler.clone();
            async move {
                let delivered = incoming.read::<E>().map_err(refused)?;
                handler(state, caller, delivered).await.map_err(refused)
            }
        };
        Self::new(name, E::KIND.service, E::KIND.subject.to_owned(), state, run)
    }

    /// Reacts to every event of `source`, unread: for projections.
    pub fn on_all<S, F, Fut>(name: &'static str, source: &'static str, state: S, handler: F) -> Self
    where
        S: Clone + Send + Sync + 'static,
        F: Fn(S, Caller, Incoming) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        Self::new(name, source, contracts::subjects::subjects_of(source), state, handler)
    }

    fn new<S, F, Fut>(name: &'static str, source: &'static str, filter: String, state: S, run: F) -> Self
    where
        S: Clone + Send + Sync + 'static,
        F: Fn(S, Caller, Incoming) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        let service = service_of(name);
        let handler: Handler = Arc::new(move |incoming: Incoming| {
            let mut caller = incoming.caller(service, name);
            let span = telemetry::reaction_span(name, &incoming.meta);
            caller.traceparent = telemetry::traceparent_of(&span).or(caller.traceparent);
            Box::pin(run(state.clone(), caller, incoming).instrument(span))
        });
        Self { consumer: Consumer { name, source, filter, handler } }
    }
}

/// `lead-routing` of `lead-routing-open_repurchase_lead`.
fn service_of(name: &'static str) -> &'static str {
    contracts::SERVICES.into_iter().find(|service| name.starts_with(&format!("{service}-"))).unwrap_or(name)
}

fn refused(error: impl AsProblem) -> Failure {
    Failure::Problem(error.problem())
}
