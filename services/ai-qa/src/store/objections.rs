//! `ai_qa.objections`

use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::After;
use crate::domain::objection::Objection;
use crate::error::AiQaError;

pub async fn insert(db: &mut PgConnection, tenant: TenantId, new: &Objection) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.objections (id, tenant_id, text, industry, customer_id, created_by, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id,
        tenant.0,
        new.text,
        new.industry,
        new.customer_id,
        new.created_by,
        new.created_at,
        new.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Objection>, AiQaError> {
    let row = sqlx::query_as!(
        Objection,
        "select id, text, industry, customer_id, created_by, created_at, version from ai_qa.objections
         where id = $1 and not withdrawn",
        id,
    );
    Ok(row.fetch_optional(db).await?)
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Objection>, AiQaError> {
    let row = sqlx::query_as!(
        Objection,
        "select id, text, industry, customer_id, created_by, created_at, version from ai_qa.objections
         where id = $1 and not withdrawn for update",
        id,
    );
    Ok(row.fetch_optional(db).await?)
}

pub async fn save(db: &mut PgConnection, changed: &Objection, withdrawn: bool) -> Result<(), AiQaError> {
    sqlx::query!(
        "update ai_qa.objections set text = $2, industry = $3, customer_id = $4, withdrawn = $5, version = $6 where id = $1",
        changed.id,
        changed.text,
        changed.industry,
        changed.customer_id,
        withdrawn,
        changed.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Newest first, from after the cursor; one more than `limit` when there are more.
pub async fn list(
    db: &mut PgConnection,
    industry: Option<&str>,
    customer: Option<Uuid>,
    after: After,
    limit: i64,
) -> Result<Vec<Objection>, AiQaError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Objection,
        "select id, text, industry, customer_id, created_by, created_at, version from ai_qa.objections
         where not withdrawn and ($1::text is null or industry = $1) and ($2::uuid is null or customer_id = $2)
           and ($3::timestamptz is null or (created_at, id) < ($3, $4))
         order by created_at desc, id desc limit $5",
        industry,
        customer,
        after_at,
        after_id,
        limit + 1,
    );
    Ok(rows.fetch_all(db).await?)
}

/// What this customer or this industry has objected, always in the same order.
pub async fn pool(db: &mut PgConnection, customer: Uuid, industry: &str) -> Result<Vec<(Uuid, String)>, AiQaError> {
    let rows = sqlx::query!(
        "select id, text from ai_qa.objections where not withdrawn and (customer_id = $1 or industry = $2) order by id",
        customer,
        industry,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.text)).collect())
}
