use chrono::{DateTime, Utc};
use kernel::OrgPath;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::org_unit::OrgUnit;
use crate::error::GatewayError;

struct Row {
    path: String,
    name: String,
    kind: String,
}

impl TryFrom<Row> for OrgUnit {
    type Error = GatewayError;

    fn try_from(row: Row) -> Result<Self, GatewayError> {
        let kind = row.kind.parse().map_err(|why| GatewayError::damaged("org unit", why))?;
        let path = row.path.parse().map_err(|why| GatewayError::damaged("org unit", why))?;
        Ok(Self { path, name: row.name, kind })
    }
}

/// A unit, kept from others' writes until the transaction ends.
pub struct Locked {
    pub id: Uuid,
    pub unit: OrgUnit,
    pub version: i64,
}

/// The whole tree, parents before children.
pub async fn all(db: &mut PgConnection) -> Result<Vec<OrgUnit>, GatewayError> {
    let rows =
        sqlx::query_as!(Row, "select path, name, kind from gateway.org_units order by path").fetch_all(db).await?;
    rows.into_iter().map(OrgUnit::try_from).collect()
}

pub async fn exists(db: &mut PgConnection, tenant: Uuid, path: &OrgPath) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        "select exists (select from gateway.org_units where tenant_id = $1 and path = $2)",
        tenant,
        path.as_str(),
    )
    .fetch_one(db)
    .await?;
    Ok(found.unwrap_or(false))
}

pub async fn lock(db: &mut PgConnection, tenant: Uuid, path: &OrgPath) -> Result<Option<Locked>, GatewayError> {
    let found = sqlx::query!(
        "select id, path, name, kind, version from gateway.org_units where tenant_id = $1 and path = $2 for update",
        tenant,
        path.as_str(),
    )
    .fetch_optional(db)
    .await?;
    let Some(found) = found else { return Ok(None) };
    let unit = OrgUnit::try_from(Row { path: found.path, name: found.name, kind: found.kind })?;
    Ok(Some(Locked { id: found.id, unit, version: found.version }))
}

/// False when the path is there already.
pub async fn insert(
    db: &mut PgConnection,
    tenant: Uuid,
    id: Uuid,
    unit: &OrgUnit,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into gateway.org_units (id, tenant_id, path, name, kind, created_at, version)
         values ($1, $2, $3, $4, $5, $6, 1)
         on conflict (tenant_id, path) do nothing",
        id,
        tenant,
        unit.path.as_str(),
        unit.name,
        unit.kind.as_str(),
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Changes name and kind.
pub async fn update(db: &mut PgConnection, id: Uuid, version: i64, unit: &OrgUnit) -> sqlx::Result<()> {
    sqlx::query!(
        "update gateway.org_units set name = $3, kind = $4, version = $2 where id = $1",
        id,
        version,
        unit.name,
        unit.kind.as_str(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// True while people, keys or other units are at or below it.
pub async fn in_use(db: &mut PgConnection, tenant: Uuid, path: &OrgPath) -> sqlx::Result<bool> {
    let used = sqlx::query_scalar!(
        "select exists (select from gateway.people where tenant_id = $1 and starts_with(org, $2))
             or exists (select from gateway.api_keys where tenant_id = $1 and starts_with(org, $2))
             or exists (select from gateway.org_units where tenant_id = $1 and starts_with(path, $2) and path <> $2)",
        tenant,
        path.as_str(),
    )
    .fetch_one(db)
    .await?;
    Ok(used.unwrap_or(true))
}

pub async fn delete(db: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from gateway.org_units where id = $1", id).execute(db).await?;
    Ok(())
}
