//! The `[service]` table of the configuration.

use kernel::{Currency, Money};
use process::calendar::WorkingHours;
use runtime::BuildError;
use serde::Deserialize;

use crate::domain::deadline::Limits;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// In yuan, such as `50000.00`.
    pub novice_budget_limit: String,
    pub import_most_rows: usize,
    pub requeue_on_availability: i64,
    pub requeue_per_turn: i64,
    pub office: WorkingHours,
    pub deadlines: Limits,
}

impl Config {
    pub fn novice_limit(&self) -> Result<Money, BuildError> {
        Money::parse(&self.novice_budget_limit, Currency::CNY)
            .map_err(|error| BuildError::other("service.novice_budget_limit", error))
    }
}
