//! Gives a place back that was kept for an opportunity.

use authz::Action;
use journal::Caller;
use kernel::Text;
use uuid::Uuid;

use super::capacity::{release, resource};
use crate::app::State;
use crate::error::DeliveryError;
use crate::store;
use crate::store::locks::CapacityLock;

#[tracing::instrument(name = "delivery.release_capacity", skip_all, fields(lock = %id))]
pub async fn release_capacity(state: &State, caller: &Caller, id: Uuid) -> Result<CapacityLock, DeliveryError> {
    let mut write = state.journal.begin(caller).await?;
    authz::check(&caller.principal, write.now(), Action::CapacityWrite, &resource(&caller.principal))?;
    let kept = store::locks::hold(write.db(), id).await?.ok_or(DeliveryError::NotFound)?;
    let released = release(&mut write, kept, "withdrawn", Text::new("已归还", "given back")).await?;
    Ok(write.commit(released).await?)
}
