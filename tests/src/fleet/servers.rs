//! The fleet's own database and broker: how they die, and what the database holds.

use std::path::{Path, PathBuf};

use all_in_one::stack::Keys;
use private_servers::{NatsServer, OnDrop, PostgresOptions, PostgresServer};
use runtime::Definition;
use runtime::database::{ServiceSchema, provision};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::{Fleet, until};

impl Fleet {
    /// `kill -9` of the broker.
    pub async fn kill_nats(&mut self) {
        let nats = self.nats.take().expect("a broker");
        tokio::task::spawn_blocking(move || nats.kill()).await.expect("joined").expect("killed");
    }

    /// Starts the broker again on its old port; `wipe` empties its store first.
    pub async fn restart_nats(&mut self, wipe: bool) {
        let folder = self.folder.path().join("nats");
        if wipe {
            let _ = std::fs::remove_dir_all(folder.join("jetstream"));
        }
        let nats = tokio::task::spawn_blocking(move || NatsServer::start(&folder, OnDrop::Kill)).await.expect("joined");
        self.nats = Some(nats.expect("a broker"));
    }

    /// PostgreSQL immediate stop (as after a power cut), then start.
    pub async fn crash_postgres(&mut self) {
        let postgres = self.postgres.take().expect("a database");
        let folder = self.folder.path().join("postgres");
        let again = tokio::task::spawn_blocking(move || {
            postgres.stop_immediate().expect("stopped");
            PostgresServer::start(&folder, options())
        });
        self.postgres = Some(again.await.expect("joined").expect("a database"));
    }

    pub async fn admin(&self) -> PgConnection {
        let url = self.postgres.as_ref().expect("a database").admin_url();
        PgConnection::connect(&url).await.expect("connected")
    }

    pub async fn count(&self, sql: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
            .fetch_one(&mut self.admin().await)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Waits until the query answers `wanted` or more.
    pub async fn until_count(&self, sql: &str, wanted: i64) {
        until(&format!("{sql} is {wanted}"), async || self.count(sql).await >= wanted).await;
    }
}

fn options() -> PostgresOptions {
    PostgresOptions { durable: true, on_drop: OnDrop::Kill, ..PostgresOptions::default() }
}

pub async fn start(folder: PathBuf) -> (PostgresServer, NatsServer) {
    open_to_the_database_user(&folder);
    let starting = tokio::task::spawn_blocking(move || {
        let postgres = PostgresServer::start(&folder.join("postgres"), options()).expect("a database");
        let nats = NatsServer::start(&folder.join("nats"), OnDrop::Kill).expect("a broker");
        (postgres, nats)
    });
    starting.await.expect("joined")
}

/// As root the database runs as another user, who must get through to its folder.
fn open_to_the_database_user(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o711)).expect("ours");
}

/// Creates or updates a service's schema and roles.
pub async fn prepare(admin_url: &str, definition: &Definition, keys: &Keys) {
    let mut admin = PgConnection::connect(admin_url).await.expect("connected");
    let migrators = definition.migrators();
    let wanted =
        ServiceSchema { service: definition.name, password: keys.password(definition.name), migrators: &migrators };
    provision(&mut admin, &wanted).await.unwrap_or_else(|error| panic!("{error}"));
}
