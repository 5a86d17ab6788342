//! Who leads are given to: profile, availability and what each has taken on.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{OrgPath, TenantId, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::availability::WorkBlock;

/// What leads somebody can handle. The order is that of experience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Novice,
    Senior,
}

impl Level {
    pub fn text(self) -> Text {
        match self {
            Self::Novice => Text::new("新人", "a novice"),
            Self::Senior => Text::new("资深", "a senior rep"),
        }
    }
}

/// A rep as stored: the profile, and counters that move with every lead.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rep {
    pub tenant_id: TenantId,
    pub person_id: Uuid,
    pub org: OrgPath,
    pub name: String,
    pub version: i64,
    pub active: bool,
    pub paused: bool,
    pub level: Level,
    pub skills: Vec<String>,
    pub daily_cap: Option<i32>,
    pub open_limit: i32,
    pub last_signed_in_at: Option<DateTime<Utc>>,
    pub travelling: bool,
    pub leave_from: Option<DateTime<Utc>>,
    pub leave_to: Option<DateTime<Utc>>,
    /// Own hours; empty means office hours.
    pub hours: Vec<WorkBlock>,
    /// On the duty roster: gets leads outside working hours, too.
    pub on_duty: bool,
    /// Moves with every change of the row.
    pub revision: i64,
    pub open_count: i32,
    /// The day, in China, that the two counters after it are about.
    pub day: NaiveDate,
    pub day_assigned: i32,
    pub day_closed: i32,
    pub assigned_total: i64,
    pub last_assigned_at: Option<DateTime<Utc>>,
}

/// Which day it is in China.
pub fn day_of(now: DateTime<Utc>) -> NaiveDate {
    process::calendar::shanghai(now).date_naive()
}

impl Rep {
    /// How many leads were assigned today.
    pub fn assigned_on(&self, day: NaiveDate) -> i32 {
        if self.day == day { self.day_assigned } else { 0 }
    }

    /// What somebody has on their hands today: open leads, and those finished today. Finishing quickly does not
    /// push a rep to the front of the line.
    pub fn load_on(&self, day: NaiveDate) -> u64 {
        let closed = if self.day == day { self.day_closed } else { 0 };
        u64::try_from(self.open_count + closed).unwrap_or(0)
    }

    /// The same rep after one more lead.
    pub fn with_one_more(&self, now: DateTime<Utc>) -> Self {
        let day = day_of(now);
        Self {
            open_count: self.open_count + 1,
            day_assigned: self.assigned_on(day) + 1,
            day_closed: if self.day == day { self.day_closed } else { 0 },
            day,
            assigned_total: self.assigned_total + 1,
            last_assigned_at: Some(now),
            revision: self.revision + 1,
            ..self.clone()
        }
    }

    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Rep, self.tenant_id, self.org.clone(), self.person_id)
    }
}
