//! `crm.opportunity_evidence`

use chrono::{DateTime, Utc};
use kernel::{Evidence, TenantId};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::{json, to_json};
use crate::error::CrmError;

/// In the order it was attached, each with the opportunity it was attached to.
pub async fn of_opportunities(
    db: &mut PgConnection,
    opportunities: &[Uuid],
) -> Result<Vec<(Uuid, Evidence)>, CrmError> {
    let rows = sqlx::query!(
        "select opportunity_id, kind, name, reference, sha256 from crm.opportunity_evidence
         where opportunity_id = any($1) order by attached_at, id",
        opportunities,
    )
    .fetch_all(db)
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let kind = json("evidence kind", Value::String(row.kind))?;
        let evidence = Evidence { kind, name: row.name, reference: row.reference, sha256: row.sha256 };
        found.push((row.opportunity_id, evidence));
    }
    Ok(found)
}

/// Who attached a carrier, to what and when.
pub struct Attached {
    pub id: Uuid,
    pub tenant: TenantId,
    pub opportunity: Uuid,
    pub by: Uuid,
    pub at: DateTime<Utc>,
}

pub async fn insert(db: &mut PgConnection, attached: &Attached, evidence: &Evidence) -> Result<(), CrmError> {
    let kind = to_json("evidence kind", &evidence.kind)?;
    sqlx::query!(
        "insert into crm.opportunity_evidence (id, tenant_id, opportunity_id, kind, name, reference, sha256, attached_by, attached_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        attached.id,
        attached.tenant.0,
        attached.opportunity,
        kind.as_str().unwrap_or_default(),
        evidence.name,
        evidence.reference,
        evidence.sha256,
        attached.by,
        attached.at,
    )
    .execute(db)
    .await?;
    Ok(())
}
