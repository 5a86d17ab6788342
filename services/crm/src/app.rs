//! Wiring.

use std::sync::Arc;

use contracts::crm::v1::customers_server::CustomersServer;
use contracts::crm::v1::{CustomFieldChanged, ProcessPublished};
use custom_fields::Resource;
use journal::Journal;
use kernel::Clock;
use process::Calendar;
use process::calendar::WorkingHours;
use process::store::Definitions;
use runtime::grpc::RpcEdge;
use runtime::{BuildError, Context, Peers, Processes, Reaction, Service, TimerHandler, announce, custom_field_routes};

use crate::config::Config;
use crate::{grpc, http, ops, reactions};

/// Those that can have custom fields.
const RECORDS: [Resource; 3] = [Resource::Customer, Resource::Opportunity, Resource::Visit];

/// What every operation needs.
#[derive(Clone)]
pub struct State {
    pub journal: Journal,
    pub clock: Clock,
    pub peers: Peers,
    pub config: Arc<Config>,
    pub definitions: Arc<Definitions>,
    pub calendar: Arc<Calendar>,
}

/// Builds the service from what the runtime hands over.
pub async fn build(context: Context<Config>) -> Result<Service, BuildError> {
    context.config.check().map_err(|why| BuildError::other("configuration", why))?;
    let definitions = Definitions::new(&[include_str!("../process/opportunity.yaml")]);
    let calendar = Calendar::china(WorkingHours::default());
    let state = State {
        journal: context.journal,
        clock: context.clock.clone(),
        peers: context.peers,
        config: Arc::new(context.config),
        definitions: Arc::new(definitions.map_err(|error| BuildError::other("process definitions", error))?),
        calendar: Arc::new(calendar.map_err(|error| BuildError::other("calendar", error))?),
    };
    let edge = RpcEdge::new(context.trust, context.clock, context.ids);
    let fields = custom_field_routes::<CustomFieldChanged>(&state.journal, &RECORDS);
    let service = Service::new(http::routes().with_state(state.clone()).merge(fields))
        .rpc(CustomersServer::new(grpc::Customers { state: state.clone(), edge }))
        .processes(processes(&state))
        .timer(TimerHandler::on(ops::judge_customer::REVIEW, state.clone(), ops::review_customer::review_customer))
        .timer(TimerHandler::on(ops::key_moments::TIMER, state.clone(), ops::miss_key_moment::miss_key_moment));
    Ok(react(service, &state))
}

/// A stage is what the definition says it is: any will do.
fn processes(state: &State) -> Processes {
    let live = ops::live_opportunities::live_opportunities;
    Processes::new(state.definitions.clone(), announce::<ProcessPublished>, state.clone(), live)
}

fn react(service: Service, state: &State) -> Service {
    service
        .reaction(Reaction::on("crm-convert_lead", state.clone(), reactions::convert_lead::run))
        .reaction(Reaction::on("crm-note_quote_sent", state.clone(), reactions::note_quote_sent::run))
        .reaction(Reaction::on("crm-win_opportunity", state.clone(), reactions::win_opportunity::run))
        .reaction(Reaction::on("crm-note_delivery_accepted", state.clone(), reactions::note_delivery_accepted::run))
        .reaction(Reaction::on("crm-note_delivery_rejected", state.clone(), reactions::note_delivery_rejected::run))
        .reaction(Reaction::on("crm-note_promise_red", state.clone(), reactions::note_promise_red::run))
        .reaction(Reaction::on("crm-note_promise_green", state.clone(), reactions::note_promise_green::run))
        .reaction(Reaction::on("crm-note_journey_stalled", state.clone(), reactions::note_journey_stalled::run))
        .reaction(Reaction::on("crm-note_payment_posted", state.clone(), reactions::note_payment_posted::run))
        .reaction(Reaction::on("crm-note_receivable_cleared", state.clone(), reactions::note_receivable_cleared::run))
        .reaction(Reaction::on("crm-offer_draft", state.clone(), reactions::offer_draft::run))
        .reaction(Reaction::on("crm-miss_draft", state.clone(), reactions::miss_draft::run))
        .reaction(Reaction::on("crm-apply_conclusion", state.clone(), reactions::apply_conclusion::run))
}
