//! What each person wants and when.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{channels, names};
use crate::domain::channel::ChannelKind;
use crate::domain::quiet_hours::QuietHours;

/// One person's wishes; the default is everything, at any time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    pub channels_off: Vec<ChannelKind>,
    pub quiet_hours: Option<QuietHours>,
    /// Urgent messages come in quiet hours too.
    pub urgent_bypass: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { channels_off: Vec::new(), quiet_hours: None, urgent_bypass: true }
    }
}

impl Preferences {
    /// When a message may go out at the earliest.
    pub fn due_at(&self, now: DateTime<Utc>, urgent: bool) -> DateTime<Utc> {
        match self.quiet_hours {
            Some(hours) if !(urgent && self.urgent_bypass) => hours.end_of(now),
            _ => now,
        }
    }
}

pub async fn get(db: &mut PgConnection, tenant: Uuid, person: Uuid) -> Result<Preferences, sqlx::Error> {
    let row = sqlx::query!(
        "select channels_off, quiet_from, quiet_to, urgent_bypass from notifier.preferences
         where tenant_id = $1 and person_id = $2",
        tenant,
        person,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(Preferences::default()) };
    Ok(Preferences {
        channels_off: channels(&row.channels_off)?,
        quiet_hours: row.quiet_from.zip(row.quiet_to).map(|(from, to)| QuietHours { from, to }),
        urgent_bypass: row.urgent_bypass,
    })
}

/// Answers the version of what is said of it.
pub async fn put(
    db: &mut PgConnection,
    tenant: Uuid,
    person: Uuid,
    preferences: &Preferences,
    changed_at: DateTime<Utc>,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into notifier.preferences as p
             (tenant_id, person_id, channels_off, quiet_from, quiet_to, urgent_bypass, changed_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, 1)
         on conflict (tenant_id, person_id) do update
             set channels_off = excluded.channels_off, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
                 urgent_bypass = excluded.urgent_bypass, changed_at = excluded.changed_at, version = p.version + 1
         returning version",
        tenant,
        person,
        &names(&preferences.channels_off),
        preferences.quiet_hours.map(|hours| hours.from),
        preferences.quiet_hours.map(|hours| hours.to),
        preferences.urgent_bypass,
        changed_at,
    )
    .fetch_one(db)
    .await
}
