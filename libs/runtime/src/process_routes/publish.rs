//! The next version of a definition comes into force.

use authz::Action;
use axum::extract;
use axum::http::StatusCode;
use journal::{Caller, Write};
use process::{Definition, store};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::error::DefinitionRouteError;
use super::processes::Announcement;
use super::{DefinitionText, State, TAG, allow, understood};
use crate::http::{Call, Json};

/// The version that is now in force.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct PublishedDefinition {
    name: String,
    version: u32,
    /// Of the text.
    sha256: String,
}

/// Publishes the next version: every move from now on is judged by it. What was judged before keeps its version, and
/// approvals that are open go on under theirs.
#[utoipa::path(post, path = "/publish", request_body = DefinitionText,
    responses((status = 201, body = PublishedDefinition)), tag = TAG)]
#[tracing::instrument(name = "process.publish", skip_all)]
pub(super) async fn publish_definition(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Json(text): Json<DefinitionText>,
) -> Result<(StatusCode, Json<PublishedDefinition>), DefinitionRouteError> {
    allow(&state, &caller, Action::ProcessDefinitionPublish)?;
    let mut write = state.journal.begin(&caller).await?;
    let Definition { name, version, .. } = understood(&state, &text.yaml)?;
    let (tenant, now, by) = (caller.tenant(), write.now(), caller.principal.id);
    state.processes.definitions.publish(write.db(), tenant, &text.yaml, by, now).await?;
    let published = PublishedDefinition { name, version, sha256: hex::encode(Sha256::digest(&text.yaml)) };
    announce(&state, &caller, &mut write, &published).await?;
    Ok((StatusCode::CREATED, Json(write.commit(published).await?)))
}

async fn announce(
    state: &State,
    caller: &Caller,
    write: &mut Write,
    published: &PublishedDefinition,
) -> Result<(), DefinitionRouteError> {
    let (tenant, name) = (caller.tenant(), &published.name);
    let count = store::versions(write.db(), tenant, name).await?.len();
    let announcement = Announcement {
        name: name.clone(),
        version: published.version.cast_signed(),
        sha256: published.sha256.clone(),
        aggregate_id: kernel::id::derived_id(tenant.0, &format!("{} {name}", state.journal.service())),
        aggregate_version: i64::try_from(count).unwrap_or(i64::MAX),
    };
    let (before, after) = (published.version - 1, published.version);
    let entry = (state.processes.announce)(announcement)?;
    write.record(entry.change(format!("{name} version {before}"), format!("{name} version {after}")));
    Ok(())
}
