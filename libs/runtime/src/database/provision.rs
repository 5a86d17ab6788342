//! Brings one service's schema to what its migrations ask for. Run by an administrator before the service starts.

use std::borrow::Cow;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use sqlx::ConnectOptions;
use sqlx::migrate::{Migration, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, raw_sql};

use super::{DatabaseError, grants, roles};

/// Serialises everyone who provisions in one database. (Roles belong to the whole cluster; `roles` copes with others.)
const LOCK: i64 = 0x51_1C_E0_01;
/// Part of the fingerprint: raise it when grants or roles change, so that existing schemas are brought up to date.
const RULES: u32 = 1;
const LONGEST_NAME: usize = 50;

/// What one service needs in a database.
pub struct ServiceSchema<'a> {
    /// The service's name, for example `lead-routing`; its schema and role are called `lead_routing`.
    pub service: &'a str,
    /// The password of the service's login role.
    pub password: &'a str,
    /// The migrations of the libraries and of the service itself; versions are unique over all of them.
    pub migrators: &'a [&'a Migrator],
}

/// Creates or updates the service's roles, schema, tables and grants. Doing it again changes nothing and takes
/// milliseconds; two at once wait for each other.
///
/// `admin` must be a superuser or have CREATEROLE and CREATE on the database.
pub async fn provision(admin: &mut PgConnection, wanted: &ServiceSchema<'_>) -> Result<(), DatabaseError> {
    let schema = schema_name(wanted.service)?;
    let migrator = merge(wanted, &schema)?;
    let lock = sqlx::query("select pg_advisory_lock($1)").bind(LOCK).execute(&mut *admin).await;
    lock.map_err(DatabaseError::sql("lock the database for provisioning"))?;
    let done = provision_locked(admin, wanted, &schema, &migrator).await;
    let freed = format!("reset role; reset search_path; select pg_advisory_unlock({LOCK})");
    let freed = run(admin, "unlock the database after provisioning", freed).await;
    done.and(freed)
}

/// The schema and login role of a service: its name with `_` for `-`.
pub fn schema_name(service: &str) -> Result<String, DatabaseError> {
    let starts_well = service.starts_with(|c: char| c.is_ascii_lowercase());
    let is_plain = service.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !starts_well || !is_plain || service.len() > LONGEST_NAME {
        return Err(DatabaseError::ServiceName(service.to_owned()));
    }
    Ok(service.replace('-', "_"))
}

/// The URL with which a service reaches the database that `admin_url` points to.
pub fn service_url(admin_url: &str, service: &str, password: &str) -> Result<String, DatabaseError> {
    let options = PgConnectOptions::from_str(admin_url).map_err(DatabaseError::Url)?;
    Ok(options.username(&schema_name(service)?).password(password).to_url_lossy().to_string())
}

async fn provision_locked(
    admin: &mut PgConnection,
    wanted: &ServiceSchema<'_>,
    schema: &str,
    migrator: &Migrator,
) -> Result<(), DatabaseError> {
    let existed = roles::ensure(admin, schema, wanted.password).await?;
    let fingerprint = fingerprint(migrator);
    if existed && applied_fingerprint(admin, schema).await?.as_deref() == Some(&fingerprint) {
        return Ok(());
    }
    migrate_as_owner(admin, wanted.service, schema, migrator).await?;
    grants::apply(admin, schema, &fingerprint).await?;
    tracing::info!(service = wanted.service, "the schema is up to date");
    Ok(())
}

async fn migrate_as_owner(
    admin: &mut PgConnection,
    service: &str,
    schema: &str,
    migrator: &Migrator,
) -> Result<(), DatabaseError> {
    // `public` comes second so that extensions are found; the service's role may not create anything there.
    let become_owner = format!(
        "create schema if not exists \"{schema}\" authorization \"{schema}_owner\"; \
         set role \"{schema}_owner\"; set search_path = \"{schema}\", public"
    );
    run(admin, "create the schema", become_owner).await?;
    let migrated = migrator.run_direct(None, &mut *admin, false).await;
    migrated.map_err(|source| DatabaseError::Migrate { service: service.to_owned(), source })?;
    run(admin, "return to the administrator's role", "reset role; reset search_path".to_owned()).await
}

/// One migrator for all of a service's migrations, with its bookkeeping inside the service's schema.
fn merge(wanted: &ServiceSchema<'_>, schema: &str) -> Result<Migrator, DatabaseError> {
    let mut all: Vec<Migration> = wanted.migrators.iter().flat_map(|migrator| migrator.iter().cloned()).collect();
    all.sort_by_key(|migration| migration.version);
    if let Some(pair) = all.windows(2).find(|pair| pair[0].version == pair[1].version) {
        return Err(DatabaseError::DuplicateVersion { service: wanted.service.to_owned(), version: pair[0].version });
    }
    Ok(Migrator {
        migrations: Cow::Owned(all),
        // During a rolling update the previous release restarts on a schema that is newer than itself.
        ignore_missing: true,
        // The lock above covers roles and grants too.
        locking: false,
        table_name: Cow::Owned(format!("\"{schema}\"._sqlx_migrations")),
        ..Migrator::DEFAULT
    })
}

/// Names the migrations and rules that a schema was brought to.
fn fingerprint(migrator: &Migrator) -> String {
    let mut hash = Sha256::new();
    hash.update(RULES.to_be_bytes());
    for migration in migrator.iter() {
        hash.update(migration.version.to_be_bytes());
        hash.update(&migration.checksum);
    }
    format!("sluice schema {}", hex::encode(hash.finalize()))
}

async fn applied_fingerprint(admin: &mut PgConnection, schema: &str) -> Result<Option<String>, DatabaseError> {
    let comment = sqlx::query_scalar("select obj_description(to_regnamespace($1)::oid, 'pg_namespace')");
    let comment = comment.bind(format!("\"{schema}\"")).fetch_one(admin).await;
    comment.map_err(DatabaseError::sql("read what the schema was brought to"))
}

/// Executes statements whose only variable parts are validated names.
pub(super) async fn run(admin: &mut PgConnection, action: &'static str, sql: String) -> Result<(), DatabaseError> {
    raw_sql(AssertSqlSafe(sql)).execute(admin).await.map_err(DatabaseError::sql(action))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_name_becomes_a_schema_name() {
        assert_eq!(schema_name("lead-routing").expect("valid"), "lead_routing");
        for bad in ["", "Crm", "1crm", "crm\"; drop", "a_b", &"x".repeat(51)] {
            assert!(matches!(schema_name(bad), Err(DatabaseError::ServiceName(_))), "{bad}");
        }
    }

    #[test]
    fn a_service_url_keeps_host_port_and_database() {
        let url = service_url("postgres://postgres:secret@127.0.0.1:54000/demo", "ai-qa", "p@ss").expect("valid");
        assert!(url.starts_with("postgres://ai_qa:p%40ss@127.0.0.1:54000/demo"), "{url}");
    }

    #[test]
    fn two_migrations_with_one_version_are_refused() {
        let one = || {
            let kind = sqlx::migrate::MigrationType::Simple;
            let sql = sqlx::SqlSafeStr::into_sql_str("select 1");
            Migrator::with_migrations(vec![Migration::new(1, "one".into(), kind, sql, false)])
        };
        let (first, second) = (one(), one());
        let wanted = ServiceSchema { service: "crm", password: "x", migrators: &[&first, &second] };
        assert!(matches!(merge(&wanted, "crm"), Err(DatabaseError::DuplicateVersion { version: 1, .. })));
    }
}
