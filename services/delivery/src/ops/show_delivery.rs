//! Cards, as far as somebody may see them.

use authz::{Action, ResourceKind, list_scope};
use journal::Caller;
use serde::Serialize;
use uuid::Uuid;

use crate::app::State;
use crate::domain::{Delivery, Link};
use crate::error::DeliveryError;
use crate::store;
use crate::store::deliveries::Filter;
use crate::store::details::{Line, Payment};
use crate::store::history::Happened;

/// A card with everything that belongs to it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct DeliveryDetail {
    #[serde(flatten)]
    pub delivery: Delivery,
    pub lines: Vec<Line>,
    pub payments: Vec<Payment>,
    /// Acceptance links, oldest first.
    pub acceptances: Vec<Link>,
    /// What the evidence says, oldest first. What came before is in the evidence of quotes and contracts,
    /// from `signed_event_id` backwards.
    pub history: Vec<Happened>,
}

/// Not visible is not there.
pub async fn show_delivery(state: &State, caller: &Caller, id: Uuid) -> Result<DeliveryDetail, DeliveryError> {
    let principal = &caller.principal;
    let mut tx = state.journal.read(principal, list_scope(principal, ResourceKind::Delivery)).await?;
    let delivery = store::deliveries::find(&mut tx, id).await?.ok_or(DeliveryError::NotFound)?;
    authz::check(principal, state.clock.now(), Action::DeliveryRead, &delivery.resource())?;
    Ok(DeliveryDetail {
        lines: store::details::lines(&mut tx, id).await?,
        payments: store::details::payments(&mut tx, id).await?,
        acceptances: store::links::of_delivery(&mut tx, id).await?,
        history: store::history::of(&mut tx, id).await?,
        delivery,
    })
}

/// Newest first, one row more than asked for when there are more.
pub async fn list_deliveries(state: &State, caller: &Caller, filter: Filter) -> Result<Vec<Delivery>, DeliveryError> {
    let principal = &caller.principal;
    let mut tx = state.journal.read(principal, list_scope(principal, ResourceKind::Delivery)).await?;
    store::deliveries::list(&mut tx, filter).await
}
