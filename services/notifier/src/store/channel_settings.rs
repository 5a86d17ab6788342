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
    pub settings: Value,
    pub changed_at: DateTime<Utc>,
}

/// The tenant's own settings.
pub async fn all(db: &mut PgConnection, tenant: Uuid) -> Result<Vec<ChannelRow>, sqlx::Error> {
    let rows = sqlx::query!(
        "select channel, enabled, settings, changed_at from notifier.channel_settings where tenant_id = $1",
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
                changed_at: row.changed_at,
            })
        })
        .collect()
}

pub async fn lock(db: &mut PgConnection, tenant: Uuid, kind: ChannelKind) -> Result<Option<Value>, sqlx::Error> {
    sqlx::query_scalar!(
        "select settings from notifier.channel_settings where tenant_id = $1 and channel = $2 for update",
        tenant,
        kind.as_str(),
    )
    .fetch_optional(db)
    .await
}

pub async fn put(db: &mut PgConnection, tenant: Uuid, row: &ChannelRow, changed_by: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into notifier.channel_settings (tenant_id, channel, enabled, settings, changed_by, changed_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (tenant_id, channel) do update
             set enabled = excluded.enabled, settings = excluded.settings, changed_by = excluded.changed_by,
                 changed_at = excluded.changed_at",
        tenant,
        row.channel.as_str(),
        row.enabled,
        row.settings,
        changed_by,
        row.changed_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the tenant's own settings away; false when there were none.
pub async fn delete(db: &mut PgConnection, tenant: Uuid, kind: ChannelKind) -> Result<bool, sqlx::Error> {
    let deleted = sqlx::query!(
        "delete from notifier.channel_settings where tenant_id = $1 and channel = $2",
        tenant,
        kind.as_str(),
    )
    .execute(db)
    .await?;
    Ok(deleted.rows_affected() == 1)
}
