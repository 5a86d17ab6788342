//! What a definition would mean, before it is published. Nothing is changed.

use std::sync::Arc;

use authz::Action;
use axum::extract;
use journal::Caller;
use kernel::Scope;
use process::Definition;
use process::dry_run::{Change, Report, dry_run};
use serde::Serialize;

use super::error::DefinitionRouteError;
use super::{DefinitionText, State, TAG, allow, understood};
use crate::http::{Call, Json};

/// Nothing is wrong with a definition.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct ValidView {
    name: String,
    version: u32,
    /// The version to publish next; another one is refused when it comes to that.
    next_version: u32,
}

/// Reads a definition and says everything that is wrong with it, by line and column.
#[utoipa::path(post, path = "/validate", request_body = DefinitionText, responses((status = 200, body = ValidView)), tag = TAG)]
pub(super) async fn validate_definition(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Json(text): Json<DefinitionText>,
) -> Result<Json<ValidView>, DefinitionRouteError> {
    allow(&state, &caller, Action::ProcessDefinitionRead)?;
    let Definition { name, version, .. } = understood(&state, &text.yaml)?;
    let next_version = in_force(&state, &caller, &name).await?.version + 1;
    Ok(Json(ValidView { name, version, next_version }))
}

/// Which live records this definition would keep where they are, which it would let go, and who would be asked for
/// approvals, each beside the version in force. The newest 1,000 open records are tried.
#[utoipa::path(post, path = "/dry-run", request_body = DefinitionText,
    responses((status = 200, body = Report)), tag = TAG)]
#[tracing::instrument(name = "process.dry_run", skip_all)]
pub(super) async fn dry_run_definition(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Json(text): Json<DefinitionText>,
) -> Result<Json<Report>, DefinitionRouteError> {
    allow(&state, &caller, Action::ProcessDefinitionPublish)?;
    let proposed = understood(&state, &text.yaml)?;
    let in_force = in_force(&state, &caller, &proposed.name).await?;
    let records = (state.processes.live)(caller, proposed.name.clone()).await.map_err(DefinitionRouteError::Live)?;
    let judge = state.processes.judge;
    // A thousand records with many conditions keep a processor busy.
    let run = move || dry_run(Change { in_force: &in_force, proposed: &proposed, judge }, records);
    Ok(Json(tokio::task::spawn_blocking(run).await?))
}

async fn in_force(state: &State, caller: &Caller, name: &str) -> Result<Arc<Definition>, DefinitionRouteError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    Ok(state.processes.definitions.current(&mut tx, caller.tenant(), name).await?)
}
