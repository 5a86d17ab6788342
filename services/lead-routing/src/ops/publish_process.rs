//! Operations publish the tenant's own version of the process `lead`: what a lead needs to move on, and its deadlines.

use authz::{Action, Resource, ResourceKind};
use journal::Caller;
use serde::{Deserialize, Serialize};

use crate::app::State;
use crate::error::LeadError;

/// The version that is now in force.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Published {
    pub name: String,
    pub version: u32,
}

#[tracing::instrument(name = "lead_routing.publish_process", skip_all)]
pub async fn publish_process(state: &State, caller: &Caller, yaml: &str) -> Result<Published, LeadError> {
    let resource = Resource::tenant_wide(ResourceKind::ProcessDefinition, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::ProcessDefinitionPublish, &resource)?;
    let mut write = state.journal.begin(caller).await?;
    let (tenant, now, by) = (caller.tenant(), write.now(), caller.principal.id);
    let published = state.definitions.publish(write.db(), tenant, yaml, by, now).await?;
    if published.name != "lead" {
        return Err(LeadError::field(
            "name",
            "unknown",
            "此处只接受名为 lead 的流程",
            "only the process lead runs here",
        ));
    }
    Ok(write.commit(Published { name: published.name, version: published.version }).await?)
}
