//! Providers that tenants have set up.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::channel;
use crate::domain::channel::ChannelKind;

pub struct ChannelRow {
    pub channel: ChannelKind,
    pub enabled: bool,
    /// What is no secret.
    pub settings: Value,
    /// The rest, sealed.
    pub sealed: Option<Vec<u8>>,
    pub changed_at: DateTime<Utc>,
}

/// The settings' id and the version of the last thing said of them.
pub struct Position {
    pub id: Uuid,
    pub version: i64,
}

/// The tenant's own settings.
pub async fn all(db: &mut PgConnection, tenant: Uuid) -> Result<Vec<ChannelRow>, sqlx::Error> {
    let rows = sqlx::query!(
        "select channel, enabled, settings, sealed, changed_at from notifier.channel_settings where tenant_id = $1",
        tenant,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ChannelRow {
                channel: channel(&row.channel)?,
                enabled: row.enabled,
                settings: row.settings,
                sealed: row.sealed,
                changed_at: row.changed_at,
            })
        })
        .collect()
}

pub async fn lock(db: &mut PgConnection, tenant: Uuid, kind: ChannelKind) -> Result<Option<ChannelRow>, sqlx::Error> {
    let row = sqlx::query!(
        "select enabled, settings, sealed, changed_at from notifier.channel_settings
         where tenant_id = $1 and channel = $2 for update",
        tenant,
        kind.as_str(),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| ChannelRow {
        channel: kind,
        enabled: row.enabled,
        settings: row.settings,
        sealed: row.sealed,
        changed_at: row.changed_at,
    }))
}

/// `id` is taken when the tenant had no settings of its own for this channel.
pub async fn put(
    db: &mut PgConnection,
    (tenant, id): (Uuid, Uuid),
    row: &ChannelRow,
    changed_by: Uuid,
) -> Result<Position, sqlx::Error> {
    sqlx::query_as!(
        Position,
        "insert into notifier.channel_settings as c
             (tenant_id, channel, enabled, settings, sealed, changed_by, changed_at, id, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1)
         on conflict (tenant_id, channel) do update
             set enabled = excluded.enabled, settings = excluded.settings, sealed = excluded.sealed,
                 changed_by = excluded.changed_by, changed_at = excluded.changed_at, version = c.version + 1
         returning id, version",
        tenant,
        row.channel.as_str(),
        row.enabled,
        row.settings,
        row.sealed,
        changed_by,
        row.changed_at,
        id,
    )
    .fetch_one(db)
    .await
}

/// Takes the tenant's own settings away; none when there were none.
pub async fn delete(db: &mut PgConnection, tenant: Uuid, kind: ChannelKind) -> Result<Option<Position>, sqlx::Error> {
    sqlx::query_as!(
        Position,
        "delete from notifier.channel_settings where tenant_id = $1 and channel = $2 returning id, version",
        tenant,
        kind.as_str(),
    )
    .fetch_optional(db)
    .await
}
