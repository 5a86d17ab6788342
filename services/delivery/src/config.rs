//! The `[service]` table of the configuration.

use chrono::Duration;
use serde::Deserialize;

use crate::domain::request::Urgency;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub acceptance_days: i64,
    pub default_slots: i32,
    pub requests: Requests,
}

/// Time limits of cross-department requests.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requests {
    pub respond_p0_minutes: i64,
    pub respond_p1_minutes: i64,
    pub respond_p2_minutes: i64,
    pub reply_hours: i64,
}

impl Config {
    /// Says what cannot work.
    pub fn check(&self) -> Result<(), String> {
        if !(1..=365).contains(&self.acceptance_days) {
            return Err("acceptance_days must be 1 to 365".into());
        }
        if !(0..=100_000).contains(&self.default_slots) {
            return Err("default_slots must be 0 to 100000".into());
        }
        let limits =
            [self.requests.respond_p0_minutes, self.requests.respond_p1_minutes, self.requests.respond_p2_minutes];
        if !limits.is_sorted() || limits[0] < 1 {
            return Err("requests: the more urgent, the sooner the response, and at least a minute".into());
        }
        if !(1..=8760).contains(&self.requests.reply_hours) || limits[2] > 525_600 {
            return Err("requests: no limit is longer than a year".into());
        }
        Ok(())
    }

    /// How long an acceptance link works.
    pub fn acceptance_lasts(&self) -> Duration {
        Duration::days(self.acceptance_days)
    }
}

impl Requests {
    /// How soon a request of this urgency has to be taken on.
    pub fn response_within(&self, urgency: Urgency) -> Duration {
        Duration::minutes(match urgency {
            Urgency::P0 => self.respond_p0_minutes,
            Urgency::P1 => self.respond_p1_minutes,
            Urgency::P2 => self.respond_p2_minutes,
        })
    }

    /// How soon every request has to be answered.
    pub fn reply_within(&self) -> Duration {
        Duration::hours(self.reply_hours)
    }
}
