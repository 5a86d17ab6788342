//! Every attempt to deliver and how it ended.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

/// One attempt.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AttemptView {
    #[serde(skip)]
    pub delivery_id: Uuid,
    pub at: DateTime<Utc>,
    /// `sent` or a stable error code.
    pub outcome: String,
    /// HTTP or SMTP status, when there was an answer.
    pub status: Option<i32>,
    /// Beginning of a webhook endpoint's answer.
    pub excerpt: Option<String>,
}

pub struct NewAttempt<'a> {
    pub id: Uuid,
    pub tenant: Uuid,
    pub delivery_id: Uuid,
    pub at: DateTime<Utc>,
    pub outcome: &'a str,
    pub status: Option<u16>,
    pub excerpt: Option<&'a str>,
}

pub async fn insert(db: &mut PgConnection, attempt: &NewAttempt<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into notifier.delivery_attempts (id, tenant_id, delivery_id, at, outcome, status, excerpt)
         values ($1, $2, $3, $4, $5, $6, $7)",
        attempt.id,
        attempt.tenant,
        attempt.delivery_id,
        attempt.at,
        attempt.outcome,
        attempt.status.map(i32::from),
        attempt.excerpt,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every attempt of these deliveries, oldest first.
pub async fn of(db: &mut PgConnection, deliveries: &[Uuid]) -> Result<Vec<AttemptView>, sqlx::Error> {
    sqlx::query_as!(
        AttemptView,
        "select delivery_id, at, outcome, status, excerpt from notifier.delivery_attempts
         where delivery_id = any($1) order by id",
        deliveries,
    )
    .fetch_all(db)
    .await
}
