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

/// False when it is there already.
pub async fn insert(db: &mut PgConnection, tenant: Uuid, unit: &OrgUnit, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into gateway.org_units (tenant_id, path, name, kind, created_at) values ($1, $2, $3, $4, $5)
         on conflict do nothing",
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

/// Changes name and kind; false when it is not there.
pub async fn update(db: &mut PgConnection, tenant: Uuid, unit: &OrgUnit) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update gateway.org_units set name = $3, kind = $4 where tenant_id = $1 and path = $2",
        tenant,
        unit.path.as_str(),
        unit.name,
        unit.kind.as_str(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
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

pub async fn delete(db: &mut PgConnection, tenant: Uuid, path: &OrgPath) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from gateway.org_units where tenant_id = $1 and path = $2", tenant, path.as_str())
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}
