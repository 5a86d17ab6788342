//! How many deliveries customers accepted at the first time of asking.

use authz::{ResourceKind, list_scope};
use chrono::{DateTime, Utc};
use journal::Caller;
use serde::{Deserialize, Serialize};

use crate::app::State;
use crate::error::DeliveryError;
use crate::store;

/// A span of time in which deliveries were accepted.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Span {
    /// From this time on.
    pub from: Option<DateTime<Utc>>,
    /// Before this time.
    pub until: Option<DateTime<Utc>>,
}

/// Counts over what the caller may see.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FirstPassRate {
    /// Accepted deliveries.
    pub delivered: i64,
    /// Those of them that were never rejected.
    pub first_pass: i64,
    /// `first_pass / delivered`, 0 to 1; absent when nothing was delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
}

pub async fn show_first_pass(state: &State, caller: &Caller, span: Span) -> Result<FirstPassRate, DeliveryError> {
    let principal = &caller.principal;
    let mut tx = state.journal.read(principal, list_scope(principal, ResourceKind::Delivery)).await?;
    let counted = store::deliveries::first_pass(&mut tx, span.from, span.until).await?;
    let rate = (counted.delivered > 0).then(|| counted.first_pass as f64 / counted.delivered as f64);
    Ok(FirstPassRate { delivered: counted.delivered, first_pass: counted.first_pass, rate })
}
