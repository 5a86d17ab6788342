//! `ai_qa.comparison_sheets`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::After;
use super::stored::read_json;
use crate::domain::comparison_sheet::ComparisonSheet;
use crate::error::AiQaError;

struct Row {
    id: Uuid,
    sheet: Value,
    created_by: Uuid,
    created_at: DateTime<Utc>,
    version: i64,
}

impl TryFrom<Row> for ComparisonSheet {
    type Error = AiQaError;

    fn try_from(row: Row) -> Result<Self, AiQaError> {
        let sheet = read_json("comparison sheet", row.sheet)?;
        let Row { id, created_by, created_at, version, .. } = row;
        Ok(Self { id, sheet, created_by, created_at, version })
    }
}

/// False when the competitor has a sheet already.
pub async fn insert(db: &mut PgConnection, tenant: TenantId, new: &ComparisonSheet) -> Result<bool, AiQaError> {
    let stored = sqlx::query!(
        "insert into ai_qa.comparison_sheets (id, tenant_id, competitor, sheet, created_by, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (tenant_id, competitor) where not withdrawn do nothing",
        new.id,
        tenant.0,
        new.sheet.competitor,
        serde_json::to_value(&new.sheet).unwrap_or_default(),
        new.created_by,
        new.created_at,
        new.version,
    )
    .execute(db)
    .await?;
    Ok(stored.rows_affected() == 1)
}

pub async fn save(db: &mut PgConnection, changed: &ComparisonSheet, withdrawn: bool) -> Result<(), AiQaError> {
    sqlx::query!(
        "update ai_qa.comparison_sheets set competitor = $2, sheet = $3, version = $4, withdrawn = $5 where id = $1",
        changed.id,
        changed.sheet.competitor,
        serde_json::to_value(&changed.sheet).unwrap_or_default(),
        changed.version,
        withdrawn,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether another sheet has this competitor.
pub async fn is_taken(db: &mut PgConnection, id: Uuid, competitor: &str) -> Result<bool, AiQaError> {
    let taken = sqlx::query_scalar!(
        r#"select exists (select from ai_qa.comparison_sheets where competitor = $2 and id <> $1 and not withdrawn) as "taken!""#,
        id,
        competitor
    );
    Ok(taken.fetch_one(db).await?)
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<ComparisonSheet>, AiQaError> {
    let row = sqlx::query_as!(
        Row,
        "select id, sheet, created_by, created_at, version from ai_qa.comparison_sheets where id = $1 and not withdrawn",
        id
    );
    row.fetch_optional(db).await?.map(ComparisonSheet::try_from).transpose()
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<ComparisonSheet>, AiQaError> {
    let row = sqlx::query_as!(
        Row,
        "select id, sheet, created_by, created_at, version from ai_qa.comparison_sheets
         where id = $1 and not withdrawn for update",
        id
    );
    row.fetch_optional(db).await?.map(ComparisonSheet::try_from).transpose()
}

/// Newest first, from after the cursor; one more than `limit` when there are more.
pub async fn list(db: &mut PgConnection, after: After, limit: i64) -> Result<Vec<ComparisonSheet>, AiQaError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select id, sheet, created_by, created_at, version from ai_qa.comparison_sheets
         where not withdrawn and ($1::timestamptz is null or (created_at, id) < ($1, $2))
         order by created_at desc, id desc limit $3",
        after_at,
        after_id,
        limit.saturating_add(1),
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(ComparisonSheet::try_from).collect()
}
