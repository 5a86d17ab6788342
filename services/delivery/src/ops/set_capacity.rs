//! How many deliveries a week can take.

use authz::Action;
use contracts::delivery::v1::CapacitySet;
use journal::{Caller, Entry};
use kernel::Text;
use serde::Deserialize;

use super::capacity::resource;
use super::checks::Checks;
use crate::app::State;
use crate::domain::Week;
use crate::error::DeliveryError;
use crate::store;
use crate::store::weeks::Load;

const MOST_SLOTS: i32 = 100_000;

/// The number, and why it is that.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetCapacity {
    /// 0 to 100000. Fewer than are booked: nothing more fits until enough have moved.
    pub slots: i32,
    pub reason: String,
}

#[tracing::instrument(name = "delivery.set_capacity", skip_all, fields(%week))]
pub async fn set_capacity(
    state: &State,
    caller: &Caller,
    week: Week,
    input: SetCapacity,
) -> Result<Load, DeliveryError> {
    let mut write = state.journal.begin(caller).await?;
    authz::check(&caller.principal, write.now(), Action::CapacityWrite, &resource(&caller.principal))?;
    let range = Text::new(format!("须为 0–{MOST_SLOTS}"), format!("must be 0 to {MOST_SLOTS}"));
    Checks::default()
        .text("reason", &input.reason, 500)
        .must((0..=MOST_SLOTS).contains(&input.slots), "slots", "out_of_range", range)
        .done()?;
    let new_id = write.new_id();
    let mut held = store::weeks::hold(write.db(), caller.tenant(), week, new_id).await?;
    let before = held.slots.unwrap_or(state.config.default_slots);
    held.slots = Some(input.slots);
    held.version += 1;
    store::weeks::save(write.db(), &held).await?;
    let event = CapacitySet { week: week.to_string(), slots: input.slots };
    let entry = Entry::new(&event, held.id, held.version)?;
    write.record(entry.change(before.to_string(), input.slots.to_string()).why(input.reason));
    let load = store::weeks::load(write.db(), week, state.config.default_slots).await?;
    Ok(write.commit(load).await?)
}
