//! Process definitions of one service: read, validate, dry-run, publish. Operations does this, without IT.

use std::sync::Arc;

use authz::{Action, Resource, ResourceKind};
use axum::extract;
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use journal::{Caller, Entry, Journal, JournalError};
use kernel::{AsProblem, Kind, Problem, Scope, TenantId};
use process::definition::Malformed;
use process::dry_run::{self, Record, Report};
use process::store::{self, Definitions};
use process::{Definition, ProcessError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::http::{Call, Json, Path};

/// Live records of one definition, as its gates would see them.
pub type LiveRecords =
    Arc<dyn Fn(TenantId, String) -> BoxFuture<'static, Result<Vec<Record>, JournalError>> + Send + Sync>;

/// A published version, to be announced in the service's own event.
pub struct Announcement {
    pub name: String,
    pub version: u32,
    pub sha256: String,
    pub aggregate_id: Uuid,
    /// The version of the aggregate `process`, from 1.
    pub aggregate_version: i64,
}

/// The processes of a service.
#[derive(Clone)]
pub struct Processes {
    /// The names of its definitions.
    pub names: &'static [&'static str],
    pub definitions: Arc<Definitions>,
    pub live: LiveRecords,
    pub announce: fn(Announcement) -> Result<Entry, JournalError>,
}

#[derive(Clone)]
struct State {
    journal: Journal,
    processes: Processes,
}

#[derive(Debug, thiserror::Error)]
enum DefinitionRouteError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error(transparent)]
    Denied(#[from] authz::Denied),
    #[error("this service has no process {0:?}")]
    Unknown(String),
}

impl AsProblem for DefinitionRouteError {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::Database(error) => Problem::internal(error),
            Self::Process(error) => error.problem(),
            Self::Denied(error) => error.problem(),
            Self::Unknown(_) => Problem::new(
                Kind::NotFound,
                "definition_not_found",
                "流程定义不存在",
                "there is no such process definition",
            ),
        }
    }
}

crate::respond_as_problem!(DefinitionRouteError);

impl From<Malformed> for DefinitionRouteError {
    fn from(error: Malformed) -> Self {
        Self::Process(error.into())
    }
}

/// A definition's text.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct DefinitionText {
    yaml: String,
}

#[derive(Serialize, utoipa::ToSchema)]
struct DefinitionView {
    name: String,
    /// The version in force.
    version: u32,
    stages: Vec<String>,
    /// Published versions, newest first; the built-in one is not listed.
    published: Vec<PublishedView>,
    /// The text in force, when the organisation has published its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    yaml: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct PublishedView {
    version: u32,
    published_at: DateTime<Utc>,
    published_by: Uuid,
}

pub(crate) fn routes(service: &'static str, journal: &Journal, processes: Option<Processes>) -> OpenApiRouter {
    let Some(processes) = processes else { return OpenApiRouter::new() };
    let routes = OpenApiRouter::new()
        .routes(routes!(list_definitions))
        .routes(routes!(read_definition))
        .routes(routes!(validate_definition))
        .routes(routes!(dry_run_definition))
        .routes(routes!(publish_definition));
    let state = State { journal: journal.clone(), processes };
    OpenApiRouter::new().nest(&format!("/api/process/{service}"), routes).with_state(state)
}

fn allow(state: &State, caller: &Caller, action: Action) -> Result<(), DefinitionRouteError> {
    let definitions = Resource::tenant_wide(ResourceKind::ProcessDefinition, caller.tenant());
    Ok(authz::check(&caller.principal, state.journal.clock().now(), action, &definitions)?)
}

/// The names of this service's process definitions.
#[utoipa::path(get, path = "/definitions", responses((status = 200, body = Vec<String>)), tag = "process definitions")]
async fn list_definitions(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
) -> Result<Json<Vec<String>>, DefinitionRouteError> {
    allow(&state, &caller, Action::ProcessDefinitionRead)?;
    Ok(Json(state.processes.names.iter().map(|name| (*name).to_owned()).collect()))
}

