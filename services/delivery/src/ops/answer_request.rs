//! Whether and how a wish can be fulfilled.

use authz::Action;
use contracts::delivery::v1::DeliveryRequestReplied;
use journal::{Caller, Entry};
use uuid::Uuid;

use super::checks::Checks;
use super::watch_request;
use crate::app::State;
use crate::domain::request::{Reply, Request};
use crate::error::DeliveryError;
use crate::store;

#[tracing::instrument(name = "delivery.answer_request", skip_all, fields(request = %id))]
pub async fn answer_request(state: &State, caller: &Caller, id: Uuid, reply: Reply) -> Result<Request, DeliveryError> {
    let mut write = state.journal.begin(caller).await?;
    let mut request = store::requests::lock(write.db(), id).await?.ok_or(DeliveryError::NotFound)?;
    authz::check(&caller.principal, write.now(), Action::DeliveryRequestReply, &request.resource())?;
    check(&reply)?;
    let (before, feasible, approach) = (request.state, reply.feasible, reply.approach.clone());
    request.answer(reply, caller.principal.id, write.now())?;
    let event = DeliveryRequestReplied {
        request_id: request.id.to_string(),
        customer_id: request.customer_id.to_string(),
        feasible,
        owner_id: request.owner_id.to_string(),
        org: request.org.to_string(),
    };
    let entry = Entry::new(&event, request.id, request.next_version())?;
    write.record(entry.change(before.as_str(), request.state.as_str()).why(approach));
    store::requests::save(write.db(), &request).await?;
    write.disarm(request.id, watch_request::RESPONSE).await?;
    write.disarm(request.id, watch_request::REPLY).await?;
    Ok(write.commit(request).await?)
}

fn check(reply: &Reply) -> Result<(), DeliveryError> {
    let mut checks = Checks::default();
    checks.text("approach", &reply.approach, 2000);
    let rest = [("resources", &reply.resources), ("schedule", &reply.schedule), ("deliverable", &reply.deliverable)];
    for (field, text) in rest {
        // A "no" needs its grounds only.
        if reply.feasible {
            checks.text(field, text, 1000);
        } else {
            checks.optional_text(field, Some(text), 1000);
        }
    }
    checks.done()
}
