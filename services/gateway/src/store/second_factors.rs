use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Debug, Default)]
pub struct SecondFactor {
    pub secret: Option<Vec<u8>>,
    pub pending_secret: Option<Vec<u8>>,
    pub last_step: Option<i64>,
    pub failures: i32,
    pub blocked_until: Option<DateTime<Utc>>,
}

pub async fn lock(db: &mut PgConnection, person: Uuid) -> sqlx::Result<Option<SecondFactor>> {
    sqlx::query_as!(
        SecondFactor,
        "select secret, pending_secret, last_step, failures, blocked_until from gateway.second_factors
         where person_id = $1 for update",
        person,
    )
    .fetch_optional(db)
    .await
}

/// True when the person has one that counts.
pub async fn is_enrolled(db: &mut PgConnection, person: Uuid) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        "select exists (select from gateway.second_factors where person_id = $1 and secret is not null)",
        person,
    )
    .fetch_one(db)
    .await?;
    Ok(found.unwrap_or(false))
}

pub async fn propose(db: &mut PgConnection, tenant: Uuid, person: Uuid, sealed: &[u8]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into gateway.second_factors (person_id, tenant_id, pending_secret) values ($1, $2, $3)
         on conflict (person_id) do update set pending_secret = excluded.pending_secret",
        person,
        tenant,
        sealed,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The pending secret counts from now on; `step` is that of its first code.
pub async fn confirm(db: &mut PgConnection, person: Uuid, step: i64, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "update gateway.second_factors
         set secret = pending_secret, pending_secret = null, last_step = $2, failures = 0, blocked_until = null,
             enrolled_at = $3
         where person_id = $1",
        person,
        step,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn used(db: &mut PgConnection, person: Uuid, step: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "update gateway.second_factors set last_step = $2, failures = 0, blocked_until = null where person_id = $1",
        person,
        step,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn failed(
    db: &mut PgConnection,
    person: Uuid,
    failures: i32,
    blocked_until: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update gateway.second_factors set failures = $2, blocked_until = $3 where person_id = $1",
        person,
        failures,
        blocked_until,
    )
    .execute(db)
    .await?;
    Ok(())
}
