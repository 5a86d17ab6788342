//! Taking due deliveries, so that no two senders send the same one at the same time.

use chrono::{DateTime, Utc};
use kernel::{TenantId, Text};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::deliveries::Target;
use super::notifications::RecipientKind;
use super::{channel, channels};
use crate::domain::channel::ChannelKind;

/// A delivery this sender holds, with everything it needs to send it.
pub struct Claimed {
    pub id: Uuid,
    pub tenant: TenantId,
    pub target: Target,
    pub channel: ChannelKind,
    pub fallback: Vec<ChannelKind>,
    /// This attempt included.
    pub attempts: i32,
    pub cause_event_id: Uuid,
    pub cause_type: String,
    pub correlation: Uuid,
    pub traceparent: Option<String>,
    pub content: Content,
}

pub enum Content {
    Notification(Letter),
    Webhook(Post),
}

pub struct Letter {
    pub recipient_kind: RecipientKind,
    pub recipient_id: Uuid,
    pub role: String,
    pub template: String,
    pub language: String,
    pub title: String,
    pub body: String,
    pub link: Option<String>,
}

pub struct Post {
    pub webhook_id: Uuid,
    pub url: String,
    pub enabled: bool,
    pub sealed_secret: Vec<u8>,
    /// Still signed with until then, after a rotation.
    pub sealed_previous: Option<(Vec<u8>, DateTime<Utc>)>,
    pub payload: String,
}

/// The columns of a delivery and of what it carries: a notification or a webhook.
struct Row {
    id: Uuid,
    tenant_id: Uuid,
    notification_id: Option<Uuid>,
    webhook_id: Option<Uuid>,
    channel: String,
    fallback: Vec<String>,
    attempts: i32,
    cause_event_id: Uuid,
    cause_type: String,
    correlation: Uuid,
    traceparent: Option<String>,
    payload: Option<String>,
    recipient_kind: Option<String>,
    recipient_id: Option<Uuid>,
    role: Option<String>,
    template: Option<String>,
    language: Option<String>,
    title: Option<Json<Text>>,
    body: Option<Json<Text>>,
    link: Option<String>,
    url: Option<String>,
    enabled: Option<bool>,
    sealed_secret: Option<Vec<u8>>,
    sealed_previous: Option<Vec<u8>>,
    previous_until: Option<DateTime<Utc>>,
}

/// Takes up to `limit` deliveries that are due; until `lease_until` they are this sender's.
pub async fn claim(
    db: &mut PgConnection,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Claimed>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        with due as (
            select id from notifier.deliveries
            where state in ('queued', 'sending') and next_attempt_at <= $1
            order by next_attempt_at limit $3 for update skip locked
        ), claimed as (
            update notifier.deliveries d
            set state = 'sending', attempts = attempts + 1, next_attempt_at = $2
            from due where d.id = due.id
            returning d.*
        )
        select c.id as "id!", c.tenant_id as "tenant_id!", c.notification_id, c.webhook_id, c.channel as "channel!",
               c.fallback as "fallback!", c.attempts as "attempts!", c.cause_event_id as "cause_event_id!",
               c.cause_type as "cause_type!", c.correlation as "correlation!", c.traceparent, c.payload,
               n.recipient_kind as "recipient_kind?", n.recipient_id as "recipient_id?", n.role as "role?",
               n.template as "template?", n.language as "language?", n.title as "title?: Json<Text>",
               n.body as "body?: Json<Text>", n.link,
               w.url as "url?", w.enabled as "enabled?", w.sealed_secret as "sealed_secret?", w.sealed_previous, w.previous_until
        from claimed c
        left join notifier.notifications n on n.id = c.notification_id
        left join notifier.webhooks w on w.id = c.webhook_id
        "#,
        now,
        lease_until,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

impl Row {
    fn read(self) -> Result<Claimed, sqlx::Error> {
        let (channel, fallback) = (channel(&self.channel)?, channels(&self.fallback)?);
        let (id, tenant, attempts) = (self.id, TenantId(self.tenant_id), self.attempts);
        let (cause_event_id, correlation) = (self.cause_event_id, self.correlation);
        let (cause_type, traceparent) = (self.cause_type.clone(), self.traceparent.clone());
        let (target, content) = self.content().ok_or(sqlx::Error::RowNotFound)?;
        Ok(Claimed {
            id,
            tenant,
            target,
            channel,
            fallback,
            attempts,
            cause_event_id,
            cause_type,
            correlation,
            traceparent,
            content,
        })
    }

    /// None only when the tables contradict their own constraints.
    fn content(self) -> Option<(Target, Content)> {
        if let Some(id) = self.notification_id {
            let language = self.language?;
            let letter = Letter {
                recipient_kind: RecipientKind::read(&self.recipient_kind?),
                recipient_id: self.recipient_id?,
                role: self.role?,
                template: self.template?,
                title: self.title?.0.for_language(&language).to_owned(),
                body: self.body?.0.for_language(&language).to_owned(),
                language,
                link: self.link,
            };
            return Some((Target::Notification(id), Content::Notification(letter)));
        }
        let webhook_id = self.webhook_id?;
        let post = Post {
            webhook_id,
            url: self.url?,
            enabled: self.enabled?,
            sealed_secret: self.sealed_secret?,
            sealed_previous: self.sealed_previous.zip(self.previous_until),
            payload: self.payload?,
        };
        Some((Target::Webhook(webhook_id), Content::Webhook(post)))
    }
}
