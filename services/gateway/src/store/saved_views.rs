use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::saved_view::SavedView;

/// One person's views of one screen, by name; of every screen when none is given.
pub async fn of(db: &mut PgConnection, person: Uuid, screen: Option<&str>) -> sqlx::Result<Vec<SavedView>> {
    sqlx::query_as!(
        SavedView,
        "select id, version, screen, name, query, is_default from gateway.saved_views
         where person_id = $1 and ($2::text is null or screen = $2) order by screen, name",
        person,
        screen,
    )
    .fetch_all(db)
    .await
}

/// Keeps this person from writing other views until the transaction ends.
pub async fn lock(db: &mut PgConnection, person: Uuid) -> sqlx::Result<()> {
    sqlx::query!("select id from gateway.people where id = $1 for no key update", person).fetch_optional(db).await?;
    Ok(())
}

pub async fn count(db: &mut PgConnection, person: Uuid, screen: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from gateway.saved_views where person_id = $1 and screen = $2"#,
        person,
        screen,
    )
    .fetch_one(db)
    .await
}

pub async fn find(db: &mut PgConnection, person: Uuid, id: Uuid) -> sqlx::Result<Option<SavedView>> {
    sqlx::query_as!(
        SavedView,
        "select id, version, screen, name, query, is_default from gateway.saved_views
         where id = $1 and person_id = $2",
        id,
        person,
    )
    .fetch_optional(db)
    .await
}

/// Takes the place of the default: whichever view was it, is it no more.
pub async fn clear_default(db: &mut PgConnection, person: Uuid, view: &SavedView) -> sqlx::Result<()> {
    sqlx::query!(
        "update gateway.saved_views set is_default = false
         where person_id = $1 and screen = $2 and is_default and id <> $3",
        person,
        view.screen,
        view.id,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn save(
    db: &mut PgConnection,
    tenant: Uuid,
    person: Uuid,
    view: &SavedView,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into gateway.saved_views (id, tenant_id, person_id, screen, name, query, is_default, version, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (id) do update set screen = $4, name = $5, query = $6, is_default = $7, version = $8, changed_at = $9",
        view.id,
        tenant,
        person,
        view.screen,
        view.name,
        view.query,
        view.is_default,
        view.version,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete(db: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from gateway.saved_views where id = $1", id).execute(db).await?;
    Ok(())
}
