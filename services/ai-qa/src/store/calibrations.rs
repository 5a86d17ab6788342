//! `ai_qa.calibrations`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::read_json;
use crate::domain::calibration::Calibration;
use crate::error::AiQaError;

/// A calibration and where it comes from.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CalibrationVersion {
    pub id: Uuid,
    pub version: i32,
    /// From how many decided answers.
    pub decisions: i32,
    /// The version it copies, when somebody went back.
    pub restored_from: Option<i32>,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
}

pub async fn insert(
    db: &mut PgConnection,
    tenant: TenantId,
    new: &CalibrationVersion,
    body: &Calibration,
) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.calibrations (id, tenant_id, version, body, decisions, restored_from, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id,
        tenant.0,
        new.version,
        serde_json::to_value(body).unwrap_or_default(),
        new.decisions,
        new.restored_from,
        new.made_by,
        new.made_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The one that scores: the newest, or the one built in.
pub async fn current(db: &mut PgConnection) -> Result<Calibration, AiQaError> {
    let body: Option<Value> = sqlx::query_scalar!("select body from ai_qa.calibrations order by version desc limit 1")
        .fetch_optional(db)
        .await?;
    Ok(body.map(|body| read_json("calibration", body)).transpose()?.unwrap_or_default())
}

/// One version; 0 is the one built in.
pub async fn find(db: &mut PgConnection, version: i32) -> Result<Option<Calibration>, AiQaError> {
    if version == 0 {
        return Ok(Some(Calibration::default()));
    }
    let body: Option<Value> = sqlx::query_scalar!("select body from ai_qa.calibrations where version = $1", version)
        .fetch_optional(db)
        .await?;
    body.map(|body| read_json("calibration", body)).transpose()
}

/// The newest first.
pub async fn list(db: &mut PgConnection) -> Result<Vec<CalibrationVersion>, AiQaError> {
    let rows = sqlx::query_as!(
        CalibrationVersion,
        "select id, version, decisions, restored_from, made_by, made_at from ai_qa.calibrations order by version desc"
    );
    Ok(rows.fetch_all(db).await?)
}

/// Nobody else makes one until the transaction ends.
pub async fn lock(db: &mut PgConnection, tenant: TenantId) -> Result<(), AiQaError> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended('ai_qa.calibrations ' || $1::text, 0))",
        tenant.to_string()
    )
    .execute(db)
    .await?;
    Ok(())
}
