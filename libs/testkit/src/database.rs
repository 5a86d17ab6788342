use std::path::PathBuf;

use kernel::{Clock, IdSource};
use runtime::database::{DatabaseConfig, service_url};
use sqlx::{PgConnection, PgPool};

use crate::cluster;
use crate::template::{PASSWORD, Template, connect, database_url, execute};

const CONNECTIONS: u32 = 10;
const ACQUIRE_TIMEOUT_MS: u64 = 10_000;

/// A database of the test's own, removed when dropped.
pub struct TestDatabase {
    name: String,
    cluster: &'static str,
}

impl TestDatabase {
    /// Copies the template; the first test that asks for it makes it.
    pub async fn new(template: &Template) -> Self {
        let source = template.ready().await;
        let cluster = cluster::admin_url().await;
        let name = format!("test_{}", IdSource::random(Clock::system()).new_id().simple());
        let mut admin = connect(cluster).await;
        execute(&mut admin, format!("create database {name} template {source}")).await;
        Self { name, cluster }
    }

    /// The superuser's URL of this database.
    pub fn admin_url(&self) -> String {
        database_url(self.cluster, &self.name)
    }

    /// The URL with which `service` works in this database.
    pub fn url(&self, service: &str) -> String {
        service_url(&self.admin_url(), service, PASSWORD).expect("a service's name")
    }

    /// What the service's configuration would say.
    pub fn config(&self, service: &str) -> DatabaseConfig {
        let url = self.url(service);
        DatabaseConfig { url, max_connections: CONNECTIONS, acquire_timeout_ms: ACQUIRE_TIMEOUT_MS }
    }

    /// The pool that `service` would have.
    pub async fn pool(&self, service: &str) -> PgPool {
        let pool = runtime::database::connect(&self.config(service), service).await;
        pool.unwrap_or_else(|error| panic!("{error}"))
    }

    /// What the server logs, of every database.
    pub fn server_log(&self) -> PathBuf {
        cluster::log()
    }

    /// A superuser's connection, to arrange and to look behind the service's back.
    pub async fn admin(&self) -> PgConnection {
        connect(&self.admin_url()).await
    }
}

impl Drop for TestDatabase {
    /// A drop may happen inside a runtime, where blocking on another future is forbidden: a thread has its own.
    fn drop(&mut self) {
        let (name, cluster) = (self.name.clone(), self.cluster);
        let removal = std::thread::spawn(move || remove(&name, cluster));
        if removal.join().is_err() {
            tracing::warn!(database = self.name, "the test's database stays until the test cluster is stopped");
        }
    }
}

fn remove(name: &str, cluster: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut admin = connect(cluster).await;
        execute(&mut admin, format!("drop database if exists {name} with (force)")).await;
    });
}
