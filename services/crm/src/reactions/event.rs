//! Reading the fields of events.

use chrono::{DateTime, Utc};
use contracts::{Timestamp, shared};
use kernel::{Money, OrgPath};
use uuid::Uuid;

use crate::error::CrmError;

pub fn id(field: &'static str, text: &str) -> Result<Uuid, CrmError> {
    text.parse().map_err(|_| bad(field, text))
}

pub fn org(field: &'static str, text: &str) -> Result<OrgPath, CrmError> {
    text.parse().map_err(|_| bad(field, text))
}

pub fn time(field: &'static str, at: Option<Timestamp>) -> Result<DateTime<Utc>, CrmError> {
    at.and_then(|at| DateTime::<Utc>::try_from(at).ok()).ok_or_else(|| bad(field, ""))
}

pub fn money(field: &'static str, amount: Option<shared::v1::Money>) -> Result<Money, CrmError> {
    let amount = amount.ok_or_else(|| bad(field, ""))?;
    let text = amount.currency.clone();
    Money::try_from(amount).map_err(|_| bad(field, &text))
}

fn bad(field: &'static str, value: &str) -> CrmError {
    CrmError::BadEvent { field, value: value.to_owned() }
}
