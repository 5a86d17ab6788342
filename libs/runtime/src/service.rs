//! What `app::build` answers: routes, reactions, timers and jobs.

use axum::Router;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::timer::TimerHandler;
use crate::{Job, Processes, Reaction};

/// A wired service, ready to be started.
pub struct Service {
    pub(crate) routes: Router,
    pub(crate) api: OpenApi,
    pub(crate) rpcs: tonic::service::RoutesBuilder,
    pub(crate) reactions: Vec<Reaction>,
    pub(crate) timers: journal::timers::Handlers,
    pub(crate) jobs: Vec<Job>,
    pub(crate) processes: Option<Processes>,
    pub(crate) around: Around,
    pub(crate) says: Vec<(&'static str, Says)>,
}

/// What a service says about itself where it says that it is ready.
pub(crate) type Says = std::sync::Arc<dyn Fn() -> String + Send + Sync>;

/// What a service puts around all its HTTP routes.
type Around = Box<dyn FnOnce(Router) -> Router + Send>;

impl Service {
    /// A service that serves these documented routes.
    pub fn new(routes: OpenApiRouter) -> Self {
        let (routes, api) = routes.split_for_parts();
        Self {
            routes,
            api,
            rpcs: tonic::service::RoutesBuilder::default(),
            reactions: Vec::new(),
            timers: journal::timers::Handlers::new(),
            jobs: Vec::new(),
            processes: None,
            around: Box::new(|routes| routes),
            says: Vec::new(),
        }
    }

    /// Puts a layer around every HTTP route of the service, those that the runtime adds included.
    pub fn around(mut self, wrap: impl FnOnce(Router) -> Router + Send + 'static) -> Self {
        self.around = Box::new(wrap);
        self
    }

    /// Says something about the service at `/readyz`, such as that a part of it waits for something. It is ready all the same.
    pub fn says(mut self, about: &'static str, say: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.says.push((about, std::sync::Arc::new(say)));
        self
    }

    /// Adds routes that are not part of the documented API (static files, pages).
    pub fn undocumented(mut self, routes: Router) -> Self {
        self.routes = self.routes.merge(routes);
        self
    }

    /// Adds a gRPC service.
    pub fn rpc<S>(mut self, server: S) -> Self
    where
        S: tower::Service<
                ::http::Request<tonic::body::Body>,
                Response = ::http::Response<tonic::body::Body>,
                Error = std::convert::Infallible,
            > + tonic::server::NamedService
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
    {
        self.rpcs.add_service(server);
        self
    }

    /// Adds what is done about events of one kind.
    pub fn reaction(mut self, reaction: Reaction) -> Self {
        self.reactions.push(reaction);
        self
    }

    /// Adds what is done when timers of one kind fire.
    pub fn timer(mut self, timer: TimerHandler) -> Self {
        self.timers.insert(timer.kind, timer.handler);
        self
    }

    /// Adds regular work.
    pub fn job(mut self, job: Job) -> Self {
        self.jobs.push(job);
        self
    }

    /// Lets operations read, try and publish the service's process definitions.
    pub fn processes(mut self, processes: Processes) -> Self {
        self.processes = Some(processes);
        self
    }
}
