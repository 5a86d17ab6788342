//! Imports of files and what became of each row.

use chrono::{DateTime, Utc};
use kernel::{FieldError, OrgPath, TenantId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// One imported file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LeadImport {
    pub id: Uuid,
    pub tenant_id: TenantId,
    pub org: OrgPath,
    pub owner_id: Uuid,
    pub encoding: String,
    pub rows: i32,
    pub ignored: Vec<String>,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowStatus {
    Accepted,
    Duplicate,
    Rejected,
}

/// One row of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportRow {
    pub import_id: Uuid,
    pub row: i32,
    pub tenant_id: TenantId,
    pub status: RowStatus,
    pub lead_id: Option<Uuid>,
    pub errors: Vec<FieldError>,
    /// What the file said; kept for rejected rows.
    pub raw: Option<Value>,
}

/// Stores an import unless it is known.
pub async fn start(db: &mut PgConnection, import: &LeadImport) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lead_routing.lead_imports
         select * from jsonb_populate_record(null::lead_routing.lead_imports, $1) on conflict do nothing",
        Json(import) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<LeadImport>> {
    let row = sqlx::query_scalar!(
        r#"select to_jsonb(i) as "import!: Json<LeadImport>" from lead_routing.lead_imports i where id = $1"#,
        id,
    );
    Ok(row.fetch_optional(db).await?.map(|Json(import)| import))
}

/// Notes that every row is done; false when that was noted before.
pub async fn finish(db: &mut PgConnection, id: Uuid, at: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update lead_routing.lead_imports set finished_at = $2 where id = $1 and finished_at is null",
        id,
        at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a row for this write; false when it was stored before.
pub async fn claim_row(db: &mut PgConnection, row: &ImportRow) -> sqlx::Result<bool> {
    let claimed = sqlx::query!(
        "insert into lead_routing.lead_import_rows
         select * from jsonb_populate_record(null::lead_routing.lead_import_rows, $1) on conflict do nothing",
        Json(row) as _,
    )
    .execute(db)
    .await?;
    Ok(claimed.rows_affected() == 1)
}

/// Corrects what a row that was taken in this write has become.
pub async fn settle_row(db: &mut PgConnection, row: &ImportRow) -> sqlx::Result<()> {
    sqlx::query!(
        "update lead_routing.lead_import_rows r set (status, lead_id) = (n.status, n.lead_id)
         from jsonb_populate_record(null::lead_routing.lead_import_rows, $3) n where r.import_id = $1 and r.row = $2",
        row.import_id,
        row.row,
        Json(row) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every row that was stored, in the file's order.
pub async fn rows(db: &mut PgConnection, import_id: Uuid) -> sqlx::Result<Vec<ImportRow>> {
    let rows = sqlx::query_scalar!(
        r#"select to_jsonb(r) as "row!: Json<ImportRow>" from lead_routing.lead_import_rows r where import_id = $1 order by row"#,
        import_id,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|Json(row)| row).collect())
}
