//! Starts everything in order and stops it in reverse: servers, schemas, services.

mod claim;
mod demo_clock;
mod keys;
mod servers;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use async_nats::jetstream;
use futures::future::try_join_all;
use journal::{JournalError, broker};
use kernel::{Clock, IdSource};
use runtime::config::{ConfigError, Layered};
use runtime::database::{DatabaseError, ServiceSchema, provision, service_url};
use runtime::run::StartError;
use runtime::{Definition, Parts, Running};
use sqlx::{Connection, PgConnection};
use tokio::net::TcpListener;

pub use claim::{Claim, ClaimError, stop_process};
use demo_clock::DemoClock;
pub use keys::Keys;
pub use servers::Servers;

#[derive(Debug, thiserror::Error)]
pub enum StackError {
    #[error(transparent)]
    Claim(#[from] ClaimError),
    #[error(transparent)]
    Server(#[from] private_servers::ServerError),
    #[error("cannot use {0}: {1}")]
    Folder(PathBuf, std::io::Error),
    #[error("the installation's keys: {0}")]
    Keys(String),
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    #[error("the bus: {0}")]
    Connect(#[from] async_nats::ConnectError),
    #[error(transparent)]
    Bus(#[from] JournalError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("{0}: {1}")]
    Service(&'static str, Box<StartError>),
    #[error("cannot listen on {0}: {1}; another program may use that port (choose one with --port)")]
    Listen(SocketAddr, std::io::Error),
    #[error("a start-up task broke off: {0}")]
    Task(#[from] tokio::task::JoinError),
}

/// What to start.
#[derive(Clone, Debug)]
pub struct StackOptions {
    /// Where data and keys are kept.
    pub folder: PathBuf,
    /// The gateway's address.
    pub listen: SocketAddr,
    /// Allows moving the clock.
    pub demo: bool,
    /// More settings for single services, as TOML.
    pub settings: BTreeMap<&'static str, String>,
}

/// Everything that runs.
pub struct Stack {
    pub servers: Servers,
    pub clock: Clock,
    pub base_url: String,
    running: Vec<Running>,
    _remembering: Option<DemoClock>,
    _claim: Claim,
}

impl Stack {
    /// Starts servers, brings schemas up to date and starts the nine services. Nothing is left running when it fails.
    pub async fn start(options: StackOptions) -> Result<Self, StackError> {
        let folder = options.folder.clone();
        std::fs::create_dir_all(&folder).map_err(|error| StackError::Folder(folder.clone(), error))?;
        let claim = Claim::take(&folder)?;
        let unusable = |error| StackError::Folder(folder.clone(), error);
        let demo = options.demo.then(|| DemoClock::of(&folder)).transpose().map_err(unusable)?;
        let clock = demo.as_ref().map_or_else(Clock::system, |demo| demo.clock.clone());
        let definitions = crate::services::all();
        let listeners = bind(&definitions, options.listen).await?;
        let peers = peers(&listeners)?;
        let base_url = peers.get("gateway").cloned().unwrap_or_default();
        let servers = tokio::task::spawn_blocking(move || Servers::start(&folder)).await??;
        match start_services(&options, &servers, &clock, definitions, listeners, &peers).await {
            Ok(running) => Ok(Self { servers, clock, base_url, running, _remembering: demo, _claim: claim }),
            Err(error) => {
                tokio::task::spawn_blocking(move || servers.stop()).await??;
                Err(error)
            }
        }
    }

    /// Stops the services in order, then the servers.
    pub async fn stop(self) -> Result<(), StackError> {
        futures::future::join_all(self.running.into_iter().map(Running::stop)).await;
        tokio::task::spawn_blocking(move || self.servers.stop()).await??;
        Ok(())
    }

    /// The database as its administrator reaches it.
    pub fn admin_url(&self) -> String {
        self.servers.admin_url()
    }
}

async fn start_services(
    options: &StackOptions,
    servers: &Servers,
    clock: &Clock,
    definitions: [Definition; 9],
    listeners: Vec<TcpListener>,
    peers: &BTreeMap<String, String>,
) -> Result<Vec<Running>, StackError> {
    let ids = IdSource::random(clock.clone());
    let names: Vec<&str> = definitions.iter().map(|definition| definition.name).collect();
    let keys = Keys::load_or_make(&options.folder.join("keys.json"), &names, &ids)?;
    prepare_database(&servers.admin_url(), &definitions, &keys).await?;
    prepare_bus(&servers.nats_url()).await?;
    let mut starting = Vec::new();
    for (definition, listener) in definitions.into_iter().zip(listeners) {
        let name = definition.name;
        let layers = layers(&definition, options, servers, &keys, peers)?;
        let parts = Parts {
            config: layers.runtime()?,
            service_config: layers.service(),
            definition,
            listener,
            clock: clock.clone(),
            ids: ids.clone(),
        };
        starting.push(async move {
            runtime::start(parts).await.map_err(|error| StackError::Service(name, Box::new(error)))
        });
    }
    try_join_all(starting).await
}

/// Creates or updates every service's schema and roles; takes a moment when nothing is new.
async fn prepare_database(admin_url: &str, definitions: &[Definition], keys: &Keys) -> Result<(), StackError> {
    let mut admin = PgConnection::connect(admin_url).await?;
    for definition in definitions {
        let migrators = definition.migrators();
        let wanted =
            ServiceSchema { service: definition.name, password: keys.password(definition.name), migrators: &migrators };
        provision(&mut admin, &wanted).await?;
    }
    admin.close().await?;
    Ok(())
}

/// Creates the streams that are missing before nine services ask for consumers on each other's.
async fn prepare_bus(nats_url: &str) -> Result<(), StackError> {
    let client = async_nats::connect(nats_url).await?;
    Ok(broker::ensure_streams(&jetstream::new(client), &contracts::SERVICES).await?)
}

/// The gateway listens where it was asked to; the others on free loopback ports.
async fn bind(definitions: &[Definition], gateway: SocketAddr) -> Result<Vec<TcpListener>, StackError> {
    let mut listeners = Vec::new();
    for definition in definitions {
        let address = if definition.name == "gateway" { gateway } else { SocketAddr::from(([127, 0, 0, 1], 0)) };
        listeners.push(TcpListener::bind(address).await.map_err(|error| StackError::Listen(address, error))?);
    }
    Ok(listeners)
}

fn peers(listeners: &[TcpListener]) -> Result<BTreeMap<String, String>, StackError> {
    let mut peers = BTreeMap::new();
    for (definition, listener) in crate::services::all().iter().zip(listeners) {
        let unknown = SocketAddr::from(([127, 0, 0, 1], 0));
        let address = listener.local_addr().map_err(|error| StackError::Listen(unknown, error))?;
        peers.insert(definition.name.to_owned(), format!("http://127.0.0.1:{}", address.port()));
    }
    Ok(peers)
}

/// Few connections per service: nine services share one laptop.
const CONNECTIONS: u32 = 12;

fn layers(
    definition: &Definition,
    options: &StackOptions,
    servers: &Servers,
    keys: &Keys,
    peers: &BTreeMap<String, String>,
) -> Result<Layered, StackError> {
    let name = definition.name;
    let mut layers = Layered::defaults(name, definition.defaults)?;
    layers.add("installation keys", &keys.settings(name)?)?;
    let url = service_url(&servers.admin_url(), name, keys.password(name))?;
    layers.set(&["runtime", "database", "url"], &format!("{url:?}"))?;
    layers.set(&["runtime", "database", "max_connections"], &CONNECTIONS.to_string())?;
    layers.set(&["runtime", "nats", "url"], &format!("{:?}", servers.nats_url()))?;
    layers.set(&["runtime", "demo"], &options.demo.to_string())?;
    for (peer, address) in peers {
        layers.set(&["runtime", "peers", peer], &format!("{address:?}"))?;
    }
    if let Some(settings) = options.settings.get(name) {
        layers.add("installation settings", settings)?;
    }
    layers.add_process_environment()?;
    Ok(layers)
}
