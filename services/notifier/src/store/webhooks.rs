//! Endpoints that receive events.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use kernel::{OrgPath, TenantId};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Webhook {
    pub id: Uuid,
    pub org: OrgPath,
    pub owner_id: Uuid,
    pub url: String,
    pub description: String,
    pub event_types: Vec<String>,
    pub enabled: bool,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// Until when messages are signed with the secret before the last rotation too.
    pub previous_until: Option<DateTime<Utc>>,
    pub version: i64,
}

impl Webhook {
    pub fn resource(&self, tenant: TenantId) -> Resource {
        Resource::owned(ResourceKind::Webhook, tenant, self.org.clone(), self.owner_id)
    }
}

struct Row {
    id: Uuid,
    org: String,
    owner_id: Uuid,
    url: String,
    description: String,
    event_types: Vec<String>,
    enabled: bool,
    created_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
    previous_until: Option<DateTime<Utc>>,
    version: i64,
}

impl Row {
    fn read(self) -> Result<Webhook, sqlx::Error> {
        Ok(Webhook {
            id: self.id,
            org: self.org.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
            owner_id: self.owner_id,
            url: self.url,
            description: self.description,
            event_types: self.event_types,
            enabled: self.enabled,
            created_at: self.created_at,
            changed_at: self.changed_at,
            previous_until: self.previous_until,
            version: self.version,
        })
    }
}

pub async fn insert(db: &mut PgConnection, tenant: Uuid, new: &Webhook, sealed: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into notifier.webhooks
             (id, tenant_id, org, owner_id, url, description, event_types, enabled, sealed_secret, created_at, changed_at,
              version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)",
        new.id,
        tenant,
        new.org.as_str(),
        new.owner_id,
        new.url,
        new.description,
        &new.event_types,
        new.enabled,
        sealed,
        new.created_at,
        new.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Those that the transaction's principal sees, oldest first.
pub async fn all(db: &mut PgConnection) -> Result<Vec<Webhook>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, org, owner_id, url, description, event_types, enabled, created_at, changed_at, previous_until,
                version
         from notifier.webhooks order by id",
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

pub async fn get(db: &mut PgConnection, id: Uuid) -> Result<Option<Webhook>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select id, org, owner_id, url, description, event_types, enabled, created_at, changed_at, previous_until,
                version
         from notifier.webhooks where id = $1",
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Webhook>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select id, org, owner_id, url, description, event_types, enabled, created_at, changed_at, previous_until,
                version
         from notifier.webhooks where id = $1 for update",
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

pub async fn save(db: &mut PgConnection, webhook: &Webhook) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update notifier.webhooks set url = $2, description = $3, event_types = $4, enabled = $5, changed_at = $6,
                version = $7
         where id = $1",
        webhook.id,
        webhook.url,
        webhook.description,
        &webhook.event_types,
        webhook.enabled,
        webhook.changed_at,
        webhook.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Signs with a new secret from now on, and with the old one too until `previous_until`.
pub async fn rotate(db: &mut PgConnection, webhook: &Webhook, sealed: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update notifier.webhooks
         set sealed_previous = sealed_secret, previous_until = $3, sealed_secret = $2, changed_at = $4, version = $5
         where id = $1",
        webhook.id,
        sealed,
        webhook.previous_until,
        webhook.changed_at,
        webhook.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes it with its deliveries and their log.
pub async fn delete(db: &mut PgConnection, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from notifier.webhooks where id = $1", id).execute(db).await?;
    Ok(())
}
