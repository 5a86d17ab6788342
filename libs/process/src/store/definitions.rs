//! Published definitions: read, cached, published. Versions are never changed.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::definition::Definition;
use crate::error::ProcessError;

/// Past this many the cache starts over; a tenant has a handful of processes.
const MOST_CACHED: usize = 10_000;

type Cache = HashMap<(TenantId, String, u32), Arc<Definition>>;

/// The definitions a service runs: those it ships with, and over them what tenants have published.
/// Each version is parsed, and its conditions compiled, once.
#[derive(Debug)]
pub struct Definitions {
    built_in: Vec<BuiltIn>,
    cache: RwLock<Cache>,
}

#[derive(Debug)]
struct BuiltIn {
    definition: Arc<Definition>,
    source: String,
}

/// A version of a definition without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedVersion {
    pub version: u32,
    pub published_at: DateTime<Utc>,
    pub published_by: Uuid,
}

impl Definitions {
    /// `built_in` are YAML definitions that hold for a tenant until it publishes its own.
    pub fn new(built_in: &[&str]) -> Result<Self, ProcessError> {
        let parse = |source: &&str| -> Result<BuiltIn, ProcessError> {
            Ok(BuiltIn { definition: Arc::new(Definition::parse(source)?), source: (*source).to_owned() })
        };
        Ok(Self { built_in: built_in.iter().map(parse).collect::<Result<_, _>>()?, cache: RwLock::default() })
    }

    /// The names of the processes that are built in, each once.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.built_in.iter().map(|one| one.definition.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The version in force: the latest published one, else the latest built-in one.
    pub async fn current(
        &self,
        conn: &mut PgConnection,
        tenant: TenantId,
        name: &str,
    ) -> Result<Arc<Definition>, ProcessError> {
        match latest(conn, tenant, name).await? {
            Some(version) => self.version(conn, tenant, name, version).await,
            None => self.latest_built_in(name).ok_or_else(|| ProcessError::UnknownDefinition(name.to_owned())),
        }
    }

    /// One version, such as the one that judged a running record.
    pub async fn version(
        &self,
        conn: &mut PgConnection,
        tenant: TenantId,
        name: &str,
        version: u32,
    ) -> Result<Arc<Definition>, ProcessError> {
        let key = (tenant, name.to_owned(), version);
        if let Some(cached) = self.cache.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(cached.clone());
        }
        let Some(source) = source(conn, tenant, name, version).await? else {
            return self.find_built_in(name, version).map(|one| one.definition.clone());
        };
        let definition = Arc::new(Definition::parse(&source)?);
        self.remember(key, &definition);
        Ok(definition)
    }

    /// The YAML text of one version, published or built in.
    pub async fn text(
        &self,
        conn: &mut PgConnection,
        tenant: TenantId,
        name: &str,
        version: u32,
    ) -> Result<String, ProcessError> {
        match source(conn, tenant, name, version).await? {
            Some(source) => Ok(source),
            None => self.find_built_in(name, version).map(|one| one.source.clone()),
        }
    }

    /// Publishes the next version for a tenant. The YAML's own `version` must be exactly that, so
    /// that two people cannot overwrite each other's edit.
    pub async fn publish(
        &self,
        conn: &mut PgConnection,
        tenant: TenantId,
        source: &str,
        published_by: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Definition, ProcessError> {
        let definition = Definition::parse(source)?;
        let built_in = self.latest_built_in(&definition.name).map_or(0, |one| one.version);
        let published = latest(conn, tenant, &definition.name).await?;
        check_version(&definition, published.unwrap_or(built_in) + 1)?;
        publish(conn, tenant, &definition, source, published_by, now).await?;
        Ok(definition)
    }

    fn find_built_in(&self, name: &str, version: u32) -> Result<&BuiltIn, ProcessError> {
        let mut built_in = self.built_in.iter();
        built_in
            .find(|one| one.definition.name == name && one.definition.version == version)
            .ok_or_else(|| ProcessError::UnknownVersion { name: name.to_owned(), version })
    }

    fn latest_built_in(&self, name: &str) -> Option<Arc<Definition>> {
        let named = self.built_in.iter().map(|one| &one.definition).filter(|one| one.name == name);
        named.max_by_key(|one| one.version).cloned()
    }

    fn remember(&self, key: (TenantId, String, u32), definition: &Arc<Definition>) {
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= MOST_CACHED {
            cache.clear();
        }
        cache.insert(key, definition.clone());
    }
}

fn check_version(definition: &Definition, expected: u32) -> Result<(), ProcessError> {
    if definition.version == expected {
        return Ok(());
    }
    Err(ProcessError::VersionConflict { name: definition.name.clone(), expected, found: definition.version })
}

/// Stores a version; refused with [`ProcessError::VersionConflict`] when it exists.
async fn publish(
    conn: &mut PgConnection,
    tenant: TenantId,
    definition: &Definition,
    source: &str,
    published_by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), ProcessError> {
    let stored = sqlx::query!(
        "insert into process_definitions (tenant_id, name, version, source, published_at, published_by)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        tenant.0,
        definition.name,
        definition.version.cast_signed(),
        source,
        now,
        published_by,
    )
    .execute(conn)
    .await?;
    if stored.rows_affected() == 1 {
        return Ok(());
    }
    check_version(definition, definition.version + 1)
}

/// Every version a tenant has published, latest first.
pub async fn versions(
    conn: &mut PgConnection,
    tenant: TenantId,
    name: &str,
) -> Result<Vec<PublishedVersion>, ProcessError> {
    let rows = sqlx::query!(
        "select version, published_at, published_by from process_definitions
         where tenant_id = $1 and name = $2 order by version desc",
        tenant.0,
        name,
    )
    .fetch_all(conn)
    .await?;
    let version = |row: i32, published_at, published_by| PublishedVersion {
        version: row.cast_unsigned(),
        published_at,
        published_by,
    };
    Ok(rows.into_iter().map(|row| version(row.version, row.published_at, row.published_by)).collect())
}

/// The YAML text of a published version.
pub async fn source(
    conn: &mut PgConnection,
    tenant: TenantId,
    name: &str,
    version: u32,
) -> Result<Option<String>, ProcessError> {
    let source = sqlx::query_scalar!(
        "select source from process_definitions where tenant_id = $1 and name = $2 and version = $3",
        tenant.0,
        name,
        version.cast_signed(),
    );
    Ok(source.fetch_optional(conn).await?)
}

async fn latest(conn: &mut PgConnection, tenant: TenantId, name: &str) -> Result<Option<u32>, ProcessError> {
    let latest = sqlx::query_scalar!(
        "select max(version) from process_definitions where tenant_id = $1 and name = $2",
        tenant.0,
        name,
    );
    Ok(latest.fetch_one(conn).await?.map(i32::cast_unsigned))
}
