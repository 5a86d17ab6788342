//! Wiring only.

use std::sync::Arc;

use contracts::delivery::v1::capacity_server::CapacityServer;
use journal::Journal;
use kernel::{Clock, IdSource};
use runtime::grpc::RpcEdge;
use runtime::{BuildError, Context, Reaction, Service, TimerHandler};

use crate::config::Config;
use crate::ops::watch_request;
use crate::{grpc, http, reactions};

/// What every operation works with.
#[derive(Clone)]
pub struct State {
    pub journal: Journal,
    pub clock: Clock,
    pub ids: IdSource,
    pub config: Arc<Config>,
}

pub async fn build(context: Context<Config>) -> Result<Service, BuildError> {
    context.config.check().map_err(|why| BuildError::other("[service]", why))?;
    let edge = RpcEdge::new(context.trust, context.clock.clone(), context.ids.clone());
    let state =
        State { journal: context.journal, clock: context.clock, ids: context.ids, config: Arc::new(context.config) };
    Ok(Service::new(http::routes().with_state(state.clone()))
        .rpc(CapacityServer::new(grpc::Capacity { state: state.clone(), edge }))
        .reaction(Reaction::on("delivery-create_card", state.clone(), reactions::create_card::run))
        .timer(TimerHandler::on(watch_request::RESPONSE, state.clone(), watch_request::response_due))
        .timer(TimerHandler::on(watch_request::REPLY, state, watch_request::reply_due)))
}
