//! Keeps a place for an opportunity before its contract is signed.

use authz::Action;
use contracts::delivery::v1::CapacityLocked;
use journal::{Caller, Entry};
use serde::Deserialize;
use uuid::Uuid;

use super::capacity::resource;
use crate::app::State;
use crate::domain::Week;
use crate::error::DeliveryError;
use crate::store;
use crate::store::locks::CapacityLock;

/// For whom, and in which week.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LockCapacity {
    pub opportunity_id: Uuid,
    pub week: Week,
}

/// Refused when the week is full or a place is kept for the opportunity already.
#[tracing::instrument(name = "delivery.lock_capacity", skip_all, fields(opportunity = %input.opportunity_id))]
pub async fn lock_capacity(state: &State, caller: &Caller, input: LockCapacity) -> Result<CapacityLock, DeliveryError> {
    let mut write = state.journal.begin(caller).await?;
    authz::check(&caller.principal, write.now(), Action::CapacityWrite, &resource(&caller.principal))?;
    let new_id = write.new_id();
    store::weeks::hold(write.db(), caller.tenant(), input.week, new_id).await?;
    if let Some(kept) = store::locks::hold_of(write.db(), input.opportunity_id).await? {
        return Err(DeliveryError::AlreadyLocked(kept.week));
    }
    let load = store::weeks::load(write.db(), input.week, state.config.default_slots).await?;
    if load.taken() >= i64::from(load.slots) {
        return Err(DeliveryError::CapacityExceeded { week: input.week, slots: load.slots, taken: load.taken() });
    }
    let lock = CapacityLock {
        id: write.new_id(),
        opportunity_id: input.opportunity_id,
        week: input.week,
        locked_by: caller.principal.id,
        locked_at: write.now(),
        released_at: None,
        version: 1,
    };
    // Somebody else kept one in another week a moment ago.
    if !store::locks::insert(write.db(), caller.tenant(), &lock).await? {
        return Err(DeliveryError::AlreadyLocked(input.week));
    }
    let event = CapacityLocked {
        lock_id: lock.id.to_string(),
        opportunity_id: lock.opportunity_id.to_string(),
        week: lock.week.to_string(),
    };
    write.record(Entry::new(&event, lock.id, lock.version)?.change("", "held"));
    Ok(write.commit(lock).await?)
}
