//! Services as processes of their own, on a database and a broker of the test's own, all of which can be
//! killed.

mod headers;
mod member;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use all_in_one::stack::Keys;
use async_nats::jetstream;
use authz::token::Signer;
use contracts::Event;
use futures::TryStreamExt;
use kernel::{Clock, IdSource, OrgPath, Principal, PrincipalKind, Role, TenantId};
use private_servers::{NatsServer, OnDrop, PostgresOptions, PostgresServer};
use reqwest::{Method, RequestBuilder};
use runtime::Definition;
use runtime::database::{ServiceSchema, provision, service_url};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

use member::Member;

const PATIENCE: Duration = Duration::from_mins(1);
pub const TENANT: TenantId = TenantId(Uuid::from_u128(0xfa17));

/// Some services, each in a process that can be killed and started again.
pub struct Fleet {
    pub clock: Clock,
    pub ids: IdSource,
    folder: TempDir,
    postgres: Option<PostgresServer>,
    nats: Option<NatsServer>,
    members: BTreeMap<&'static str, Member>,
    keys: Keys,
    ports: BTreeMap<&'static str, u16>,
    gateway: Signer,
    http: reqwest::Client,
}

impl Fleet {
    /// Prepares servers and schemas and starts the named services.
    pub async fn start(names: &[&'static str]) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::Builder::new().prefix("sluice-fleet-").tempdir().expect("a folder");
        open_to_the_database_user(folder.path());
        let (clock, ids) = (Clock::system(), IdSource::random(Clock::system()));
        let (postgres, nats) = start_servers(folder.path().to_owned()).await;
        let keys = Keys::load_or_make(&folder.path().join("keys.json"), &contracts::SERVICES, &ids).expect("keys");
        let ports = contracts::SERVICES.iter().map(|name| (*name, member::free_port())).collect();
        let gateway = keys.signer("gateway").expect("a key");
        let mut fleet = Self {
            clock,
            ids,
            folder,
            postgres: Some(postgres),
            nats: Some(nats),
            members: BTreeMap::new(),
            keys,
            ports,
            gateway,
            http: reqwest::Client::new(),
        };
        for name in names {
            fleet.add(name, "").await;
        }
        fleet
    }

    /// Adds a service, from the first moment with an armed fault point.
    pub async fn add(&mut self, name: &'static str, crash_at: &str) {
        let postgres = self.postgres.as_ref().expect("a database").admin_url();
        let nats = self.nats.as_ref().expect("a broker").url();
        let definition = all_in_one::services::all().into_iter().find(|definition| definition.name == name);
        let definition = definition.expect("a service");
        prepare(&postgres, std::slice::from_ref(&definition), &self.keys).await;
        let url = service_url(&postgres, name, self.keys.password(name)).expect("a URL");
        let config = member::config(name, &url, &nats, &self.keys, &self.ports);
        let path = self.folder.path().join(format!("{name}.toml"));
        std::fs::write(&path, config).expect("written");
        self.members.insert(name, Member::new(name, path, self.ports[name]));
        self.run(name, crash_at).await;
    }

    /// Starts a service's process; `crash_at` arms a fault point such as `after_commit:3`.
    pub async fn run(&mut self, name: &'static str, crash_at: &str) {
        let member = self.members.get_mut(name).expect("a member");
        member.start(crash_at);
        member.ready(&self.http).await;
    }

    /// `kill -9`.
    pub fn kill(&mut self, name: &'static str) {
        self.members.get_mut(name).expect("a member").kill();
    }

    /// Waits until the armed fault point has ended the process.
    pub async fn crashed(&mut self, name: &'static str) {
        let member = self.members.get_mut(name).expect("a member");
        tokio::time::timeout(PATIENCE, member.ended())
            .await
            .unwrap_or_else(|_| panic!("{name} passed its fault point alive"));
    }

    /// A second process of the same service, with its own port: two relays, two of every consumer.
    pub async fn run_twin(&mut self, name: &'static str) -> TwinGuard {
        let member = self.members.get(name).expect("a member");
        let mut twin = member.twin();
        twin.start("");
        twin.ready(&self.http).await;
        TwinGuard(twin)
    }

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

    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql)
            .fetch_one(&mut self.admin().await)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Waits until the query answers `wanted`.
    pub async fn until(&self, sql: &'static str, wanted: i64) {
        let waiting = async {
            while self.count(sql).await != wanted {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let reached = tokio::time::timeout(PATIENCE, waiting).await.is_ok();
        assert!(reached, "after {PATIENCE:?} {sql} is {} and not {wanted}", self.count(sql).await);
    }

    pub async fn bus(&self) -> jetstream::Context {
        let url = self.nats.as_ref().expect("a broker").url();
        jetstream::new(async_nats::connect(url).await.expect("connected"))
    }

    /// A person who acts directly on a service, as the gateway would let them.
    pub fn person(&self, role: Role) -> Principal {
        Principal {
            kind: PrincipalKind::Person,
            tenant: TENANT,
            id: self.ids.new_id(),
            org: OrgPath::root(),
            roles: vec![role],
            stepped_up_until: None,
        }
    }

    /// The principal token that the gateway would mint.
    pub fn token(&self, principal: &Principal) -> String {
        self.gateway.mint(principal, self.clock.now(), chrono::Duration::minutes(1)).expect("a token")
    }

    pub fn address(&self, service: &'static str) -> String {
        format!("http://127.0.0.1:{}", self.ports[service])
    }

    pub fn request(&self, principal: &Principal, service: &'static str, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.address(service)))
            .timeout(Duration::from_secs(10))
            .header(runtime::trust::PRINCIPAL_HEADER, self.token(principal))
    }

    /// Publishes an event as the service that owns it would; the same `event_id` again is a repetition.
    pub async fn publish<E: Event>(&self, event: &E, event_id: Uuid, aggregate_id: Uuid, version: i64) {
        let js = self.bus().await;
        journal::broker::ensure_stream(&js, E::KIND.service).await.expect("a stream");
        let sent = js.publish_with_headers(
            E::KIND.subject,
            headers::of(E::KIND, event_id, aggregate_id, version),
            json(event),
        );
        sent.await.expect("published").await.expect("acknowledged");
    }

    /// Waits until every consumer of a service's events has handled all of them.
    pub async fn consumed(&self, source: &str) {
        let js = self.bus().await;
        let stream = js.get_stream(contracts::stream_of(source)).await.expect("the stream");
        let waiting = async {
            loop {
                let consumers: Vec<_> = stream.consumers().try_collect().await.expect("consumers");
                let left = |info: &jetstream::consumer::Info| info.num_pending + info.num_ack_pending as u64;
                if consumers.iter().map(left).sum::<u64>() == 0 {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("everything is handled");
    }

    /// Waits until a stream holds exactly this many messages.
    pub async fn until_messages(&self, stream: &str, wanted: u64) {
        let js = self.bus().await;
        let waiting = async {
            loop {
                let held = match js.get_stream(stream).await {
                    Ok(stream) => stream.cached_info().state.messages,
                    Err(_) => 0,
                };
                if held == wanted {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .unwrap_or_else(|_| panic!("{stream} does not hold {wanted} messages"));
    }
}

fn json<E: Event>(event: &E) -> bytes::Bytes {
    serde_json::to_vec(event).expect("json").into()
}

/// Kills the second process when dropped.
pub struct TwinGuard(Member);

impl TwinGuard {
    pub fn kill(&mut self) {
        self.0.kill();
    }
}

fn options() -> PostgresOptions {
    PostgresOptions { durable: true, on_drop: OnDrop::Kill, ..PostgresOptions::default() }
}

async fn start_servers(folder: PathBuf) -> (PostgresServer, NatsServer) {
    let starting = tokio::task::spawn_blocking(move || {
        let postgres = PostgresServer::start(&folder.join("postgres"), options()).expect("a database");
        let nats = NatsServer::start(&folder.join("nats"), OnDrop::Kill).expect("a broker");
        (postgres, nats)
    });
    starting.await.expect("joined")
}

/// As root the database runs as another user, who must get through to its folder.
fn open_to_the_database_user(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o711)).expect("ours");
}

async fn prepare(admin_url: &str, definitions: &[Definition], keys: &Keys) {
    let mut admin = PgConnection::connect(admin_url).await.expect("connected");
    for definition in definitions {
        let migrators = definition.migrators();
        let wanted =
            ServiceSchema { service: definition.name, password: keys.password(definition.name), migrators: &migrators };
        provision(&mut admin, &wanted).await.unwrap_or_else(|error| panic!("{error}"));
    }
}
