//! How long a lead may lie: with nobody, untouched, and after the reminder.

use chrono::{DateTime, Utc};
use process::definition::{Definition, Length};
use process::{Calendar, DeadlineClock};
use serde::Deserialize;

/// One length of time and how it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub after: Length,
    pub clock: DeadlineClock,
}

/// The three limits of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// From the queue to the manager being told.
    pub unassigned: Limit,
    /// From the assignment to the reminder.
    pub untouched: Limit,
    /// From the reminder to the recall.
    pub recall: Limit,
}

impl Limit {
    /// When the time is up. While somebody is on duty every minute counts: a weekend's leads do not wait.
    pub fn due(&self, calendar: &Calendar, start: DateTime<Utc>, on_duty: bool) -> DateTime<Utc> {
        let clock = if on_duty { DeadlineClock::Elapsed } else { self.clock };
        calendar.due(start, self.after.on(calendar, clock), clock).at
    }
}

impl Limits {
    /// The limits that a published process definition sets, over these.
    pub fn overridden_by(self, definition: &Definition) -> Self {
        let stated = |kind: &str| {
            let mut deadlines = definition.transitions.iter().flat_map(|transition| &transition.deadlines);
            deadlines
                .find(|deadline| deadline.kind == kind)
                .map(|deadline| Limit { after: deadline.after, clock: deadline.clock })
        };
        Self {
            unassigned: stated("unassigned").unwrap_or(self.unassigned),
            untouched: stated("untouched").unwrap_or(self.untouched),
            recall: stated("recall").unwrap_or(self.recall),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    after: String,
    clock: DeadlineClock,
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let after = wire.after.parse().map_err(serde::de::Error::custom)?;
        Ok(Self { after, clock: wire.clock })
    }
}

#[cfg(test)]
mod tests {
    use process::calendar::WorkingHours;

    use super::*;

    #[test]
    fn a_friday_evening_waits_for_monday_unless_somebody_is_on_duty() {
        let calendar = Calendar::china(WorkingHours::default()).expect("a calendar");
        let limit: Limit = serde_json::from_str(r#"{"after":"2h","clock":"working"}"#).expect("a limit");
        let friday: DateTime<Utc> = "2027-01-08T09:00:00Z".parse().expect("17:00 in Shanghai");
        let due = |on_duty| limit.due(&calendar, friday, on_duty).to_rfc3339();
        assert_eq!(due(false), "2027-01-11T02:00:00+00:00");
        assert_eq!(due(true), "2027-01-08T11:00:00+00:00");
    }
}
