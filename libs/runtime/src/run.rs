//! Starts a service and stops it in order: first no new work, then finish what is under way.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream;
use axum::Router;
use axum::routing::get;
use contracts::journal::v1::ledger_server::LedgerServer;
use journal::consume::Consumer;
use journal::ledger::Signer;
use journal::relay::Relay;
use journal::{Journal, JournalError};
use kernel::{Clock, IdSource};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::{ConfigError, Layered, RuntimeConfig};
use crate::database::{self, DatabaseError};
use crate::definition::Shared;
use crate::grpc::RpcEdge;
use crate::http::finish;
use crate::ledger_service::LedgerService;
use crate::peers::PeerError;
use crate::service::Says;
use crate::telemetry::{Telemetry, TelemetryError};
use crate::trust::{BadKey, Trust};
use crate::{BuildError, Definition, Job, Peers, Processes, Service, dead_letter_routes, process_routes};

const FINISH_WITHIN: Duration = Duration::from_secs(20);

/// Why a service did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Telemetry(#[from] TelemetryError),
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error("bus: {0}")]
    Bus(#[from] async_nats::ConnectError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Key(#[from] BadKey),
    #[error("ledger key: {0}")]
    LedgerKey(String),
    #[error("the seed of runtime.{0} is the all-zero default: give the service its own secret")]
    DefaultSecret(&'static str),
    #[error(transparent)]
    Peer(#[from] PeerError),
    #[error(transparent)]
    Build(#[from] BuildError),
    #[error("cannot listen on {0}: {1}")]
    Listen(std::net::SocketAddr, std::io::Error),
    #[error("outside HTTP client: {0}")]
    Outside(#[from] reqwest::Error),
}

/// Everything a service is started from.
pub struct Parts {
    pub definition: Definition,
    pub config: RuntimeConfig,
    /// The `[service]` table.
    pub service_config: toml::Value,
    pub listener: TcpListener,
    pub clock: Clock,
    pub ids: IdSource,
}

/// A started service. Dropping it does not stop it; call [`Running::stop`].
pub struct Running {
    pub name: &'static str,
    pub address: std::net::SocketAddr,
    pub journal: Journal,
    intake: CancellationToken,
    relaying: CancellationToken,
    tasks: TaskTracker,
    relay: TaskTracker,
}

/// Reads the configuration, starts the service and serves until the process is told to stop.
pub fn run(definition: Definition) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(definition.name, &error),
    };
    match runtime.block_on(serve(definition.clone())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(definition.name, &error),
    }
}

/// Telemetry may not have started: say it where the person who started the process looks.
#[expect(clippy::print_stderr, reason = "the log may not exist yet")]
fn complain(name: &str, error: &dyn std::error::Error) -> ExitCode {
    eprintln!("{name}: {error}");
    ExitCode::FAILURE
}

async fn serve(definition: Definition) -> Result<(), StartError> {
    let mut layers = Layered::defaults(definition.name, definition.defaults)?;
    layers.add_process_environment()?;
    let config = layers.runtime()?;
    let _telemetry = Telemetry::start(&config.telemetry, definition.name)?;
    let listener = TcpListener::bind(config.listen).await.map_err(|error| StartError::Listen(config.listen, error))?;
    let clock = if config.demo { Clock::movable() } else { Clock::system() };
    let ids = IdSource::random(clock.clone());
    let parts = Parts { definition, config, service_config: layers.service(), listener, clock, ids };
    let running = start(parts).await?;
    told_to_stop().await;
    running.stop().await;
    Ok(())
}

/// Resolves at SIGTERM or Ctrl-C.
pub async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupted = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupted.await;
        }
    }
}

/// Starts a service on its listener.
pub async fn start(parts: Parts) -> Result<Running, StartError> {
    let Parts { definition, config, service_config, listener, clock, ids } = parts;
    let name = definition.name;
    refuse_default_secrets(&config)?;
    arm_fault(&config);
    let address = listener.local_addr().map_err(|error| StartError::Listen(config.listen, error))?;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let pool = database::connect(&config.database, name).await?;
    let bus = connect_bus(&config).await?;
    let js = jetstream::new(bus.clone());
    let journal = Journal::new(name, pool.clone(), clock.clone(), ids.clone());
    let trust = Arc::new(Trust::new(name, &config.trust)?);
    let signer = Arc::new(ledger_signer(name, &config.ledger.seed)?);
    let intake = CancellationToken::new();
    let shared = Shared {
        config: (),
        journal: journal.clone(),
        clock: clock.clone(),
        ids: ids.clone(),
        peers: Peers::new(with_itself(config.peers.clone(), name, address), trust.clone(), clock.clone())?,
        outside: reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?,
        pool,
        trust: trust.clone(),
        bus,
        stopping: intake.clone(),
        demo: config.demo,
    };
    let service = (definition.build)(service_config, shared).await?;
    let edge = crate::http::Edge { trust: trust.clone(), clock: clock.clone(), ids: ids.clone() };
    let consumers: Vec<Consumer> = service.reactions.iter().map(|reaction| reaction.consumer.clone()).collect();
    let running = Running {
        name,
        address,
        journal: journal.clone(),
        intake,
        relaying: CancellationToken::new(),
        tasks: TaskTracker::new(),
        relay: TaskTracker::new(),
    };
    let Service { routes, api, mut rpcs, timers, mut jobs, processes, around, says, .. } = service;
    rpcs.add_service(LedgerServer::new(LedgerService {
        journal: journal.clone(),
        edge: RpcEdge::new(trust, clock, ids),
        signer: signer.clone(),
    }));
    let routes =
        finish(around(routes.merge(housekeeping(name, api, &journal, &js, &consumers, processes, says))), edge, name)
            .merge(rpcs.routes().into_axum_router().reset_fallback());
    jobs.push(Job::every("sweep", Duration::from_hours(1), journal.clone(), async |journal: Journal| {
        journal::retention::sweep(&journal).await.map(|_| ())
    }));
    running.spawn_all(listener, routes, consumers, timers, jobs, &js);
    running.relay.spawn(Relay::new(journal, js, signer).run(running.relaying.clone()));
    running.tasks.close();
    running.relay.close();
    tracing::info!(service = name, %address, "serving");
    Ok(running)
}

