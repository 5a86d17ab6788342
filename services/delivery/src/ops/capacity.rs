//! Places in weeks: booking them, and showing how full weeks are.

use authz::{Action, Resource, ResourceKind};
use contracts::delivery::v1::CapacityLockReleased;
use journal::{Caller, Entry, Write};
use kernel::{Principal, Reason, Role, Text};

use crate::app::State;
use crate::domain::{Delivery, Week};
use crate::error::DeliveryError;
use crate::store;
use crate::store::locks::CapacityLock;
use crate::store::weeks::Load;

/// How full these weeks are.
pub async fn show_capacity(state: &State, caller: &Caller, weeks: &[Week]) -> Result<Vec<Load>, DeliveryError> {
    let principal = &caller.principal;
    authz::check(principal, state.clock.now(), Action::CapacityRead, &resource(principal))?;
    let scope = authz::list_scope(principal, ResourceKind::Capacity);
    let mut tx = state.journal.read(principal, scope).await?;
    store::weeks::loads(&mut tx, weeks, state.config.default_slots).await
}

/// What policies decide about: capacity belongs to the whole tenant.
pub(super) fn resource(principal: &Principal) -> Resource {
    Resource::tenant_wide(ResourceKind::Capacity, principal.tenant)
}

/// Books a place for a delivery. The place kept for its opportunity is used up, or given back when the
/// delivery goes to another week.
pub(super) async fn book(
    write: &mut Write,
    card: &Delivery,
    week: Week,
    default_slots: i32,
    override_capacity: bool,
) -> Result<(), DeliveryError> {
    if store::bookings::monday_of(write.db(), card.id).await? == Some(week.monday()) {
        return Ok(());
    }
    let new_id = write.new_id();
    store::weeks::hold(write.db(), card.tenant, week, new_id).await?;
    release_kept(write, card).await?;
    let load = store::weeks::load(write.db(), week, default_slots).await?;
    let is_full = load.taken() >= i64::from(load.slots);
    if is_full {
        check_override(&write.caller().principal, &load, override_capacity)?;
    }
    let now = write.now();
    store::bookings::put(write.db(), card, week, is_full, now).await
}

fn check_override(principal: &Principal, load: &Load, wanted: bool) -> Result<(), DeliveryError> {
    match (wanted, principal.has(Role::DeliveryManager)) {
        (true, true) => Ok(()),
        (true, false) => Err(DeliveryError::OverrideNotAllowed),
        (false, _) => Err(DeliveryError::CapacityExceeded { week: load.week, slots: load.slots, taken: load.taken() }),
    }
}

async fn release_kept(write: &mut Write, card: &Delivery) -> Result<(), DeliveryError> {
    let Some(opportunity) = card.opportunity_id else { return Ok(()) };
    match store::locks::hold_of(write.db(), opportunity).await? {
        Some(kept) => {
            release(write, kept, "used", Text::new("交付已排产", "the delivery is scheduled")).await.map(drop)
        }
        None => Ok(()),
    }
}

/// Gives a kept place back.
pub(super) async fn release(
    write: &mut Write,
    mut kept: CapacityLock,
    how: &str,
    why: impl Into<Reason>,
) -> Result<CapacityLock, DeliveryError> {
    kept.version += 1;
    kept.released_at = Some(write.now());
    store::locks::save(write.db(), &kept).await?;
    let event = CapacityLockReleased {
        lock_id: kept.id.to_string(),
        opportunity_id: kept.opportunity_id.to_string(),
        week: kept.week.to_string(),
        how: how.to_owned(),
    };
    write.record(Entry::new(&event, kept.id, kept.version)?.change("held", how).why(why));
    Ok(kept)
}
