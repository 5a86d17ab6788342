//! Wiring only.

use std::sync::Arc;
use std::time::Duration;

use contracts::gateway::v1::directory_server::DirectoryServer;
use journal::Journal;
use kernel::{Clock, IdSource};
use runtime::grpc::RpcEdge;
use runtime::sealed::SealingKey;
use runtime::trust::Trust;
use runtime::{BuildError, Context, Job, Peers, Service};

use crate::config::Config;
use crate::domain::routes::RouteTable;
use crate::grpc::Directory;
use crate::http;
use crate::http::limits::Limits;
use crate::jobs;
use crate::ops::bootstrap;
use crate::ops::console::Console;
use crate::ops::identify::IdentityCache;
use crate::ops::openapi::Descriptions;
use crate::ops::passwords::Passwords;
use crate::ops::updates::{self, Updates};

const TIDY_EVERY: Duration = Duration::from_mins(10);
/// After the subscription was lost.
const FOLLOW_AGAIN: Duration = Duration::from_secs(1);
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
const PROVIDER_ANSWERS_WITHIN: Duration = Duration::from_secs(10);
/// Shorter than services keep idle connections, so that none is reused while its service closes it.
const IDLE_CONNECTION: Duration = Duration::from_secs(20);

/// What every operation works with.
#[derive(Clone)]
pub struct State {
    pub journal: Journal,
    pub clock: Clock,
    pub ids: IdSource,
    pub peers: Peers,
    pub trust: Arc<Trust>,
    pub config: Arc<Config>,
    /// Forwards to services; follows no redirects.
    pub inside: reqwest::Client,
    /// Asks OpenID providers; follows no redirects.
    pub providers: reqwest::Client,
    pub(crate) passwords: Passwords,
    pub(crate) sealing: SealingKey,
    pub(crate) identities: IdentityCache,
    pub(crate) limits: Arc<Limits>,
    pub(crate) routes: Arc<RouteTable>,
    pub(crate) descriptions: Descriptions,
    pub(crate) updates: Updates,
    /// The web console's files; none when none is installed.
    pub(crate) console: Option<Arc<Console>>,
}

pub async fn build(context: Context<Config>) -> Result<Service, BuildError> {
    context.config.check(context.demo)?;
    let demo = context.demo;
    let edge = RpcEdge::new(context.trust.clone(), context.clock.clone(), context.ids.clone());
    let console = open_console(&context.config.console.folder).await?;
    let state = state_of(context, console)?;
    load_organisation(&state).await?;
    let refresh = Duration::from_secs(state.config.proxy.refresh_openapi_seconds.max(1));
    let door = state.clone();
    Ok(Service::new(http::documented(demo).with_state(state.clone()))
        .undocumented(http::undocumented(state.clone()))
        .rpc(DirectoryServer::new(Directory { state: state.clone(), edge }))
        .job(Job::every("forget_expired", TIDY_EVERY, state.clone(), jobs::forget_expired::run))
        .job(Job::every("follow_updates", FOLLOW_AGAIN, state.clone(), updates::follow))
        .job(Job::every("refresh_openapi", refresh, state, jobs::refresh_openapi::run))
        .around(move |routes| http::door::around(routes, door)))
}

fn state_of(context: Context<Config>, console: Option<Arc<Console>>) -> Result<State, BuildError> {
    let config = Arc::new(context.config);
    let cannot = |error| BuildError::other("HTTP client", error);
    let client =
        || reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(CONNECT_WITHIN);
    let routes = RouteTable::new(&config.routes).map_err(|why| BuildError::other("service.routes", why))?;
    let passwords = Passwords::new(config.cost(), config.directory.argon2_at_once, context.ids.clone());
    Ok(State {
        inside: client().no_proxy().pool_idle_timeout(IDLE_CONNECTION).build().map_err(cannot)?,
        providers: client().timeout(PROVIDER_ANSWERS_WITHIN).build().map_err(cannot)?,
        passwords: passwords.map_err(|why| BuildError::other("service.directory", why))?,
        sealing: config.sealing_key(&context.ids)?,
        identities: IdentityCache::new(Duration::from_millis(config.session.cache_ms)),
        limits: Arc::new(Limits::new(&config.limits)),
        routes: Arc::new(routes),
        descriptions: Descriptions::default(),
        updates: Updates::new(context.bus, context.stopping),
        console,
        journal: context.journal,
        clock: context.clock,
        ids: context.ids,
        peers: context.peers,
        trust: context.trust,
        config,
    })
}

async fn open_console(folder: &str) -> Result<Option<Arc<Console>>, BuildError> {
    if folder.is_empty() {
        return Ok(None);
    }
    let console = Console::read(folder.into()).await;
    console.map(Arc::new).map(Some).map_err(|why| BuildError::other("service.console.folder", why))
}

async fn load_organisation(state: &State) -> Result<(), BuildError> {
    let file = &state.config.bootstrap.file;
    if file.is_empty() {
        return Ok(());
    }
    let cannot = |why: String| BuildError::other("service.bootstrap.file", why);
    let text = tokio::fs::read_to_string(file).await.map_err(|error| cannot(format!("{file}: {error}")))?;
    let organisation = bootstrap::Organisation::from_yaml(&text).map_err(|error| cannot(error.to_string()))?;
    let loaded = bootstrap::bootstrap(&state.journal, &state.config, &organisation).await;
    let loaded = loaded.map_err(|error| cannot(error.to_string()))?;
    tracing::info!(tenant = %loaded.tenant, people = loaded.people_added, keys = loaded.keys_added, "organisation loaded");
    Ok(())
}
