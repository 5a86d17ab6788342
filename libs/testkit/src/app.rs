//! One service running for real, with a database and a nats-server of its own.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::jetstream;
use authz::token::Signer;
use contracts::Event;
use futures::StreamExt;
use journal::broker;
use kernel::{Clock, IdSource, OrgPath, Principal, PrincipalKind, Role, TenantId};
use runtime::config::{Layered, LogFormat, TelemetryConfig};
use runtime::telemetry::Telemetry;
use runtime::{Definition, Parts, Running};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::client::Client;
use crate::{Template, TestDatabase, TestNats};

const PATIENCE: Duration = Duration::from_secs(20);
/// The tenant of every test that needs only one.
pub const TENANT: TenantId = TenantId(Uuid::from_u128(0x7e57));

/// Describes the service under test before it starts.
pub struct AppBuilder {
    definition: Definition,
    settings: Vec<(Vec<&'static str>, String)>,
    peers: Vec<(&'static str, axum::Router)>,
}

/// A running service. Dropping it stops everything.
pub struct TestApp {
    pub clock: Clock,
    pub ids: IdSource,
    pub base_url: String,
    pub database: TestDatabase,
    pub nats: TestNats,
    pub running: Option<Running>,
    js: jetstream::Context,
    gateway: Signer,
    http: reqwest::Client,
}

/// The seed with which a test's service signs; every service has another one.
fn seed_of(name: &str) -> [u8; 32] {
    let mut seed = [7; 32];
    for (at, byte) in name.bytes().enumerate() {
        seed[at % 32] ^= byte;
    }
    seed
}

impl TestApp {
    /// Starts a service with its defaults.
    pub async fn start(definition: Definition) -> Self {
        Self::builder(definition).start().await
    }

    /// A service that is set up before it starts.
    pub fn builder(definition: Definition) -> AppBuilder {
        AppBuilder { definition, settings: Vec::new(), peers: Vec::new() }
    }

    /// A person with `role` at `org`, with a fresh id.
    pub fn person(&self, role: Role, org: &str) -> Client {
        self.principal(Principal {
            kind: PrincipalKind::Person,
            tenant: TENANT,
            id: self.ids.new_id(),
            org: org.parse::<OrgPath>().expect("an organisation path"),
            roles: vec![role],
            stepped_up_until: None,
        })
    }

    /// A client that acts as `principal`.
    pub fn principal(&self, principal: Principal) -> Client {
        Client::new(self.http.clone(), self.base_url.clone(), self.gateway.clone(), self.clock.clone(), principal)
    }

    /// A client that is not signed in.
    pub fn visitor(&self) -> reqwest::Client {
        self.http.clone()
    }

    /// A superuser's connection, to arrange and to look behind the service's back.
    pub async fn admin(&self) -> PgConnection {
        self.database.admin().await
    }

    /// Publishes an event as the service that owns it would; answers the event's id.
    pub async fn publish<E: Event>(&self, event: &E, aggregate_id: Uuid, version: i64) -> Uuid {
        let id = self.ids.new_id();
        self.publish_again(event, id, aggregate_id, version).await;
        id
    }

    /// Publishes with a given event id: the same id again is a repeated delivery.
    pub async fn publish_again<E: Event>(&self, event: &E, id: Uuid, aggregate_id: Uuid, version: i64) {
        let mut headers = HeaderMap::new();
        headers.insert("ce-id", id.to_string());
        headers.insert("ce-type", E::KIND.type_name);
        headers.insert("ce-source", format!("sluice/{}", E::KIND.service));
        headers.insert("ce-subject", aggregate_id.to_string());
        headers.insert("ce-time", self.clock.now().to_rfc3339());
        headers.insert("ce-tenant", TENANT.to_string());
        headers.insert("ce-version", version.to_string());
        headers.insert("ce-actor", Uuid::nil().to_string());
        headers.insert("ce-actorrole", "service");
        headers.insert("ce-correlation", id.to_string());
        let payload = serde_json::to_vec(event).expect("json");
        let published = self.js.publish_with_headers(E::KIND.subject, headers, payload.into()).await;
        published.expect("sent").await.expect("acknowledged");
    }

    /// The first event of this type that is on the bus or arrives; panics when none does.
    pub async fn event<E: Event>(&self) -> E {
        self.events::<E>(1).await.remove(0)
    }

    /// The first `count` events of this type.
    pub async fn events<E: Event>(&self, count: usize) -> Vec<E> {
        let stream = broker::ensure_stream(&self.js, E::KIND.service).await.expect("a stream");
        let wanted =
            jetstream::consumer::pull::OrderedConfig { filter_subject: E::KIND.subject.into(), ..Default::default() };
        let consumer = stream.create_consumer(wanted).await.expect("a consumer");
        let messages = consumer.messages().await.expect("messages").take(count);
        let read =
            messages.map(|message| serde_json::from_slice(&message.expect("a message").payload).expect("an event"));
        tokio::time::timeout(PATIENCE, read.collect())
            .await
            .unwrap_or_else(|_| panic!("{count} × {} did not arrive", E::KIND.type_name))
    }

    /// How many events of this type the bus holds now.
    pub async fn count_events<E: Event>(&self) -> usize {
        let stream = broker::ensure_stream(&self.js, E::KIND.service).await.expect("a stream");
        let counts = stream.info_with_subjects(E::KIND.subject).await.expect("stream info");
        let all: Vec<_> = counts.collect().await;
        all.into_iter().map(|count| count.expect("a count").1).sum()
    }

    /// Asks again and again until there is an answer; panics after a while.
    pub async fn eventually<T, F: Future<Output = Option<T>>>(&self, what: &str, ask: impl Fn() -> F) -> T {
        let asking = async {
            loop {
                if let Some(answer) = ask().await {
                    return answer;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, asking).await.unwrap_or_else(|_| panic!("never: {what}"))
    }

    /// Stops the service in order and leaves database and bus as they are.
    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }
}

impl AppBuilder {
    /// Overrides one key, such as `["service", "daily_cap"]`, with a TOML value.
    pub fn set(mut self, path: &[&'static str], value: impl Into<String>) -> Self {
        self.settings.push((path.to_vec(), value.into()));
        self
    }

    /// Answers for another service: a gRPC service under test control, on a real socket.
    pub fn peer<S>(mut self, name: &'static str, server: S) -> Self
    where
        S: tower::Service<
                http::Request<tonic::body::Body>,
                Response = http::Response<tonic::body::Body>,
                Error = std::convert::Infallible,
            > + tonic::server::NamedService
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
    {
        self.peers.push((name, tonic::service::Routes::new(server).into_axum_router()));
        self
    }

    pub async fn start(self) -> TestApp {
        telemetry();
        let definition = self.definition;
        let template = Template::new().service(definition.name, &definition.migrators());
        let (database, nats) = tokio::join!(TestDatabase::new(&template), TestNats::start());
        let (clock, ids) = (crate::clock(), IdSource::random(Clock::movable()));
        let gateway = Signer::new("gateway", seed_of("gateway"));

        let mut layers = Layered::defaults(definition.name, definition.defaults).expect("defaults");
        layers.add("test", &settings(definition.name, &database, &nats)).expect("settings");
        for (name, routes) in self.peers {
            let url = serve(routes).await;
            layers.set(&["runtime", "peers", name], &format!("{url:?}")).expect("a peer");
        }
        for (path, value) in self.settings {
            layers.set(&path, &value).expect("a setting");
        }
        let config = layers.runtime().unwrap_or_else(|error| panic!("{error}"));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let parts = Parts {
            definition,
            config,
            service_config: layers.service(),
            listener,
            clock: clock.clone(),
            ids: ids.clone(),
        };
        let js = jetstream::new(async_nats::connect(nats.url()).await.expect("connected"));
        // Nobody makes a consumer while another one creates its stream.
        broker::ensure_streams(&js, &contracts::SERVICES).await.expect("streams");
        let running = runtime::start(parts).await.unwrap_or_else(|error| panic!("{error}"));
        TestApp {
            base_url: format!("http://{}", running.address),
            clock,
            ids,
            database,
            nats,
            running: Some(running),
            js,
            gateway,
            http: reqwest::Client::new(),
        }
    }
}

/// Traces and log lines as in production; the lines are shown when a test fails.
fn telemetry() {
    static STARTED: OnceLock<Option<Telemetry>> = OnceLock::new();
    let config = TelemetryConfig { format: LogFormat::Pretty, filter: "warn".into(), otlp_endpoint: String::new() };
    STARTED.get_or_init(|| Telemetry::start(&config, "test").ok());
}

fn settings(name: &str, database: &TestDatabase, nats: &TestNats) -> String {
    let own = Signer::new(name, seed_of(name));
    let mut keys = BTreeMap::from([(name.to_owned(), own.public_key())]);
    keys.insert("gateway".into(), Signer::new("gateway", seed_of("gateway")).public_key());
    let key = |(service, key): (&String, &[u8; 32])| {
        format!("{{ service = {service:?}, public_key = {:?} }}", hex::encode(key))
    };
    let keys: Vec<String> = keys.iter().map(key).collect();
    format!(
        "[runtime]\ndemo = true\n[runtime.database]\nurl = {:?}\n[runtime.nats]\nurl = {:?}\n[runtime.trust]\nseed = {:?}\nkeys = [{}]\n[runtime.ledger]\nseed = {:?}\n",
        database.url(name),
        nats.url(),
        hex::encode(seed_of(name)),
        keys.join(", "),
        hex::encode(seed_of("ledger")),
    )
}

async fn serve(routes: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address: SocketAddr = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}
