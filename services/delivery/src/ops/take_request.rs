//! Somebody takes a request on.

use authz::Action;
use contracts::delivery::v1::DeliveryRequestTaken;
use journal::{Caller, Entry};
use uuid::Uuid;

use super::watch_request;
use crate::app::State;
use crate::domain::request::Request;
use crate::error::DeliveryError;
use crate::store;

#[tracing::instrument(name = "delivery.take_request", skip_all, fields(request = %id))]
pub async fn take_request(state: &State, caller: &Caller, id: Uuid) -> Result<Request, DeliveryError> {
    let mut write = state.journal.begin(caller).await?;
    let mut request = store::requests::lock(write.db(), id).await?.ok_or(DeliveryError::NotFound)?;
    authz::check(&caller.principal, write.now(), Action::DeliveryRequestReply, &request.resource())?;
    let before = request.state;
    request.take(caller.principal.id, write.now())?;
    let event = DeliveryRequestTaken {
        request_id: request.id.to_string(),
        customer_id: request.customer_id.to_string(),
        taken_by: caller.principal.id.to_string(),
        owner_id: request.owner_id.to_string(),
        org: request.org.to_string(),
    };
    let entry = Entry::new(&event, request.id, request.next_version())?;
    write.record(entry.change(before.as_str(), request.state.as_str()));
    store::requests::save(write.db(), &request).await?;
    write.disarm(request.id, watch_request::RESPONSE).await?;
    Ok(write.commit(request).await?)
}
