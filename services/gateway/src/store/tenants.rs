use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(PartialEq, Eq)]
pub struct Tenant {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
}

pub async fn insert(db: &mut PgConnection, tenant: &Tenant, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into gateway.tenants (id, slug, name, created_at, version) values ($1, $2, $3, $4, 1)",
        tenant.id,
        tenant.slug,
        tenant.name,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Renames the tenant.
pub async fn update(db: &mut PgConnection, tenant: &Tenant, version: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "update gateway.tenants set slug = $2, name = $3, version = $4 where id = $1",
        tenant.id,
        tenant.slug,
        tenant.name,
        version,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The tenant and its version, kept from others' writes until the transaction ends.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<(Tenant, i64)>> {
    let found = sqlx::query!("select slug, name, version from gateway.tenants where id = $1 for update", id)
        .fetch_optional(db)
        .await?;
    Ok(found.map(|found| (Tenant { id, slug: found.slug, name: found.name }, found.version)))
}

pub async fn by_id(db: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Tenant>> {
    sqlx::query_as!(Tenant, "select id, slug, name from gateway.tenants where id = $1", id).fetch_optional(db).await
}

pub async fn by_slug(db: &mut PgConnection, slug: &str) -> sqlx::Result<Option<Tenant>> {
    sqlx::query_as!(Tenant, "select id, slug, name from gateway.tenants where slug = $1", slug).fetch_optional(db).await
}

/// Only one load at a time, whatever starts at once.
pub async fn lock_loading(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('gateway.bootstrap')) as locked").fetch_one(db).await?;
    Ok(())
}
