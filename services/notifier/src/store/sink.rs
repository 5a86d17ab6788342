//! Messages that ended in the development sink.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

/// A message that would have gone out.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SinkMessage {
    /// The delivery's id.
    pub id: Uuid,
    pub channel: String,
    /// The address with its middle hidden; robots have none.
    pub address: Option<String>,
    pub title: String,
    pub body: String,
    pub link: Option<String>,
    pub received_at: DateTime<Utc>,
}

/// Shows a message; sent again, it is shown once.
pub async fn insert(db: &mut PgConnection, tenant: Uuid, message: &SinkMessage) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into notifier.sink_messages (id, tenant_id, channel, address, title, body, link, received_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
        message.id,
        tenant,
        message.channel,
        message.address,
        message.title,
        message.body,
        message.link,
        message.received_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Newest first, before `before`; one more than `limit`.
pub async fn list(db: &mut PgConnection, before: Option<Uuid>, limit: i64) -> Result<Vec<SinkMessage>, sqlx::Error> {
    sqlx::query_as!(
        SinkMessage,
        "select id, channel, address, title, body, link, received_at from notifier.sink_messages
         where $1::uuid is null or id < $1 order by id desc limit $2",
        before,
        limit + 1,
    )
    .fetch_all(db)
    .await
}
