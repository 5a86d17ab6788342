//! Events of other services, one per file.

pub mod note_invoice;
pub mod open_receivable;

use contracts::shared::v1;
use kernel::Money;
use uuid::Uuid;

use crate::error::CollectionsError;

fn id(field: &'static str, text: &str) -> Result<Uuid, CollectionsError> {
    text.parse().map_err(|_| CollectionsError::event(field, format!("{text:?} is no id")))
}

fn money(field: &'static str, money: v1::Money) -> Result<Money, CollectionsError> {
    Money::try_from(money).map_err(|error| CollectionsError::event(field, error))
}
