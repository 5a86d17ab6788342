//! Wiring only.

use std::sync::Arc;

use contracts::collections::v1::ProcessPublished;
use journal::Journal;
use kernel::Clock;
use process::Calendar;
use process::calendar::WorkingHours;
use process::store::Definitions;
use runtime::{BuildError, Context, Processes, Reaction, Service, TimerHandler, announce};

use crate::config::Config;
use crate::domain::node;
use crate::{http, ops, reactions};

/// What every operation works with.
#[derive(Clone)]
pub struct State {
    pub journal: Journal,
    pub clock: Clock,
    pub definitions: Arc<Definitions>,
    pub calendar: Arc<Calendar>,
    pub config: Arc<Config>,
}

pub async fn build(context: Context<Config>) -> Result<Service, BuildError> {
    context.config.check().map_err(|why| BuildError::other("[service]", why))?;
    let definitions = Definitions::new(&[include_str!("../process/journey.yaml")])
        .map_err(|error| BuildError::other("process/journey.yaml", error))?;
    let calendar =
        Calendar::china(WorkingHours::default()).map_err(|error| BuildError::other("business calendar", error))?;
    let state = State {
        journal: context.journal,
        clock: context.clock,
        definitions: Arc::new(definitions),
        calendar: Arc::new(calendar),
        config: Arc::new(context.config),
    };
    Ok(Service::new(http::routes().with_state(state.clone()))
        .processes(processes(&state))
        .reaction(Reaction::on("collections-open_receivable", state.clone(), reactions::open_receivable::run))
        .reaction(Reaction::on("collections-note_invoice", state.clone(), reactions::note_invoice::run))
        .timer(TimerHandler::on(ops::stall_journey::TIMER, state, ops::stall_journey::stall_journey)))
}

fn processes(state: &State) -> Processes {
    let live = ops::live_receivables::live_receivables;
    Processes::new(state.definitions.clone(), announce::<ProcessPublished>, state.clone(), live)
        .in_stages(&node::STAGES)
}
