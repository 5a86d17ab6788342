//! Tells others when a promise can no longer be kept, and when it can again.

use contracts::delivery::v1::{PromiseTurnedGreen, PromiseTurnedRed};
use journal::{Entry, Write};

use crate::domain::{Delivery, Turn};
use crate::error::DeliveryError;

/// Records the turn as the card's next event.
pub(super) fn record(write: &mut Write, card: &mut Delivery, turn: Turn, why: &str) -> Result<(), DeliveryError> {
    let version = card.next_version();
    let entry = match turn {
        Turn::Red => Entry::new(&turned_red(card), card.id, version)?.change("green", "red"),
        Turn::Green => Entry::new(&turned_green(card), card.id, version)?.change("red", "green"),
    };
    write.record(entry.why(why));
    Ok(())
}

fn turned_red(card: &Delivery) -> PromiseTurnedRed {
    PromiseTurnedRed {
        delivery_id: card.id.to_string(),
        contract_number: card.contract_number.clone(),
        customer_id: card.customer_id.to_string(),
        company: card.company.clone(),
        owner_id: card.owner_id.to_string(),
        org: card.org.to_string(),
        promised_at: card.promised_at.map(Into::into),
        scheduled_at: card.scheduled_at.map(Into::into),
    }
}

fn turned_green(card: &Delivery) -> PromiseTurnedGreen {
    PromiseTurnedGreen {
        delivery_id: card.id.to_string(),
        customer_id: card.customer_id.to_string(),
        org: card.org.to_string(),
    }
}
