//! `crm.key_moments`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::key_moment::KeyMoment;
use crate::error::CrmError;

/// In the order they began.
pub async fn of_opportunity(db: &mut PgConnection, opportunity: Uuid) -> Result<Vec<KeyMoment>, CrmError> {
    let moments = sqlx::query_as!(
        KeyMoment,
        "select id, moment, started_at, due_at, met_at, missed_at, stage, tell from crm.key_moments
         where opportunity_id = $1 order by started_at, id",
        opportunity,
    );
    Ok(moments.fetch_all(db).await?)
}

/// The opportunity that a moment belongs to.
pub async fn opportunity_of(db: &mut PgConnection, id: Uuid) -> Result<Option<Uuid>, CrmError> {
    let found = sqlx::query_scalar!("select opportunity_id from crm.key_moments where id = $1", id);
    Ok(found.fetch_optional(db).await?)
}

pub async fn insert(
    db: &mut PgConnection,
    tenant: TenantId,
    opportunity: Uuid,
    moment: &KeyMoment,
) -> Result<(), CrmError> {
    sqlx::query!(
        "insert into crm.key_moments (id, tenant_id, opportunity_id, moment, stage, started_at, due_at, tell, met_at, missed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        moment.id,
        tenant.0,
        opportunity,
        moment.moment,
        moment.stage,
        moment.started_at,
        moment.due_at,
        &moment.tell,
        moment.met_at,
        moment.missed_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Meets every moment of this name that began by `at`; one missed before keeps that too.
pub async fn meet(db: &mut PgConnection, opportunity: Uuid, moment: &str, at: DateTime<Utc>) -> Result<(), CrmError> {
    sqlx::query!(
        "update crm.key_moments set met_at = $3
         where opportunity_id = $1 and moment = $2 and met_at is null and started_at <= $3",
        opportunity,
        moment,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Meets the deadlines of a stage that is left.
pub async fn meet_stage(
    db: &mut PgConnection,
    opportunity: Uuid,
    stage: &str,
    at: DateTime<Utc>,
) -> Result<(), CrmError> {
    sqlx::query!(
        "update crm.key_moments set met_at = $3 where opportunity_id = $1 and stage = $2 and met_at is null",
        opportunity,
        stage,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets the open moments of this name: they will be planned anew.
pub async fn drop_open(db: &mut PgConnection, opportunity: Uuid, moment: &str) -> Result<(), CrmError> {
    sqlx::query!(
        "delete from crm.key_moments
         where opportunity_id = $1 and moment = $2 and met_at is null and missed_at is null",
        opportunity,
        moment,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks a moment as missed unless it was met; answers it when it was marked.
pub async fn miss(db: &mut PgConnection, id: Uuid, at: DateTime<Utc>) -> Result<Option<KeyMoment>, CrmError> {
    let missed = sqlx::query_as!(
        KeyMoment,
        "update crm.key_moments set missed_at = $2 where id = $1 and met_at is null and missed_at is null
         returning id, moment, started_at, due_at, met_at, missed_at, stage, tell",
        id,
        at,
    );
    Ok(missed.fetch_optional(db).await?)
}
