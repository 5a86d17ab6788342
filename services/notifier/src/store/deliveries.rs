//! Outgoing messages: queued, sent, dead.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::names;
use crate::domain::channel::ChannelKind;

/// What a delivery carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Notification(Uuid),
    Webhook(Uuid),
}

pub struct NewDelivery {
    pub id: Uuid,
    pub tenant: Uuid,
    pub target: Target,
    pub channel: ChannelKind,
    pub fallback: Vec<ChannelKind>,
    pub due_at: DateTime<Utc>,
    pub cause_event_id: Uuid,
    pub cause_type: String,
    pub payload: Option<String>,
    pub correlation: Uuid,
    pub traceparent: Option<String>,
    pub created_at: DateTime<Utc>,
    /// Set on messages to a group, which hears of an event once.
    pub group_key: Option<String>,
}

/// Queues a message; a second one to the same group or webhook about the same event is dropped.
pub async fn insert(db: &mut PgConnection, new: &NewDelivery) -> Result<(), sqlx::Error> {
    let (notification, webhook) = match new.target {
        Target::Notification(id) => (Some(id), None),
        Target::Webhook(id) => (None, Some(id)),
    };
    sqlx::query!(
        "insert into notifier.deliveries
             (id, tenant_id, notification_id, webhook_id, channel, fallback, state, next_attempt_at, cause_event_id,
              cause_type, payload, correlation, traceparent, created_at, group_key)
         values ($1, $2, $3, $4, $5, $6, 'queued', $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict do nothing",
        new.id,
        new.tenant,
        notification,
        webhook,
        new.channel.as_str(),
        &names(&new.fallback),
        new.due_at,
        new.cause_event_id,
        new.cause_type,
        new.payload,
        new.correlation,
        new.traceparent,
        new.created_at,
        new.group_key,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the next version of a delivery that is an aggregate of its own (a webhook's).
pub async fn next_version(db: &mut PgConnection, id: Uuid) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!("update notifier.deliveries set version = version + 1 where id = $1 returning version", id)
        .fetch_one(db)
        .await
}

/// How an attempt changes its delivery.
pub struct Outcome<'a> {
    /// `queued` to try again, `sent`, `fell_back` or `dead`.
    pub state: &'a str,
    pub next_attempt_at: DateTime<Utc>,
    pub last_error: Option<&'a str>,
    pub receipt: Option<&'a str>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// Writes how the `attempts`-th attempt ended; false when somebody else has taken the delivery over.
pub async fn conclude(
    db: &mut PgConnection,
    id: Uuid,
    attempts: i32,
    outcome: &Outcome<'_>,
) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query!(
        "update notifier.deliveries
         set state = $3, next_attempt_at = $4, last_error = $5, receipt = $6, finished_at = $7
         where id = $1 and state = 'sending' and attempts = $2",
        id,
        attempts,
        outcome.state,
        outcome.next_attempt_at,
        outcome.last_error,
        outcome.receipt,
        outcome.finished_at,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Starts over with an ended delivery.
pub async fn start_over(db: &mut PgConnection, id: Uuid, at: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update notifier.deliveries set state = 'queued', attempts = 0, next_attempt_at = $2, finished_at = null
         where id = $1",
        id,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What people see of a delivery.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct DeliveryRow {
    pub id: Uuid,
    pub notification_id: Option<Uuid>,
    /// `person` or `customer`; none of a webhook's.
    pub recipient_kind: Option<String>,
    pub recipient_id: Option<Uuid>,
    pub webhook_id: Option<Uuid>,
    /// email, wecom, dingtalk, sms, voice or webhook.
    pub channel: String,
    /// queued, sending, sent, fell_back or dead.
    pub state: String,
    /// Attempts since it was queued or replayed.
    pub attempts: i32,
    pub next_attempt_at: DateTime<Utc>,
    /// Stable code and reason of the last failure.
    pub last_error: Option<String>,
    /// The provider's reference.
    pub receipt: Option<String>,
    pub cause_event_id: Uuid,
    #[schema(example = "lead.assigned.v1")]
    pub cause_type: String,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<DeliveryRow>, sqlx::Error> {
    sqlx::query_as!(
        DeliveryRow,
        r#"select d.id, notification_id, recipient_kind as "recipient_kind?", recipient_id as "recipient_id?", webhook_id,
                  channel, state, attempts, next_attempt_at, last_error, receipt, d.cause_event_id, d.cause_type,
                  d.created_at, finished_at
           from notifier.deliveries d left join notifier.notifications n on n.id = d.notification_id
           where d.id = $1 for update of d"#,
        id,
    )
    .fetch_optional(db)
    .await
}

/// Which deliveries a list shows; every given field narrows it.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<String>,
    pub webhook: Option<Uuid>,
    pub notification: Option<Uuid>,
    pub before: Option<Uuid>,
}

/// Newest first; one more than `limit`.
pub async fn list(db: &mut PgConnection, filter: &Filter, limit: i64) -> Result<Vec<DeliveryRow>, sqlx::Error> {
    sqlx::query_as!(
        DeliveryRow,
        r#"select d.id, notification_id, recipient_kind as "recipient_kind?", recipient_id as "recipient_id?", webhook_id,
                  channel, state, attempts, next_attempt_at, last_error, receipt, d.cause_event_id, d.cause_type,
                  d.created_at, finished_at
           from notifier.deliveries d left join notifier.notifications n on n.id = d.notification_id
           where ($1::text is null or state = $1) and ($2::uuid is null or webhook_id = $2)
             and ($3::uuid is null or notification_id = $3) and ($4::uuid is null or d.id < $4)
           order by d.id desc limit $5"#,
        filter.state,
        filter.webhook,
        filter.notification,
        filter.before,
        limit + 1,
    )
    .fetch_all(db)
    .await
}
