//! Imported bank statements.

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::statement::Imported;
use crate::error::CollectionsError;

/// A row of `collections.statements`.
struct Row {
    id: Uuid,
    format: String,
    entries: i32,
    matched: i32,
    queued: i32,
    ignored: i32,
    repeated: i32,
    errors: serde_json::Value,
    imported_at: DateTime<Utc>,
}

impl TryFrom<Row> for Imported {
    type Error = CollectionsError;

    fn try_from(row: Row) -> Result<Self, CollectionsError> {
        Ok(Self {
            id: row.id,
            format: row.format.parse().map_err(|_| CollectionsError::stored("format", &row.format))?,
            entries: row.entries,
            matched: row.matched,
            queued: row.queued,
            ignored: row.ignored,
            repeated: row.repeated,
            errors: super::json("errors", row.errors)?,
            imported_at: row.imported_at,
        })
    }
}

/// One import or manual match of a tenant at a time: they lock receivables in the order of the file.
pub async fn lock_matching(db: &mut PgConnection, tenant: TenantId) -> Result<(), CollectionsError> {
    let name = format!("collections.matching:{tenant}");
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", name).execute(db).await?;
    Ok(())
}

/// The import of exactly this file for these accounts, when all of it could be read.
pub async fn find_complete(
    db: &mut PgConnection,
    sha256: &str,
    accounts: &[String],
) -> Result<Option<Imported>, CollectionsError> {
    let row = sqlx::query_as!(
        Row,
        "select id, format, entries, matched, queued, ignored, repeated, errors, imported_at
         from collections.statements where sha256 = $1 and accounts = $2 and errors = '[]'::jsonb",
        sha256,
        accounts,
    )
    .fetch_optional(db)
    .await?;
    row.map(Imported::try_from).transpose()
}

/// Stores the file before its entries; [`count`] says later what became of them.
pub async fn insert(
    db: &mut PgConnection,
    tenant: TenantId,
    sha256: &str,
    accounts: &[String],
    by: Uuid,
    new: &Imported,
) -> Result<(), CollectionsError> {
    sqlx::query!(
        "insert into collections.statements
             (id, tenant_id, sha256, accounts, format, entries, matched, queued, ignored, repeated, errors, imported_by, imported_at)
         values ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0, $6, $7, $8)",
        new.id,
        tenant.0,
        sha256,
        accounts,
        new.format.as_str(),
        super::to_json("errors", &new.errors)?,
        by,
        new.imported_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn count(db: &mut PgConnection, done: &Imported) -> Result<(), CollectionsError> {
    sqlx::query!(
        "update collections.statements
         set entries = $2, matched = $3, queued = $4, ignored = $5, repeated = $6, errors = $7 where id = $1",
        done.id,
        done.entries,
        done.matched,
        done.queued,
        done.ignored,
        done.repeated,
        super::to_json("errors", &done.errors)?,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The tenant's imports, newest first.
pub async fn list(
    db: &mut PgConnection,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Imported>, CollectionsError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select id, format, entries, matched, queued, ignored, repeated, errors, imported_at
         from collections.statements where $1::timestamptz is null or (imported_at, id) < ($1, $2)
         order by imported_at desc, id desc limit $3",
        after_at,
        after_id,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Imported::try_from).collect()
}
