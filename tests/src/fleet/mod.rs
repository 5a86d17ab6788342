//! Services as processes of their own, on a database and a broker of the test's own, all of which can be
//! killed.
//!
//! | file | what it holds |
//! |---|---|
//! | `mod` | which services run, and how each of them dies |
//! | `member`, `settings` | one process and its configuration |
//! | `addresses` | where they listen |
//! | `servers` | PostgreSQL and nats-server, and how they die |
//! | `door`, `staff` | requests in the name of the organisation's people |
//! | `bus`, `headers` | events, as a relay would publish them |

mod addresses;
mod bus;
mod door;
mod headers;
mod member;
mod servers;
mod settings;
pub mod staff;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use all_in_one::stack::Keys;
use kernel::{Clock, IdSource, Principal, Role, TenantId};
use private_servers::{NatsServer, PostgresServer};
use runtime::database::service_url;
use tempfile::TempDir;
use uuid::Uuid;

pub use door::Door;
use member::Member;
use settings::Surroundings;

/// How long anything may take: what is not quiet by then is stuck.
pub const PATIENCE: Duration = Duration::from_mins(1);
const LOOK_AGAIN: Duration = Duration::from_millis(50);
pub const TENANT: TenantId = TenantId(Uuid::from_u128(0xfa17));

/// Some services, each in a process that can be killed and started again.
pub struct Fleet {
    pub door: Door,
    folder: TempDir,
    postgres: Option<PostgresServer>,
    nats: Option<NatsServer>,
    members: BTreeMap<&'static str, Member>,
    keys: Keys,
}

impl Fleet {
    /// Prepares servers and starts the named services.
    pub async fn start(names: &[&'static str]) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::Builder::new().prefix("sluice-fleet-").tempdir().expect("a folder");
        let clock = Clock::system();
        let ids = IdSource::random(clock.clone());
        let (postgres, nats) = servers::start(folder.path().to_owned()).await;
        let keys = Keys::load_or_make(&folder.path().join("keys.json"), &contracts::SERVICES, &ids).expect("keys");
        let addresses: BTreeMap<_, _> = contracts::SERVICES.into_iter().zip(addresses::all()).collect();
        let door = Door {
            clock,
            addresses: Arc::new(addresses),
            gateway: keys.signer("gateway").expect("a key"),
            http: reqwest::Client::new(),
        };
        let members = BTreeMap::new();
        let mut fleet = Self { door, folder, postgres: Some(postgres), nats: Some(nats), members, keys };
        for name in names {
            fleet.add(name).await;
        }
        fleet
    }

    /// Adds a service.
    pub async fn add(&mut self, name: &'static str) {
        let postgres = self.postgres.as_ref().expect("a database").admin_url();
        let definition = all_in_one::services::all().into_iter().find(|definition| definition.name == name);
        servers::prepare(&postgres, &definition.expect("a service"), &self.keys).await;
        let around = Surroundings {
            database_url: &service_url(&postgres, name, self.keys.password(name)).expect("a URL"),
            nats_url: &self.nats.as_ref().expect("a broker").url(),
            keys: &self.keys,
            addresses: &self.door.addresses,
            folder: self.folder.path(),
        };
        let path = self.folder.path().join(format!("{name}.toml"));
        std::fs::write(&path, settings::of(name, &around)).expect("written");
        self.members.insert(name, Member::new(name, path, self.door.addresses[name]));
        self.run(name).await;
    }

    /// The services of the fleet.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.members.keys().copied()
    }

    pub fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    fn member(&mut self, name: &'static str) -> &mut Member {
        self.members.get_mut(name).expect("a member")
    }

    async fn run(&mut self, name: &'static str) {
        let http = self.door.http.clone();
        let member = self.member(name);
        member.start("");
        assert!(member.ready(&http).await, "{name} ended");
    }

    /// Starts the service anew, to die when it passes a fault point for the nth time: `after_commit:3`.
    pub async fn arm(&mut self, name: &'static str, crash_at: &str) {
        let http = self.door.http.clone();
        let member = self.member(name);
        member.stop().await;
        member.start(crash_at);
        member.ready(&http).await;
    }

    /// `kill -9`, and a new start.
    pub async fn kill(&mut self, name: &'static str) {
        self.member(name).kill();
        self.run(name).await;
    }

    /// Waits until the armed fault point has ended the process, and starts it again without.
    pub async fn crashed(&mut self, name: &'static str) {
        self.member(name).ended().await;
        self.run(name).await;
    }

    /// A second process of the same service, with its own port: two relays, two of every consumer.
    pub async fn run_twin(&mut self, name: &'static str) -> TwinGuard {
        let http = self.door.http.clone();
        let mut twin = self.member(name).twin(addresses::of_twin());
        twin.start("");
        assert!(twin.ready(&http).await, "the second {name} ended");
        TwinGuard(twin)
    }

    /// The person who holds `role`, acting directly on a service as the gateway would let them.
    pub fn person(&self, role: Role) -> Principal {
        staff::person(role, self.door.clock.now())
    }
}

/// Waits, for a bounded time, until something holds.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, waiting).await.is_ok(), "not within {PATIENCE:?}: {what}");
}

/// Kills the second process when dropped.
pub struct TwinGuard(Member);

impl TwinGuard {
    pub fn kill(&mut self) {
        self.0.kill();
    }
}
