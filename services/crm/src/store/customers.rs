//! `crm.customers`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use kernel::id::Cursor;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::{choice, json, to_json};
use crate::domain::company::same_company;
use crate::domain::customer::{Customer, StoreTier};
use crate::domain::grade::{Grade, Graded};
use crate::domain::health::{Health, Judged};
use crate::error::CrmError;

struct Row {
    id: Uuid,
    tenant_id: Uuid,
    company: String,
    normalised_name: String,
    credit_code: Option<String>,
    industry: String,
    region: String,
    store_tier: String,
    tags: Vec<String>,
    links: serde_json::Value,
    custom: serde_json::Value,
    grade: String,
    grade_reason: serde_json::Value,
    health: String,
    health_score: i32,
    health_reasons: serde_json::Value,
    last_contact_at: DateTime<Utc>,
    org: String,
    owner_id: Uuid,
    lead_id: Option<Uuid>,
    review_generation: i32,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl TryFrom<Row> for Customer {
    type Error = CrmError;

    fn try_from(row: Row) -> Result<Self, CrmError> {
        let health: Health = choice("health", &row.health)?;
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            company: row.company,
            normalised_name: row.normalised_name,
            credit_code: row.credit_code,
            industry: row.industry,
            region: row.region,
            store_tier: choice("store tier", &row.store_tier)?,
            tags: row.tags,
            links: json("links", row.links)?,
            custom: json("custom fields", row.custom)?,
            graded: Graded { grade: choice("grade", &row.grade)?, reason: json("grade's reason", row.grade_reason)? },
            judged: Judged { health, score: row.health_score, reasons: json("health's reasons", row.health_reasons)? },
            last_contact_at: row.last_contact_at,
            org: choice("organisation path", &row.org)?,
            owner: row.owner_id,
            lead: row.lead_id,
            review_generation: row.review_generation,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Which customers a list shows; what is missing does not matter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of the company's name.
    pub name: Option<String>,
    pub grade: Option<Grade>,
    pub health: Option<Health>,
    pub store_tier: Option<StoreTier>,
    pub owner: Option<Uuid>,
    pub industry: Option<String>,
    pub region: Option<String>,
    pub tag: Option<String>,
    /// A `jsonpath` predicate on the custom fields.
    pub custom: Option<String>,
}

/// One registration at a time in a tenant, so that no company is registered twice.
pub async fn hold_registration(db: &mut PgConnection, tenant: TenantId) -> Result<(), CrmError> {
    let name = format!("crm.register_customer:{tenant}");
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", name).fetch_one(db).await?;
    Ok(())
}

/// The customer that is the same company, if there is one.
pub async fn same_as(
    db: &mut PgConnection,
    normalised_name: &str,
    credit_code: Option<&str>,
) -> Result<Option<Customer>, CrmError> {
    let candidates = sqlx::query!(
        "select id, normalised_name, credit_code from crm.customers
         where credit_code = $1 or normalised_name = $2
         order by (credit_code = $1) desc nulls last, created_at, id",
        credit_code,
        normalised_name,
    )
    .fetch_all(&mut *db)
    .await?;
    let wanted = (normalised_name, credit_code);
    let same = candidates.iter().find(|one| same_company(wanted, (&one.normalised_name, one.credit_code.as_deref())));
    match same {
        Some(found) => lock(db, found.id).await,
        None => Ok(None),
    }
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Customer>, CrmError> {
    let row = sqlx::query_as!(Row, "select * from crm.customers where id = $1", id).fetch_optional(db).await?;
    row.map(Customer::try_from).transpose()
}

/// The customer, locked until the transaction ends.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Customer>, CrmError> {
    let row =
        sqlx::query_as!(Row, "select * from crm.customers where id = $1 for update", id).fetch_optional(db).await?;
    row.map(Customer::try_from).transpose()
}

/// Newest first, from after the cursor; one more than `limit` when there are more.
pub async fn list(
    db: &mut PgConnection,
    filter: &Filter,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Customer>, CrmError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select * from crm.customers
         where ($1::text is null or position(lower($1) in lower(company)) > 0)
           and ($2::text is null or grade = $2)
           and ($3::text is null or health = $3)
           and ($4::text is null or store_tier = $4)
           and ($5::uuid is null or owner_id = $5)
           and ($6::text is null or industry = $6)
           and ($7::text is null or region = $7)
           and ($8::text is null or $8 = any(tags))
           and ($9::timestamptz is null or (created_at, id) < ($9, $10))
           and ($12::text is null or custom @@ $12::text::jsonpath)
         order by created_at desc, id desc limit $11",
        filter.name,
        filter.grade.map(Grade::as_str),
        filter.health.map(Health::as_str),
        filter.store_tier.map(StoreTier::as_str),
        filter.owner,
        filter.industry,
        filter.region,
        filter.tag,
        after_at,
        after_id,
        limit + 1,
        filter.custom,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Customer::try_from).collect()
}

pub async fn insert(db: &mut PgConnection, new: &Customer) -> Result<(), CrmError> {
    sqlx::query!(
        "insert into crm.customers (id, tenant_id, company, normalised_name, credit_code, industry, region, store_tier, tags,
             links, grade, grade_reason, health, health_score, health_reasons, last_contact_at, org, owner_id, lead_id,
             review_generation, version, created_at, updated_at, custom)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $22, $23)",
        new.id,
        new.tenant.0,
        new.company,
        new.normalised_name,
        new.credit_code,
        new.industry,
        new.region,
        new.store_tier.as_str(),
        &new.tags,
        to_json("links", &new.links)?,
        new.graded.grade.as_str(),
        to_json("grade's reason", &new.graded.reason)?,
        new.judged.health.as_str(),
        new.judged.score,
        to_json("health's reasons", &new.judged.reasons)?,
        new.last_contact_at,
        new.org.as_str(),
        new.owner,
        new.lead,
        new.review_generation,
        new.version,
        new.created_at,
        to_json("custom fields", &new.custom)?,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn save(db: &mut PgConnection, changed: &Customer, now: DateTime<Utc>) -> Result<(), CrmError> {
    sqlx::query!(
        "update crm.customers set company = $2, normalised_name = $3, credit_code = $4, industry = $5, region = $6,
             store_tier = $7, tags = $8, links = $9, grade = $10, grade_reason = $11, health = $12, health_score = $13,
             health_reasons = $14, last_contact_at = $15, review_generation = $16, version = $17, updated_at = $18,
             custom = $19
         where id = $1",
        changed.id,
        changed.company,
        changed.normalised_name,
        changed.credit_code,
        changed.industry,
        changed.region,
        changed.store_tier.as_str(),
        &changed.tags,
        to_json("links", &changed.links)?,
        changed.graded.grade.as_str(),
        to_json("grade's reason", &changed.graded.reason)?,
        changed.judged.health.as_str(),
        changed.judged.score,
        to_json("health's reasons", &changed.judged.reasons)?,
        changed.last_contact_at,
        changed.review_generation,
        changed.version,
        now,
        to_json("custom fields", &changed.custom)?,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where a customer stands in a list.
pub fn position(customer: &Customer) -> Cursor {
    Cursor::at(customer.created_at, customer.id)
}
