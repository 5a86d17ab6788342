//! The customer is told a date.

use authz::Action;
use chrono::{DateTime, Utc};
use contracts::delivery::v1::DeliveryPromised;
use journal::{Caller, Entry};
use kernel::Evidence;
use serde::Deserialize;
use uuid::Uuid;

use super::checks::Checks;
use super::turn;
use crate::app::State;
use crate::domain::Delivery;
use crate::error::DeliveryError;
use crate::store;

/// What the customer was told, why, and where that can be looked up.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    pub promised_at: DateTime<Utc>,
    pub reason: String,
    /// At least one carrier: the message, the recording, the document in which the date was told.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// Notes the promise and compares it with the schedule.
#[tracing::instrument(name = "delivery.promise_delivery", skip_all, fields(delivery = %id))]
pub async fn promise_delivery(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: Option<i64>,
    input: Promise,
) -> Result<Delivery, DeliveryError> {
    let mut write = state.journal.begin(caller).await?;
    let mut card = store::deliveries::lock(write.db(), id).await?.ok_or(DeliveryError::NotFound)?;
    authz::check(&caller.principal, write.now(), Action::DeliveryPromise, &card.resource())?;
    card.check_seen(seen)?;
    check(&input, write.now())?;
    let before = card.promised_at;
    let turned = card.promise(input.promised_at)?;
    let event = DeliveryPromised {
        delivery_id: card.id.to_string(),
        customer_id: card.customer_id.to_string(),
        promised_at: Some(input.promised_at.into()),
        org: card.org.to_string(),
    };
    let entry = Entry::new(&event, card.id, card.next_version())?;
    let from = before.map(|at| at.to_rfc3339()).unwrap_or_default();
    let entry = entry.change(from, input.promised_at.to_rfc3339()).why(&*input.reason);
    write.record(entry.evidence(input.evidence));
    if let Some(turned) = turned {
        turn::record(&mut write, &mut card, turned, &input.reason)?;
    }
    store::deliveries::save(write.db(), &card).await?;
    Ok(write.commit(card).await?)
}

fn check(input: &Promise, now: DateTime<Utc>) -> Result<(), DeliveryError> {
    let nowhere =
        kernel::Text::new("承诺须附依据（消息、录音或文件）", "a promise rests on a message, recording or document");
    Checks::default()
        .text("reason", &input.reason, 500)
        .future("promised_at", input.promised_at, now)
        .must(!input.evidence.is_empty(), "evidence", "evidence_missing", nowhere)
        .evidence("evidence", &input.evidence)
        .done()
}
