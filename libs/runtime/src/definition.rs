//! What a service is, before it runs.

use std::future::Future;
use std::sync::Arc;

use futures::future::BoxFuture;
use journal::Journal;
use kernel::{Clock, IdSource};
use serde::de::DeserializeOwned;
use sqlx::PgPool;
use sqlx::migrate::Migrator;
use tokio_util::sync::CancellationToken;

use crate::config::ConfigError;
use crate::trust::Trust;
use crate::{Peers, Service};

/// A service's name, defaults, tables and wiring.
#[derive(Clone)]
pub struct Definition {
    pub name: &'static str,
    /// `config.default.toml`: every key with its default and a comment.
    pub defaults: &'static str,
    /// The service's own migrations; those of the libraries are added.
    pub migrations: &'static Migrator,
    pub(crate) build: Build,
}

type Build = Arc<dyn Fn(toml::Value, Shared) -> BoxFuture<'static, Result<Service, BuildError>> + Send + Sync>;

/// What the runtime hands to `app::build`.
#[derive(Clone)]
pub struct Context<C> {
    /// The `[service]` table of the configuration.
    pub config: C,
    pub journal: Journal,
    pub clock: Clock,
    pub ids: IdSource,
    /// The other services, for questions that need an answer now.
    pub peers: Peers,
    /// For calls to the world outside.
    pub outside: reqwest::Client,
    pub pool: PgPool,
    /// Verifies and signs principal tokens.
    pub trust: Arc<Trust>,
    /// The broker's own connection, for watching what happens; work is done by reactions.
    pub bus: async_nats::Client,
    /// Ends what would go on for ever, such as a stream to a browser.
    pub stopping: CancellationToken,
    /// True in demonstrations and tests, where time may be moved.
    pub demo: bool,
}

/// [`Context`] without the service's own configuration.
pub(crate) type Shared = Context<()>;

/// Why a service could not be wired.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("{what}: {why}")]
    Other { what: &'static str, why: String },
}

impl BuildError {
    /// A reason of the service's own: what could not be built, and why.
    pub fn other(what: &'static str, why: impl std::fmt::Display) -> Self {
        Self::Other { what, why: why.to_string() }
    }
}

impl Definition {
    /// A service whose configuration is `C`; `build` wires it.
    pub fn new<C, F, Fut>(name: &'static str, defaults: &'static str, migrations: &'static Migrator, build: F) -> Self
    where
        C: DeserializeOwned + Send + 'static,
        F: Fn(Context<C>) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Service, BuildError>> + Send + 'static,
    {
        let build: Build = Arc::new(move |table, shared| {
            let build = build.clone();
            Box::pin(async move { build(shared.with_config(crate::config::typed::<C>(table, "service")?)).await })
        });
        Self { name, defaults, migrations, build }
    }

    /// Every migration of the service's schema, libraries first.
    pub fn migrators(&self) -> [&'static Migrator; 4] {
        [&journal::MIGRATOR, &process::MIGRATOR, &custom_fields::MIGRATOR, self.migrations]
    }
}

impl Shared {
    fn with_config<C>(self, config: C) -> Context<C> {
        Context {
            config,
            journal: self.journal,
            clock: self.clock,
            ids: self.ids,
            peers: self.peers,
            outside: self.outside,
            pool: self.pool,
            trust: self.trust,
            bus: self.bus,
            stopping: self.stopping,
            demo: self.demo,
        }
    }
}
