//! One PostgreSQL per checkout and machine user, shared by all test processes and left running between them.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use private_servers::{NatsServer, OnDrop, PostgresOptions, PostgresServer};
use tokio::sync::OnceCell;
use tokio::task::spawn_blocking;
use uuid::Uuid;

const CONNECTIONS: u16 = 600;
const TEST_HOME: &str = "postgres";
const DURABLE_HOME: &str = "durable";
/// Names the checkout's folder by its path.
const CHECKOUTS: Uuid = Uuid::from_u128(0x6c7c_19a2_8f5e_4b0d_9c36_52d1_7a0b_4e11);

static DURABLE: AtomicBool = AtomicBool::new(false);

/// Has this process use a cluster that really writes to disk, as in production. For benchmarks, before the first
/// database.
pub fn use_durable_cluster() {
    DURABLE.store(true, Ordering::Relaxed);
}

/// The superuser's URL of the shared cluster's maintenance database; the first caller on the machine starts it.
pub(crate) async fn admin_url() -> &'static str {
    static URL: OnceCell<String> = OnceCell::const_new();
    URL.get_or_init(|| async { spawn_blocking(start_cluster).await.expect("the test cluster starts") }).await
}

/// Starts the shared cluster unless it runs, and answers its administrator's URL. Blocks.
pub fn start_cluster() -> String {
    let options = PostgresOptions {
        durable: DURABLE.load(Ordering::Relaxed),
        max_connections: CONNECTIONS,
        on_drop: OnDrop::Keep,
        ..PostgresOptions::default()
    };
    let server = PostgresServer::start(&postgres_home(), options);
    server.unwrap_or_else(|error| panic!("{error}")).admin_url()
}

/// What the cluster logs.
pub(crate) fn log() -> PathBuf {
    postgres_home().join("postgres.log")
}

fn postgres_home() -> PathBuf {
    home().join(if DURABLE.load(Ordering::Relaxed) { DURABLE_HOME } else { TEST_HOME })
}

/// Stops the shared cluster and every nats-server that a killed test left behind, and removes their files. Blocks.
pub fn stop_everything() {
    let home = home();
    for folder in fs::read_dir(home.join("nats")).into_iter().flatten().flatten() {
        if let Some(server) = NatsServer::attach(&folder.path(), OnDrop::Kill).expect("looked for a nats-server") {
            server.kill().expect("the nats-server ends");
        }
    }
    for cluster in [TEST_HOME, DURABLE_HOME] {
        let found = PostgresServer::attach(&home.join(cluster), OnDrop::Keep).expect("looked for the cluster");
        if let Some(server) = found {
            server.stop_immediate().expect("the test cluster ends");
        }
    }
    fs::remove_dir_all(&home).expect("the tests' files can be removed");
}

/// The folder of everything that the tests of this checkout keep on disk. Short, because sockets live in it.
pub(crate) fn home() -> PathBuf {
    let checkout = kernel::id::derived_id(CHECKOUTS, env!("CARGO_MANIFEST_DIR")).simple().to_string();
    let user = rustix::process::geteuid().as_raw();
    let home = std::env::temp_dir().join(format!("sluice-test-{user}-{}", &checkout[..8]));
    fs::create_dir_all(&home).expect("the temporary folder is writable");
    refuse_foreign(&home, user);
    // The database's own user passes through when the tests run as root.
    fs::set_permissions(&home, Permissions::from_mode(0o711)).expect("the folder is ours");
    home
}

/// Anybody can create a folder with this name in a shared temporary folder.
fn refuse_foreign(home: &Path, user: u32) {
    let owner = fs::symlink_metadata(home).expect("just created").uid();
    assert_eq!(owner, user, "{} belongs to another user; remove it", home.display());
}
