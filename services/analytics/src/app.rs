//! Wiring.

use std::sync::Arc;

use journal::Journal;
use kernel::{Clock, IdSource};
use runtime::{BuildError, Context, Peers, Reaction, Service};

use crate::config::Config;
use crate::domain::source::Source;
use crate::{http, reactions};

/// What every operation needs.
#[derive(Clone)]
pub struct State {
    pub journal: Journal,
    pub clock: Clock,
    pub ids: IdSource,
    pub peers: Peers,
    pub sources: Arc<[Source]>,
}

/// Builds the service from what the runtime hands over.
pub async fn build(context: Context<Config>) -> Result<Service, BuildError> {
    let sources = context.config.sources().map_err(|why| BuildError::other("configuration", why))?;
    let state = State {
        journal: context.journal,
        clock: context.clock,
        ids: context.ids,
        peers: context.peers,
        sources: sources.into(),
    };
    let mut service = Service::new(http::routes().with_state(state.clone()));
    for source in state.sources.iter() {
        service = service.reaction(Reaction::on_all(
            source.consumer,
            source.service,
            (state.clone(), *source),
            reactions::follow::run,
        ));
    }
    Ok(service)
}
