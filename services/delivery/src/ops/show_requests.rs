//! Requests, as far as somebody may see them.

use authz::{Action, ResourceKind, list_scope};
use journal::Caller;
use uuid::Uuid;

use crate::app::State;
use crate::domain::request::Request;
use crate::error::DeliveryError;
use crate::store;
use crate::store::requests::Filter;

/// Not visible is not there.
pub async fn show_request(state: &State, caller: &Caller, id: Uuid) -> Result<Request, DeliveryError> {
    let principal = &caller.principal;
    let mut tx = state.journal.read(principal, list_scope(principal, ResourceKind::DeliveryRequest)).await?;
    let request = store::requests::find(&mut tx, id).await?.ok_or(DeliveryError::NotFound)?;
    authz::check(principal, state.clock.now(), Action::DeliveryRequestRead, &request.resource())?;
    Ok(request)
}

/// Newest first, one row more than asked for when there are more.
pub async fn list_requests(state: &State, caller: &Caller, filter: Filter) -> Result<Vec<Request>, DeliveryError> {
    let principal = &caller.principal;
    let mut tx = state.journal.read(principal, list_scope(principal, ResourceKind::DeliveryRequest)).await?;
    store::requests::list(&mut tx, filter).await
}
