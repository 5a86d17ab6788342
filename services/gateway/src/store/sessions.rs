use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::secret::Hash;

pub struct Session {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub person_id: Uuid,
    pub last_seen_at: DateTime<Utc>,
    pub stepped_up_until: Option<DateTime<Utc>>,
    pub org: String,
    pub roles: Vec<String>,
}

pub struct NewSession {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub person_id: Uuid,
    pub token_hash: Hash,
    pub now: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// A session that is no more.
pub struct Ended {
    pub id: Uuid,
    /// Of the last thing said of it.
    pub version: i64,
}

pub async fn insert(db: &mut PgConnection, session: &NewSession) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into gateway.sessions (id, tenant_id, person_id, token_hash, created_at, last_seen_at, expires_at, version)
         values ($1, $2, $3, $4, $5, $5, $6, 1)",
        session.id,
        session.tenant_id,
        session.person_id,
        &session.token_hash[..],
        session.now,
        session.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The session that has this token, was last used after `idle_since` and belongs to somebody active.
pub async fn alive(
    db: &mut PgConnection,
    token_hash: &Hash,
    now: DateTime<Utc>,
    idle_since: DateTime<Utc>,
) -> sqlx::Result<Option<Session>> {
    sqlx::query_as!(
        Session,
        "select s.id, s.tenant_id, s.person_id, s.last_seen_at, s.stepped_up_until, p.org, p.roles
         from gateway.sessions s join gateway.people p on p.id = s.person_id
         where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3 and p.active",
        &token_hash[..],
        now,
        idle_since,
    )
    .fetch_optional(db)
    .await
}

pub async fn seen(db: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update gateway.sessions set last_seen_at = $2 where id = $1", id, now).execute(db).await?;
    Ok(())
}

/// The session's new version; none when it has ended meanwhile.
pub async fn step_up(db: &mut PgConnection, id: Uuid, until: DateTime<Utc>) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        "update gateway.sessions set stepped_up_until = $2, version = version + 1 where id = $1 returning version",
        id,
        until,
    )
    .fetch_optional(db)
    .await
}

pub async fn end(db: &mut PgConnection, id: Uuid) -> sqlx::Result<Vec<Ended>> {
    sqlx::query_as!(Ended, "delete from gateway.sessions where id = $1 returning id, version", id).fetch_all(db).await
}

/// Ends every session of a person but `keep`.
pub async fn end_all_of(db: &mut PgConnection, person: Uuid, keep: Option<Uuid>) -> sqlx::Result<Vec<Ended>> {
    sqlx::query_as!(
        Ended,
        "delete from gateway.sessions where person_id = $1 and id is distinct from $2 returning id, version",
        person,
        keep,
    )
    .fetch_all(db)
    .await
}

pub async fn forget_expired(db: &mut PgConnection, now: DateTime<Utc>, idle_since: DateTime<Utc>) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from gateway.sessions where expires_at <= $1 or last_seen_at <= $2", now, idle_since)
            .execute(db)
            .await?;
    Ok(done.rows_affected())
}
