use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

pub struct Tenant {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
}

/// Adds the tenant, or renames it.
pub async fn put(db: &mut PgConnection, tenant: &Tenant, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into gateway.tenants (id, slug, name, created_at) values ($1, $2, $3, $4)
         on conflict (id) do update set slug = excluded.slug, name = excluded.name",
        tenant.id,
        tenant.slug,
        tenant.name,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
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
