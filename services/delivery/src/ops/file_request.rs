//! A customer's wish goes to the department that can answer it.

use authz::{Action, Resource, ResourceKind};
use contracts::delivery::v1::DeliveryRequestFiled;
use journal::{Caller, Entry, Write};
use kernel::Text;
use serde::Deserialize;
use uuid::Uuid;

use super::checks::Checks;
use super::watch_request;
use crate::app::State;
use crate::domain::request::{Pain, Request, RequestState, Urgency};
use crate::error::DeliveryError;
use crate::store;

/// What the customer wishes.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRequest {
    pub customer_id: Uuid,
    /// The customer's own words.
    pub wish: String,
    pub pain: Pain,
    /// What will be measured to call it done; names a number.
    pub target: String,
    pub urgency: Urgency,
}

/// Files the request in the caller's name and starts both clocks.
#[tracing::instrument(name = "delivery.file_request", skip_all, fields(customer = %input.customer_id))]
pub async fn file_request(state: &State, caller: &Caller, input: NewRequest) -> Result<Request, DeliveryError> {
    let mut write = state.journal.begin(caller).await?;
    let principal = &caller.principal;
    let place = Resource::owned(ResourceKind::DeliveryRequest, principal.tenant, principal.org.clone(), principal.id);
    authz::check(principal, write.now(), Action::DeliveryRequestCreate, &place)?;
    check(&input)?;
    let request = new_request(state, &write, input);
    store::requests::insert(write.db(), &request).await?;
    let entry = Entry::new(&filed(&request), request.id, request.version)?;
    write.record(entry.change("", request.state.as_str()));
    watch_request::arm(&mut write, &request).await?;
    Ok(write.commit(request).await?)
}

fn check(input: &NewRequest) -> Result<(), DeliveryError> {
    let vague = Text::new("目标须可衡量，请写明数字", "a target can be measured; name a number");
    let measurable = input.target.chars().any(char::is_numeric);
    Checks::default()
        .text("wish", &input.wish, 2000)
        .text("target", &input.target, 500)
        .must(measurable || input.target.trim().is_empty(), "target", "not_measurable", vague)
        .done()
}

fn new_request(state: &State, write: &Write, input: NewRequest) -> Request {
    let (principal, now) = (&write.caller().principal, write.now());
    let limits = &state.config.requests;
    Request {
        id: write.new_id(),
        tenant: principal.tenant,
        customer_id: input.customer_id,
        wish: input.wish,
        pain: input.pain,
        target: input.target,
        urgency: input.urgency,
        owner_id: principal.id,
        org: principal.org.clone(),
        state: RequestState::Filed,
        filed_at: now,
        respond_by: now + limits.response_within(input.urgency),
        reply_by: now + limits.reply_within(),
        taken_by: None,
        taken_at: None,
        replied_by: None,
        replied_at: None,
        reply: None,
        response_late: false,
        reply_late: false,
        version: 1,
    }
}

fn filed(request: &Request) -> DeliveryRequestFiled {
    DeliveryRequestFiled {
        request_id: request.id.to_string(),
        customer_id: request.customer_id.to_string(),
        pain: request.pain.as_str().to_owned(),
        urgency: request.urgency.as_str().to_owned(),
        owner_id: request.owner_id.to_string(),
        org: request.org.to_string(),
        respond_by: Some(request.respond_by.into()),
        reply_by: Some(request.reply_by.into()),
    }
}
