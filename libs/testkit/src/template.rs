//! Databases with all migrations applied, made once and copied for every test.

use std::fmt::Write as _;

use runtime::database::{ServiceSchema, provision};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use crate::cluster;

/// The test cluster trusts everybody on this machine; the role needs some password all the same.
pub(crate) const PASSWORD: &str = "unused";
const TEMPLATES: Uuid = Uuid::from_u128(0x0b8e_51f3_2d6a_47c9_b1e4_90a7_63cd_f208);
/// Only one process makes templates at a time: roles belong to the whole cluster.
const LOCK: i64 = 0x51_1C_E0_02;

/// Which services a database holds and what their schemas are made of.
#[derive(Default)]
pub struct Template {
    services: Vec<(&'static str, Vec<&'static Migrator>)>,
}

impl Template {
    /// An empty database; add services.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a service with its libraries' and its own migrations.
    pub fn service(mut self, name: &'static str, migrators: &[&'static Migrator]) -> Self {
        self.services.push((name, migrators.to_vec()));
        self
    }

    /// The name of the ready template database.
    pub(crate) async fn ready(&self) -> String {
        let name = self.name();
        let mut admin = connect(cluster::admin_url().await).await;
        if !exists(&mut admin, &name).await {
            sqlx::query("select pg_advisory_lock($1)").bind(LOCK).execute(&mut admin).await.expect("locked");
            if !exists(&mut admin, &name).await {
                self.make(&mut admin, &name).await;
            }
        }
        admin.close().await.expect("closed");
        name
    }

    /// Built under another name first, so that an interrupted attempt is never taken for a template.
    async fn make(&self, admin: &mut PgConnection, name: &str) {
        execute(admin, "drop database if exists template_unfinished with (force)".to_owned()).await;
        execute(admin, "create database template_unfinished".to_owned()).await;
        let mut inside = connect(&database_url(cluster::admin_url().await, "template_unfinished")).await;
        for (service, migrators) in &self.services {
            let wanted = ServiceSchema { service, password: PASSWORD, migrators };
            provision(&mut inside, &wanted).await.unwrap_or_else(|error| panic!("{error}"));
        }
        inside.close().await.expect("closed");
        execute(admin, format!("alter database template_unfinished rename to {name}")).await;
    }

    /// The same services with the same migrations always get the same name.
    fn name(&self) -> String {
        let mut text = String::new();
        for (service, migrators) in &self.services {
            for migration in migrators.iter().flat_map(|migrator| migrator.iter()) {
                let (version, checksum) = (migration.version, &migration.checksum);
                write!(text, "{service} {version} {checksum:?};").expect("written to memory");
            }
        }
        format!("template_{}", kernel::id::derived_id(TEMPLATES, &text).simple())
    }
}

async fn exists(admin: &mut PgConnection, name: &str) -> bool {
    let found = sqlx::query_scalar("select exists (select from pg_database where datname = $1)");
    found.bind(name).fetch_one(admin).await.expect("looked up")
}

pub(crate) async fn connect(url: &str) -> PgConnection {
    PgConnection::connect(url).await.unwrap_or_else(|error| panic!("cannot connect to the test cluster: {error}"))
}

pub(crate) async fn execute(admin: &mut PgConnection, sql: String) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(admin).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The same server, another database.
pub(crate) fn database_url(admin_url: &str, database: &str) -> String {
    let server = admin_url.strip_suffix("/postgres").expect("the URL of the maintenance database");
    format!("{server}/{database}")
}
