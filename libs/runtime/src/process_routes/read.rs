//! Which definitions there are, and what they say.

use authz::Action;
use axum::extract;
use chrono::{DateTime, Utc};
use kernel::Scope;
use process::store::{self, PublishedVersion};
use serde::Serialize;
use uuid::Uuid;

use super::error::DefinitionRouteError;
use super::{State, TAG, allow};
use crate::http::{Call, Json, Path};

#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct DefinitionView {
    name: String,
    /// The version in force.
    version: u32,
    stages: Vec<String>,
    /// Published versions, newest first; the built-in one is not listed.
    published: Vec<PublishedView>,
    /// The text in force: what the next version is edited from.
    yaml: String,
}

#[derive(Serialize, utoipa::ToSchema)]
struct PublishedView {
    version: u32,
    published_at: DateTime<Utc>,
    published_by: Uuid,
}

/// One version, such as the one that judged a record.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct VersionView {
    name: String,
    version: u32,
    yaml: String,
}

impl From<PublishedVersion> for PublishedView {
    fn from(PublishedVersion { version, published_at, published_by }: PublishedVersion) -> Self {
        Self { version, published_at, published_by }
    }
}

/// The names of this service's process definitions.
#[utoipa::path(get, path = "/definitions", responses((status = 200, body = Vec<String>)), tag = TAG)]
pub(super) async fn list_definitions(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
) -> Result<Json<Vec<String>>, DefinitionRouteError> {
    allow(&state, &caller, Action::ProcessDefinitionRead)?;
    Ok(Json(state.processes.definitions.names().into_iter().map(str::to_owned).collect()))
}

/// One definition: the version in force and the published ones.
#[utoipa::path(get, path = "/definitions/{name}", params(("name" = String, Path)),
    responses((status = 200, body = DefinitionView)), tag = TAG)]
pub(super) async fn read_definition(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Path(name): Path<String>,
) -> Result<Json<DefinitionView>, DefinitionRouteError> {
    allow(&state, &caller, Action::ProcessDefinitionRead)?;
    let (definitions, tenant) = (&state.processes.definitions, caller.tenant());
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let current = definitions.current(&mut tx, tenant, &name).await?;
    let published = store::versions(&mut tx, tenant, &name).await?;
    let yaml = definitions.text(&mut tx, tenant, &name, current.version).await?;
    Ok(Json(DefinitionView {
        name,
        version: current.version,
        stages: current.stages.iter().map(|stage| stage.id.clone()).collect(),
        published: published.into_iter().map(PublishedView::from).collect(),
        yaml,
    }))
}

/// The text of one version, published or built in.
#[utoipa::path(get, path = "/definitions/{name}/versions/{version}",
    params(("name" = String, Path), ("version" = u32, Path)), responses((status = 200, body = VersionView)), tag = TAG)]
pub(super) async fn read_version(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Path((name, version)): Path<(String, u32)>,
) -> Result<Json<VersionView>, DefinitionRouteError> {
    allow(&state, &caller, Action::ProcessDefinitionRead)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let yaml = state.processes.definitions.text(&mut tx, caller.tenant(), &name, version).await?;
    Ok(Json(VersionView { name, version, yaml }))
}
