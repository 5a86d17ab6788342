//! Wiring only.

use std::sync::Arc;
use std::time::Duration;

use contracts::lead_routing::v1::leads_server::LeadsServer;
use contracts::lead_routing::v1::{CustomFieldChanged, ProcessPublished};
use custom_fields::Resource;
use journal::Journal;
use kernel::{Clock, Money};
use process::store::Definitions;
use runtime::grpc::RpcEdge;
use runtime::{BuildError, Context, Job, Processes, Reaction, Service, TimerHandler, announce, custom_field_routes};

use crate::config::Config;
use crate::domain::availability::Calendars;
use crate::ops::rulebook::Rulebooks;
use crate::{grpc, http, jobs, ops, reactions};

/// What every operation can use.
#[derive(Clone)]
pub struct State {
    pub journal: Journal,
    pub clock: Clock,
    pub config: Arc<Config>,
    pub calendars: Arc<Calendars>,
    pub definitions: Arc<Definitions>,
    pub rulebooks: Arc<Rulebooks>,
    pub novice_limit: Money,
}

pub async fn build(context: Context<Config>) -> Result<Service, BuildError> {
    let edge = RpcEdge::new(context.trust.clone(), context.clock.clone(), context.ids.clone());
    let state = state(context)?;
    let fields = custom_field_routes::<CustomFieldChanged>(&state.journal, &[Resource::Lead]);
    Ok(Service::new(http::routes().with_state(state.clone()).merge(fields))
        .rpc(LeadsServer::new(grpc::Leads { state: state.clone(), edge }))
        .processes(processes(&state))
        .reaction(Reaction::on(
            "lead-routing-open_repurchase_lead",
            state.clone(),
            reactions::open_repurchase_lead::run,
        ))
        .timer(TimerHandler::on("unassigned", state.clone(), ops::report_unassigned::report_unassigned))
        .timer(TimerHandler::on("untouched", state.clone(), ops::remind_rep::remind_rep))
        .timer(TimerHandler::on("recall", state.clone(), ops::recall_lead::recall_lead))
        .job(Job::every("route_queue", Duration::from_secs(15), state, jobs::route_queue::run)))
}

/// Rules and deadlines give leads to people and take them back; everything else asks the gate.
fn processes(state: &State) -> Processes {
    let live = ops::live_leads::live_leads;
    Processes::new(state.definitions.clone(), announce::<ProcessPublished>, state.clone(), live)
        .in_stages(&["unassigned", "assigned", "touched", "screened", "converted"])
        .moving_by_itself(&[
            ("unassigned", "assigned"),
            ("assigned", "unassigned"),
            ("touched", "unassigned"),
            ("screened", "unassigned"),
        ])
}

fn state(context: Context<Config>) -> Result<State, BuildError> {
    let calendars =
        Calendars::new(context.config.office.clone()).map_err(|error| BuildError::other("calendar", error))?;
    let definitions = Definitions::new(&[include_str!("../process/lead.yaml")])
        .map_err(|error| BuildError::other("process/lead.yaml", error))?;
    Ok(State {
        journal: context.journal,
        clock: context.clock,
        novice_limit: context.config.novice_limit()?,
        config: Arc::new(context.config),
        calendars: Arc::new(calendars),
        definitions: Arc::new(definitions),
        rulebooks: Arc::default(),
    })
}
