//! Questions that other services ask.

use contracts::lead_routing::v1::leads_server;
use contracts::lead_routing::v1::{GetLeadRequest, GetLeadResponse};
use kernel::{PrincipalKind, Scope};
use runtime::grpc::RpcEdge;
use tonic::{Request, Response, Status};

use crate::app::State;
use crate::domain::lead::Lead;
use crate::error::{LeadError, Missing};
use crate::store;

/// The RPCs of `sluice.lead_routing.v1.Leads`.
pub struct Leads {
    pub state: State,
    pub edge: RpcEdge,
}

#[tonic::async_trait]
impl leads_server::Leads for Leads {
    /// How to reach a lead's contact; for services only.
    async fn get_lead(&self, request: Request<GetLeadRequest>) -> Result<Response<GetLeadResponse>, Status> {
        let principal = self.edge.principal(&request)?;
        if principal.kind != PrincipalKind::Service {
            return Err(LeadError::from(authz::Denied::Forbidden { action: authz::Action::LeadRead }).into());
        }
        let missing = || LeadError::NotFound(Missing::Lead);
        let id = request.into_inner().lead_id.parse().map_err(|_| missing())?;
        let mut tx = self.state.journal.read(&principal, Scope::All).await.map_err(LeadError::from)?;
        let lead = store::leads::find(&mut tx, id).await.map_err(LeadError::from)?.ok_or_else(missing)?;
        Ok(Response::new(answer(lead)))
    }
}

fn answer(lead: Lead) -> GetLeadResponse {
    GetLeadResponse {
        lead_id: lead.id.to_string(),
        company: lead.company,
        credit_code: lead.credit_code.unwrap_or_default(),
        contact_name: lead.contact_name.unwrap_or_default(),
        contact_phone: lead.contact_phone.unwrap_or_default(),
        contact_email: lead.contact_email.unwrap_or_default(),
        owner_id: lead.owner_id.map(|id| id.to_string()).unwrap_or_default(),
        org: lead.org.to_string(),
    }
}
