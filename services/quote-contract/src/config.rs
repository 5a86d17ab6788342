//! The `[service]` table of the configuration.

use process::calendar::WorkingHours;
use runtime::BuildError;
use serde::Deserialize;

use crate::domain::authority::Authority;
use crate::domain::quote::LONGEST_VALIDITY_DAYS;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub public_url: String,
    pub font_path: String,
    pub expiry_reminder_days: i64,
    pub default_validity_days: i64,
    pub company: Company,
    pub authority: Authority,
    pub working_hours: WorkingHours,
}

/// The seller.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    pub name: String,
    pub name_en: String,
    pub address: String,
    pub phone: String,
    pub tax_number: String,
    pub bank: String,
    pub account: String,
}

impl Config {
    /// Refuses values that no quote could work with.
    pub fn check(&self) -> Result<(), BuildError> {
        if !(1..=LONGEST_VALIDITY_DAYS).contains(&self.default_validity_days) {
            return Err(BuildError::other("service.default_validity_days", "must be between 1 and 365"));
        }
        if !(0..=LONGEST_VALIDITY_DAYS).contains(&self.expiry_reminder_days) {
            return Err(BuildError::other("service.expiry_reminder_days", "must be between 0 and 365"));
        }
        if !self.public_url.starts_with("http://") && !self.public_url.starts_with("https://") {
            return Err(BuildError::other("service.public_url", "must be an http or https address"));
        }
        match self.authority.faults().first() {
            Some(fault) => Err(BuildError::other("service.authority", format!("{}: {}", fault.field, fault.reason.en))),
            None => Ok(()),
        }
    }

    /// Where anybody can check a printed quote.
    pub fn verification_url(&self, code: &str) -> String {
        format!("{}/api/quote-verifications/{code}", self.public_url.trim_end_matches('/'))
    }
}
