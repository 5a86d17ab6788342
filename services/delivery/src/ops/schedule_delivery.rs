//! Production plans when a delivery leaves.

use authz::Action;
use chrono::{DateTime, Utc};
use contracts::delivery::v1::DeliveryScheduled;
use journal::{Caller, Entry};
use serde::Deserialize;
use uuid::Uuid;

use super::checks::Checks;
use super::{capacity, turn};
use crate::app::State;
use crate::domain::{Delivery, Week};
use crate::error::DeliveryError;
use crate::store;

/// When, and why then.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    pub scheduled_at: DateTime<Utc>,
    pub reason: String,
    /// Books a full week all the same; delivery managers only, with the reason above.
    #[serde(default)]
    pub override_capacity: bool,
}

/// Books a place in the week, plans the delivery and compares it with the promise.
#[tracing::instrument(name = "delivery.schedule_delivery", skip_all, fields(delivery = %id))]
pub async fn schedule_delivery(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: Option<i64>,
    input: Schedule,
) -> Result<Delivery, DeliveryError> {
    let mut write = state.journal.begin(caller).await?;
    let mut card = store::deliveries::lock(write.db(), id).await?.ok_or(DeliveryError::NotFound)?;
    authz::check(&caller.principal, write.now(), Action::DeliverySchedule, &card.resource())?;
    card.check_seen(seen)?;
    let now = write.now();
    Checks::default().text("reason", &input.reason, 500).future("scheduled_at", input.scheduled_at, now).done()?;
    let before = card.scheduled_at;
    let turned = card.schedule(input.scheduled_at)?;
    let default_slots = state.config.default_slots;
    capacity::book(&mut write, &card, Week::of(input.scheduled_at), default_slots, input.override_capacity).await?;
    let event = DeliveryScheduled {
        delivery_id: card.id.to_string(),
        customer_id: card.customer_id.to_string(),
        scheduled_at: Some(input.scheduled_at.into()),
        org: card.org.to_string(),
    };
    let entry = Entry::new(&event, card.id, card.next_version())?;
    let from = before.map(|at| at.to_rfc3339()).unwrap_or_default();
    write.record(entry.change(from, input.scheduled_at.to_rfc3339()).why(&*input.reason));
    if let Some(turned) = turned {
        turn::record(&mut write, &mut card, turned, &input.reason)?;
    }
    store::deliveries::save(write.db(), &card).await?;
    Ok(write.commit(card).await?)
}
