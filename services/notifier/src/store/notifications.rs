//! Notifications: what was said to whom, and whether it was acknowledged.

use chrono::{DateTime, Utc};
use kernel::{OrgPath, Text};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Whose inbox or telephone it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecipientKind {
    Person,
    /// A customer's contact; has no inbox here.
    Customer,
}

impl RecipientKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Customer => "customer",
        }
    }

    pub(super) fn read(text: &str) -> Self {
        if text == "customer" { Self::Customer } else { Self::Person }
    }
}

/// A notification as it is kept.
#[derive(Clone, Debug)]
pub struct Notification {
    pub id: Uuid,
    pub org: OrgPath,
    pub recipient_kind: RecipientKind,
    pub recipient_id: Uuid,
    /// A role's name, `owner` or `customer_contact`.
    pub role: String,
    pub template: String,
    /// The recipient's, in which channels send it.
    pub language: String,
    pub title: Text,
    pub body: Text,
    pub link: Option<String>,
    pub urgent: bool,
    pub cause_event_id: Uuid,
    pub cause_type: String,
    pub correlation: Uuid,
    pub created_at: DateTime<Utc>,
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// Keeps a new one; false when this recipient was told of this event before.
pub async fn insert(db: &mut PgConnection, tenant: Uuid, new: &Notification) -> Result<bool, sqlx::Error> {
    let inserted = sqlx::query!(
        "insert into notifier.notifications
             (id, tenant_id, org, recipient_kind, recipient_id, role, template, language, title, body, link, urgent,
              cause_event_id, cause_type, correlation, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (tenant_id, cause_event_id, recipient_id, template) do nothing",
        new.id,
        tenant,
        new.org.as_str(),
        new.recipient_kind.as_str(),
        new.recipient_id,
        new.role,
        new.template,
        new.language,
        Json(&new.title) as _,
        Json(&new.body) as _,
        new.link,
        new.urgent,
        new.cause_event_id,
        new.cause_type,
        new.correlation,
        new.created_at,
    )
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Takes the next version for an event about this notification; locks it.
pub async fn next_version(db: &mut PgConnection, id: Uuid) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!("update notifier.notifications set version = version + 1 where id = $1 returning version", id)
        .fetch_one(db)
        .await
}

struct Row {
    id: Uuid,
    org: String,
    recipient_kind: String,
    recipient_id: Uuid,
    role: String,
    template: String,
    language: String,
    title: Json<Text>,
    body: Json<Text>,
    link: Option<String>,
    urgent: bool,
    cause_event_id: Uuid,
    cause_type: String,
    correlation: Uuid,
    created_at: DateTime<Utc>,
    acknowledged_at: Option<DateTime<Utc>>,
}

impl Row {
    fn read(self) -> Result<Notification, sqlx::Error> {
        Ok(Notification {
            id: self.id,
            org: self.org.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
            recipient_kind: RecipientKind::read(&self.recipient_kind),
            recipient_id: self.recipient_id,
            role: self.role,
            template: self.template,
            language: self.language,
            title: self.title.0,
            body: self.body.0,
            link: self.link,
            urgent: self.urgent,
            cause_event_id: self.cause_event_id,
            cause_type: self.cause_type,
            correlation: self.correlation,
            created_at: self.created_at,
            acknowledged_at: self.acknowledged_at,
        })
    }
}

pub async fn get(db: &mut PgConnection, id: Uuid) -> Result<Option<Notification>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, org, recipient_kind, recipient_id, role, template, language, title as "title: Json<Text>",
                body as "body: Json<Text>", link, urgent, cause_event_id, cause_type, correlation, created_at, acknowledged_at
         from notifier.notifications where id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Notification>, sqlx::Error> {
    sqlx::query!("select id from notifier.notifications where id = $1 for update", id).fetch_optional(&mut *db).await?;
    get(db, id).await
}

/// Everybody told of this event in these words, the same as `id` included.
pub async fn same_cause(db: &mut PgConnection, id: Uuid) -> Result<Vec<Notification>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select n.id, n.org, n.recipient_kind, n.recipient_id, n.role, n.template, n.language,
                n.title as "title: Json<Text>", n.body as "body: Json<Text>", n.link, n.urgent, n.cause_event_id, n.cause_type, n.correlation, n.created_at, n.acknowledged_at
         from notifier.notifications n
         join notifier.notifications o using (tenant_id, cause_event_id, template)
         where o.id = $1 order by n.id"#,
        id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

pub async fn acknowledge(db: &mut PgConnection, id: Uuid, at: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!("update notifier.notifications set acknowledged_at = $2 where id = $1", id, at).execute(db).await?;
    Ok(())
}

/// One person's inbox, newest first, before `before`; one more than `limit`.
pub async fn inbox(
    db: &mut PgConnection,
    person: Uuid,
    unread_only: bool,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Notification>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, org, recipient_kind, recipient_id, role, template, language, title as "title: Json<Text>",
                body as "body: Json<Text>", link, urgent, cause_event_id, cause_type, correlation, created_at, acknowledged_at
         from notifier.notifications
         where recipient_id = $1 and recipient_kind = 'person' and (not $2 or acknowledged_at is null)
           and ($3::uuid is null or id < $3)
         order by id desc limit $4"#,
        person,
        unread_only,
        before,
        limit + 1,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}
