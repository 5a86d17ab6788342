//! Quotes: one row each, pointing at the latest revision.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use custom_fields::Values;
use kernel::{Currency, Money, OrgPath, TenantId};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::parsed;
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;

#[derive(Clone, Debug)]
pub struct Quote {
    pub tenant: TenantId,
    pub id: Uuid,
    pub number: String,
    pub opportunity_id: Uuid,
    pub customer_id: Uuid,
    pub company: String,
    /// What the opportunity is about.
    pub subject: String,
    pub owner_id: Uuid,
    pub org: OrgPath,
    /// The latest revision and where it stands.
    pub revision: i32,
    pub status: QuoteStatus,
    pub total: Money,
    pub custom: Values,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Quote {
    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Quote, self.tenant, self.org.clone(), self.owner_id)
    }
}

struct Row {
    tenant_id: Uuid,
    id: Uuid,
    number: String,
    opportunity_id: Uuid,
    customer_id: Uuid,
    company: String,
    subject: String,
    owner_id: Uuid,
    org: String,
    revision: i32,
    status: String,
    currency: String,
    total: i64,
    custom: Json<Values>,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl Row {
    fn read(self) -> Result<Quote, Error> {
        let currency: Currency = parsed("quotes.currency", &self.currency)?;
        Ok(Quote {
            tenant: TenantId(self.tenant_id),
            id: self.id,
            number: self.number,
            opportunity_id: self.opportunity_id,
            customer_id: self.customer_id,
            company: self.company,
            subject: self.subject,
            owner_id: self.owner_id,
            org: parsed("quotes.org", &self.org)?,
            revision: self.revision,
            status: parsed("quotes.status", &self.status)?,
            total: Money::new(self.total, currency),
            custom: self.custom.0,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Quote>, Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select tenant_id, id, number, opportunity_id, customer_id, company, subject, owner_id, org, revision,
             status, currency, total, custom as "custom: Json<Values>", version, created_at, updated_at
         from quote_contract.quotes where id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// Loads a quote to change it; others wait.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Quote>, Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select tenant_id, id, number, opportunity_id, customer_id, company, subject, owner_id, org, revision,
             status, currency, total, custom as "custom: Json<Values>", version, created_at, updated_at
         from quote_contract.quotes where id = $1 for update"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// What a list may be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub opportunity_id: Option<Uuid>,
    pub customer_id: Option<Uuid>,
    pub status: Option<QuoteStatus>,
    /// Part of the number, the company or the subject.
    pub q: Option<String>,
    /// A `jsonpath` predicate on the custom fields.
    pub custom: Option<String>,
}

/// Newest first; row-level security leaves what the principal may see.
pub async fn page(
    db: &mut PgConnection,
    filter: &Filter,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Quote>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select tenant_id, id, number, opportunity_id, customer_id, company, subject, owner_id, org, revision,
             status, currency, total, custom as "custom: Json<Values>", version, created_at, updated_at
         from quote_contract.quotes
         where ($1::uuid is null or opportunity_id = $1) and ($2::uuid is null or customer_id = $2)
           and ($3::text is null or status = $3)
           and ($4::timestamptz is null or (created_at, id) < ($4, $5))
           and ($7::text is null or custom @@ $7::text::jsonpath)
           and ($8::text is null or position(lower($8) in lower(concat_ws(' ', number, company, subject))) > 0)
         order by created_at desc, id desc limit $6"#,
        filter.opportunity_id,
        filter.customer_id,
        filter.status.map(QuoteStatus::as_str),
        after.map(|(created_at, _)| created_at),
        after.map(|(_, id)| id),
        limit,
        filter.custom,
        filter.q,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Stores the quote as it is now, new or changed.
pub async fn save(db: &mut PgConnection, quote: &Quote) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into quote_contract.quotes
             (tenant_id, id, number, opportunity_id, customer_id, company, owner_id, org, revision, status, currency,
              total, version, created_at, updated_at, custom, subject)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         on conflict (id) do update set revision = excluded.revision, status = excluded.status,
             currency = excluded.currency, total = excluded.total, version = excluded.version,
             updated_at = excluded.updated_at, custom = excluded.custom",
        quote.tenant.0,
        quote.id,
        quote.number,
        quote.opportunity_id,
        quote.customer_id,
        quote.company,
        quote.owner_id,
        quote.org.as_str(),
        quote.revision,
        quote.status.as_str(),
        quote.total.currency.as_str(),
        quote.total.minor,
        quote.version,
        quote.created_at,
        quote.updated_at,
        Json(&quote.custom) as _,
        quote.subject,
    )
    .execute(db)
    .await?;
    Ok(())
}