/// One definition: the version in force and the published ones.
#[utoipa::path(get, path = "/definitions/{name}", params(("name" = String, Path)),
    responses((status = 200, body = DefinitionView)), tag = "process definitions")]
async fn read_definition(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Path(name): Path<String>,
) -> Result<Json<DefinitionView>, DefinitionRouteError> {
    allow(&state, &caller, Action::ProcessDefinitionRead)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let current = state.processes.definitions.current(&mut tx, caller.tenant(), &name).await?;
    let published = store::versions(&mut tx, caller.tenant(), &name).await?;
    let yaml = store::source(&mut tx, caller.tenant(), &name, current.version).await?;
    let view = |version: store::PublishedVersion| PublishedView {
        version: version.version,
        published_at: version.published_at,
        published_by: version.published_by,
    };
    Ok(Json(DefinitionView {
        name,
        version: current.version,
        stages: current.stages.iter().map(|stage| stage.id.clone()).collect(),
        published: published.into_iter().map(view).collect(),
        yaml,
    }))
}

/// Reads a definition and says everything that is wrong with it, by line and column.
#[utoipa::path(post, path = "/validate", request_body = DefinitionText, responses((status = 200)), tag = "process definitions")]
async fn validate_definition(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Json(text): Json<DefinitionText>,
) -> Result<Json<()>, DefinitionRouteError> {
    allow(&state, &caller, Action::ProcessDefinitionRead)?;
    Definition::parse(&text.yaml)?;
    Ok(Json(()))
}

/// Which live records this definition would keep where they are, and why. Nothing is changed.
#[utoipa::path(post, path = "/dry-run", request_body = DefinitionText,
    responses((status = 200, body = serde_json::Value)), tag = "process definitions")]
async fn dry_run_definition(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Json(text): Json<DefinitionText>,
) -> Result<Json<Report>, DefinitionRouteError> {
    allow(&state, &caller, Action::ProcessDefinitionPublish)?;
    let definition = known(&state, &text.yaml)?;
    let records = (state.processes.live)(caller.tenant(), definition.name.clone()).await?;
    Ok(Json(dry_run::dry_run(&definition, records)))
}

/// Publishes the next version; records keep the version that judged them.
#[utoipa::path(post, path = "/publish", request_body = DefinitionText,
    responses((status = 200, body = u32)), tag = "process definitions")]
async fn publish_definition(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Json(text): Json<DefinitionText>,
) -> Result<Json<u32>, DefinitionRouteError> {
    allow(&state, &caller, Action::ProcessDefinitionPublish)?;
    let definition = known(&state, &text.yaml)?;
    let mut write = state.journal.begin(&caller).await?;
    let (tenant, now) = (caller.tenant(), write.now());
    let by = caller.principal.id;
    state.processes.definitions.publish(write.db(), tenant, &text.yaml, by, now).await?;
    let count = store::versions(write.db(), tenant, &definition.name).await?.len();
    let announcement = Announcement {
        aggregate_id: kernel::id::derived_id(tenant.0, &format!("{} {}", state.journal.service(), definition.name)),
        aggregate_version: i64::try_from(count).unwrap_or(i64::MAX),
        sha256: hex::encode(Sha256::digest(&text.yaml)),
        version: definition.version,
        name: definition.name,
    };
    write.record((state.processes.announce)(announcement)?);
    Ok(Json(write.commit(definition.version).await?))
}

/// Parses, and refuses a process that this service does not run.
fn known(state: &State, yaml: &str) -> Result<Definition, DefinitionRouteError> {
    let definition = Definition::parse(yaml)?;
    if state.processes.names.contains(&definition.name.as_str()) {
        return Ok(definition);
    }
    Err(DefinitionRouteError::Unknown(definition.name))
}
