//! Writes projected rows, whatever generation they are for.

use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::project::Rows;
use crate::error::AnalyticsError;

/// A row with the generation it belongs to, under the columns' names.
#[derive(Serialize)]
struct Kept<'a, T> {
    generation: Uuid,
    #[serde(flatten)]
    row: &'a T,
}

pub async fn insert(db: &mut PgConnection, generation: Uuid, rows: &Rows) -> Result<(), AnalyticsError> {
    sqlx::query!(
        "insert into analytics.timeline select * from jsonb_populate_recordset(null::analytics.timeline, $1)",
        json(generation, &rows.timeline)?,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into analytics.facts select * from jsonb_populate_recordset(null::analytics.facts, $1)",
        json(generation, &rows.facts)?,
    )
    .execute(db)
    .await?;
    Ok(())
}

fn json<T: Serialize>(generation: Uuid, rows: &[T]) -> Result<serde_json::Value, AnalyticsError> {
    let kept: Vec<_> = rows.iter().map(|row| Kept { generation, row }).collect();
    Ok(serde_json::to_value(kept)?)
}

/// Lets live writes pass side by side and a rebuild's comparison pass alone, until the transaction ends.
pub async fn lock(db: &mut PgConnection, tenant: Uuid, alone: bool) -> Result<(), AnalyticsError> {
    let name = format!("analytics.projection {tenant}");
    if alone {
        sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", name).execute(db).await?;
    } else {
        sqlx::query!("select pg_advisory_xact_lock_shared(hashtextextended($1, 0))", name).execute(db).await?;
    }
    Ok(())
}
