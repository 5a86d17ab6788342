//! `/api/process/<service>`: the process definitions of one service. Operations reads, tries and publishes them,
//! without IT.
//!
//! - [`Processes`] what a service says about its own; `unsupported` what of a definition it could not carry out
//! - `read` names, versions, texts; `try_out` validation and dry run; `publish` the next version

mod error;
mod processes;
mod publish;
mod read;
mod try_out;
mod unsupported;

use authz::Action;
use journal::{Caller, Journal};
use process::Definition;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::permission::allow_tenant_wide;
use error::DefinitionRouteError;
pub use processes::{Announce, Announcement, Processes, announce};

const TAG: &str = "process definitions";

#[derive(Clone)]
struct State {
    journal: Journal,
    processes: Processes,
}

/// A definition's text.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct DefinitionText {
    yaml: String,
}

pub(crate) fn routes(service: &'static str, journal: &Journal, processes: Option<Processes>) -> OpenApiRouter {
    let Some(processes) = processes else { return OpenApiRouter::new() };
    let routes = OpenApiRouter::new()
        .routes(routes!(read::list_definitions))
        .routes(routes!(read::read_definition))
        .routes(routes!(read::read_version))
        .routes(routes!(try_out::validate_definition))
        .routes(routes!(try_out::dry_run_definition))
        .routes(routes!(publish::publish_definition));
    let state = State { journal: journal.clone(), processes };
    OpenApiRouter::new().nest(&format!("/api/process/{service}"), routes).with_state(state)
}

fn allow(state: &State, caller: &Caller, action: Action) -> Result<(), DefinitionRouteError> {
    Ok(allow_tenant_wide(&state.journal, caller, action)?)
}

/// Parses, and refuses what this service could not carry out.
fn understood(state: &State, yaml: &str) -> Result<Definition, DefinitionRouteError> {
    let definition = Definition::parse(yaml)?;
    let found = unsupported::in_definition(&state.processes, &definition);
    if found.is_empty() { Ok(definition) } else { Err(DefinitionRouteError::Unsupported(found)) }
}
