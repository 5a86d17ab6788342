//! Wiring only.

use std::sync::Arc;

use contracts::quote_contract::v1::{CustomFieldChanged, ProcessPublished};
use custom_fields::Resource;
use journal::Journal;
use kernel::{Clock, IdSource};
use process::Calendar;
use process::store::Definitions;
use runtime::{BuildError, Context, Peers, Processes, Service, TimerHandler, announce, custom_field_routes};

use crate::config::Config;
use crate::pdf::Printer;
use crate::{http, ops};

/// What every operation needs.
#[derive(Clone)]
pub struct State {
    pub journal: Journal,
    pub clock: Clock,
    pub ids: IdSource,
    pub peers: Peers,
    pub config: Arc<Config>,
    pub definitions: Arc<Definitions>,
    pub calendar: Arc<Calendar>,
    pub(crate) printer: Arc<Printer>,
}

const PROCESSES: [&str; 2] = [include_str!("../process/quote.yaml"), include_str!("../process/contract.yaml")];

pub async fn build(context: Context<Config>) -> Result<Service, BuildError> {
    let config = context.config;
    config.check()?;
    let definitions = Definitions::new(&PROCESSES).map_err(|error| BuildError::other("process definitions", error))?;
    let calendar =
        Calendar::china(config.working_hours.clone()).map_err(|error| BuildError::other("calendar", error))?;
    let printer = Printer::load(&config.font_path).map_err(|error| BuildError::other("service.font_path", error))?;
    let state = State {
        journal: context.journal,
        clock: context.clock,
        ids: context.ids,
        peers: context.peers,
        definitions: Arc::new(definitions),
        calendar: Arc::new(calendar),
        printer: Arc::new(printer),
        config: Arc::new(config),
    };
    let fields = custom_field_routes::<CustomFieldChanged>(&state.journal, &[Resource::Quote]);
    Ok(Service::new(http::routes().with_state(state.clone()).merge(fields))
        .processes(processes(&state))
        .timer(TimerHandler::on(ops::quote_timers::EXPIRING, state.clone(), ops::quote_timers::remind_of_expiry))
        .timer(TimerHandler::on(ops::quote_timers::EXPIRED, state.clone(), ops::quote_timers::expire_quote))
        .timer(TimerHandler::on(ops::escalate_approval::LIMIT, state, ops::escalate_approval::escalate_approval)))
}

/// Both processes are one move: submitting a draft, with the approvals it takes.
fn processes(state: &State) -> Processes {
    let live = ops::live_drafts::live_drafts;
    Processes::new(state.definitions.clone(), announce::<ProcessPublished>, state.clone(), live)
        .with_approvals()
        .in_stages(&["draft", "approved"])
}