/// A service reaches its own routes and RPCs the way it reaches those of its peers.
fn with_itself(
    mut peers: BTreeMap<String, String>,
    name: &str,
    address: std::net::SocketAddr,
) -> BTreeMap<String, String> {
    peers.entry(name.to_owned()).or_insert_with(|| format!("http://{address}"));
    peers
}

fn refuse_default_secrets(config: &RuntimeConfig) -> Result<(), StartError> {
    let is_default = |seed: &str| seed.chars().all(|digit| digit == '0');
    if is_default(&config.trust.seed) {
        return Err(StartError::DefaultSecret("trust"));
    }
    if is_default(&config.ledger.seed) {
        return Err(StartError::DefaultSecret("ledger"));
    }
    Ok(())
}

fn arm_fault(config: &RuntimeConfig) {
    if !config.demo || config.crash_at.is_empty() {
        return;
    }
    let (point, nth) = config.crash_at.split_once(':').unwrap_or((&config.crash_at, "1"));
    journal::crash::arm(point, nth.parse().unwrap_or(1));
}

async fn connect_bus(config: &RuntimeConfig) -> Result<async_nats::Client, StartError> {
    let mut options = async_nats::ConnectOptions::new().retry_on_initial_connect();
    if !config.nats.user.is_empty() {
        options = options.user_and_password(config.nats.user.clone(), config.nats.password.clone());
    }
    Ok(options.connect(&config.nats.url).await?)
}

fn ledger_signer(name: &str, seed: &str) -> Result<Signer, StartError> {
    let bytes = hex::decode(seed).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let bytes = bytes.ok_or_else(|| StartError::LedgerKey("not 64 hex digits".into()))?;
    Signer::new(&format!("sluice/{name}"), &bytes).map_err(|error| StartError::LedgerKey(error.to_string()))
}

/// Health, readiness, API description, process definitions and dead letters: the same in every service.
fn housekeeping(
    name: &'static str,
    api: utoipa::openapi::OpenApi,
    journal: &Journal,
    js: &jetstream::Context,
    consumers: &[Consumer],
    processes: Option<Processes>,
    says: Vec<(&'static str, Says)>,
) -> Router {
    let (process, process_api) = process_routes::routes(name, journal, processes).split_for_parts();
    let (dead, dead_api) = dead_letter_routes::routes(name, journal, consumers).split_for_parts();
    let mut api = api;
    api.merge(process_api);
    api.merge(dead_api);
    let (journal, js) = (journal.clone(), js.clone());
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(async move || crate::health::ready(&journal, &js, &says).await))
        .route("/openapi.json", get(async move || axum::Json(api.clone())))
        .merge(process)
        .merge(dead)
}

impl Running {
    fn spawn_all(
        &self,
        listener: TcpListener,
        routes: Router,
        consumers: Vec<Consumer>,
        timers: journal::timers::Handlers,
        jobs: Vec<Job>,
        js: &jetstream::Context,
    ) {
        let stopping = self.intake.clone();
        self.tasks.spawn(async move {
            let routes = routes.into_make_service_with_connect_info::<std::net::SocketAddr>();
            let serving = axum::serve(listener, routes).with_graceful_shutdown(stopping.cancelled_owned());
            if let Err(error) = serving.await {
                tracing::error!(%error, "HTTP server ended");
            }
        });
        for consumer in consumers {
            self.tasks.spawn(journal::consume::run(self.journal.clone(), js.clone(), consumer, self.intake.clone()));
        }
        if !timers.is_empty() {
            self.tasks.spawn(journal::timers::run(self.journal.clone(), timers, self.intake.clone()));
        }
        for job in jobs {
            self.tasks.spawn(job.run(self.intake.clone()));
        }
    }

    /// Stage one: no new requests, events, timers or jobs; those under way finish. Stage two: the relay
    /// publishes what they left and gives up its lease. What takes too long is cut; the outbox keeps it.
    pub async fn stop(self) {
        self.intake.cancel();
        if tokio::time::timeout(FINISH_WITHIN, self.tasks.wait()).await.is_err() {
            tracing::warn!(service = self.name, "some work did not finish in time; it will be done again");
        }
        self.relaying.cancel();
        let _ = tokio::time::timeout(FINISH_WITHIN, self.relay.wait()).await;
        self.journal.pool().close().await;
        tracing::info!(service = self.name, "stopped");
    }
}
