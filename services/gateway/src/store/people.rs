use chrono::{DateTime, Utc};
use kernel::id::Cursor;
use kernel::{OrgPath, Role, TenantId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::person::{Person, Profile};
use crate::error::{GatewayError, Unique};

struct Row {
    id: Uuid,
    tenant_id: Uuid,
    org: String,
    name: String,
    roles: Vec<String>,
    login: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    language: String,
    active: bool,
    version: i64,
}

impl TryFrom<Row> for Person {
    type Error = GatewayError;

    fn try_from(row: Row) -> Result<Self, GatewayError> {
        let profile = Profile {
            name: row.name,
            org: row.org.parse().map_err(|why| GatewayError::damaged("person", why))?,
            roles: roles(&row.roles)?,
            login: row.login,
            email: row.email,
            phone: row.phone,
            language: row.language.parse().map_err(|why| GatewayError::damaged("person", why))?,
            active: row.active,
        };
        Ok(Self { id: row.id, tenant: TenantId(row.tenant_id), profile, version: row.version })
    }
}

pub fn roles(names: &[String]) -> Result<Vec<Role>, GatewayError> {
    names.iter().map(|name| name.parse().map_err(|why| GatewayError::damaged("role", why))).collect()
}

/// Which people a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub role: Option<Role>,
    /// This node and everything below it.
    pub org: Option<OrgPath>,
    pub active: Option<bool>,
    /// Part of the name.
    pub name: Option<String>,
}

pub async fn list(
    db: &mut PgConnection,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Person>, GatewayError> {
    let (after_name, after_id) = after.map_or((None, None), |cursor| (Some(cursor.key), Some(cursor.id)));
    let rows = sqlx::query_as!(
        Row,
        "select id, tenant_id, org, name, roles, login, email, phone, language, active, version from gateway.people
         where ($1::text is null or $1 = any(roles))
           and ($2::text is null or starts_with(org, $2))
           and ($3::boolean is null or active = $3)
           and ($4::text is null or strpos(lower(name), lower($4)) > 0)
           and ($5::text is null or (name, id) > ($5, $6::uuid))
         order by name, id limit $7",
        filter.role.map(Role::as_str),
        filter.org.as_ref().map(OrgPath::as_str),
        filter.active,
        filter.name.as_deref(),
        after_name,
        after_id,
        limit + 1,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Person::try_from).collect()
}

pub async fn by_id(db: &mut PgConnection, tenant: TenantId, id: Uuid) -> Result<Option<Person>, GatewayError> {
    let row = sqlx::query_as!(
        Row,
        "select id, tenant_id, org, name, roles, login, email, phone, language, active, version from gateway.people
         where id = $1 and tenant_id = $2",
        id,
        tenant.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(Person::try_from).transpose()
}

/// The person, kept from others' writes until the transaction ends.
pub async fn lock(db: &mut PgConnection, tenant: TenantId, id: Uuid) -> Result<Option<Person>, GatewayError> {
    let row = sqlx::query_as!(
        Row,
        "select id, tenant_id, org, name, roles, login, email, phone, language, active, version from gateway.people
         where id = $1 and tenant_id = $2 for update",
        id,
        tenant.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(Person::try_from).transpose()
}

/// Who signs in with this login or e-mail address, and the hash of the password.
pub async fn by_login(
    db: &mut PgConnection,
    tenant: Uuid,
    login: &str,
) -> Result<Option<(Person, Option<String>)>, GatewayError> {
    let found = sqlx::query!(
        "select id, password from gateway.people
         where tenant_id = $1 and (lower(login) = lower($2) or lower(email) = lower($2))
         order by (lower(login) = lower($2)) desc nulls last limit 1",
        tenant,
        login,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(found) = found else { return Ok(None) };
    let person = by_id(db, TenantId(tenant), found.id).await?;
    Ok(person.map(|person| (person, found.password)))
}

pub async fn by_email(db: &mut PgConnection, tenant: Uuid, email: &str) -> Result<Option<Person>, GatewayError> {
    let id = sqlx::query_scalar!(
        "select id from gateway.people where tenant_id = $1 and lower(email) = lower($2)",
        tenant,
        email
    )
    .fetch_optional(&mut *db)
    .await?;
    match id {
        Some(id) => by_id(db, TenantId(tenant), id).await,
        None => Ok(None),
    }
}

/// Active people who hold `role` at `org` or at a node above it, nearest node first.
pub async fn holding_on_the_way_up(
    db: &mut PgConnection,
    tenant: TenantId,
    role: Role,
    org: &OrgPath,
) -> Result<Vec<Person>, GatewayError> {
    let rows = sqlx::query_as!(
        Row,
        "select id, tenant_id, org, name, roles, login, email, phone, language, active, version from gateway.people
         where tenant_id = $1 and active and $2 = any(roles) and starts_with($3, org)
         order by length(org) desc, id",
        tenant.0,
        role.as_str(),
        org.as_str(),
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Person::try_from).collect()
}

/// Active people who hold `role` anywhere in the tenant.
pub async fn holding(db: &mut PgConnection, tenant: TenantId, role: Role) -> Result<Vec<Person>, GatewayError> {
    let rows = sqlx::query_as!(
        Row,
        "select id, tenant_id, org, name, roles, login, email, phone, language, active, version from gateway.people
         where tenant_id = $1 and active and $2 = any(roles) order by org, id",
        tenant.0,
        role.as_str(),
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Person::try_from).collect()
}

pub async fn insert(
    db: &mut PgConnection,
    person: &Person,
    password: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), GatewayError> {
    let profile = &person.profile;
    sqlx::query!(
        "insert into gateway.people (id, tenant_id, org, name, roles, login, email, phone, language, active, password,
                                     version, created_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)",
        person.id,
        person.tenant.0,
        profile.org.as_str(),
        profile.name,
        &person.role_names(),
        profile.login,
        profile.email,
        profile.phone,
        profile.language.as_str(),
        profile.active,
        password,
        person.version,
        now,
    )
    .execute(db)
    .await
    .map_err(taken)?;
    Ok(())
}

pub async fn update(db: &mut PgConnection, person: &Person, now: DateTime<Utc>) -> Result<(), GatewayError> {
    let profile = &person.profile;
    sqlx::query!(
        "update gateway.people
         set org = $2, name = $3, roles = $4, login = $5, email = $6, phone = $7, language = $8, active = $9,
             version = $10, changed_at = $11
         where id = $1",
        person.id,
        profile.org.as_str(),
        profile.name,
        &person.role_names(),
        profile.login,
        profile.email,
        profile.phone,
        profile.language.as_str(),
        profile.active,
        person.version,
        now,
    )
    .execute(db)
    .await
    .map_err(taken)?;
    Ok(())
}

pub async fn password(db: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<String>> {
    let found = sqlx::query_scalar!("select password from gateway.people where id = $1", id).fetch_optional(db).await?;
    Ok(found.flatten())
}

pub async fn set_password(db: &mut PgConnection, id: Uuid, hash: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update gateway.people set password = $2, changed_at = $3 where id = $1", id, hash, now)
        .execute(db)
        .await?;
    Ok(())
}

fn taken(error: sqlx::Error) -> GatewayError {
    let constraint = error.as_database_error().and_then(|inner| inner.constraint()).unwrap_or_default();
    match constraint {
        "people_login" => GatewayError::Taken(Unique::Login),
        "people_email" => GatewayError::Taken(Unique::Email),
        _ => GatewayError::Database(error),
    }
}
