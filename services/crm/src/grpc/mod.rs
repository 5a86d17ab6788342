//! Thin: decode, call the op, encode.

use contracts::crm::v1::customers_server::Customers as CustomersService;
use contracts::crm::v1::{GetCustomerRequest, GetCustomerResponse, GetOpportunityRequest, GetOpportunityResponse};
use runtime::grpc::RpcEdge;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::app::State;
use crate::ops::show_customer::show_customer;
use crate::ops::show_opportunity::opportunity_with_range;

/// Questions of other services about customers and opportunities.
pub struct Customers {
    pub state: State,
    pub edge: RpcEdge,
}

#[tonic::async_trait]
impl CustomersService for Customers {
    async fn get_customer(
        &self,
        request: Request<GetCustomerRequest>,
    ) -> Result<Response<GetCustomerResponse>, Status> {
        let caller = self.edge.caller(&request)?;
        let id = id_of(&request.get_ref().customer_id)?;
        let view = show_customer(&self.state, &caller, id).await?;
        let (customer, contact) = (view.customer, view.contacts.into_iter().next());
        let (name, phone, email) = contact.map(|one| (one.name, one.phone, one.email)).unwrap_or_default();
        Ok(Response::new(GetCustomerResponse {
            customer_id: id.to_string(),
            company: customer.company,
            credit_code: customer.credit_code.unwrap_or_default(),
            industry: customer.industry,
            region: customer.region,
            grade: customer.grade.to_string(),
            store_tier: customer.store_tier.to_string(),
            owner_id: customer.owner_id.to_string(),
            org: customer.org,
            contact_name: name,
            contact_phone: phone,
            contact_email: email,
        }))
    }

    async fn get_opportunity(
        &self,
        request: Request<GetOpportunityRequest>,
    ) -> Result<Response<GetOpportunityResponse>, Status> {
        let caller = self.edge.caller(&request)?;
        let id = id_of(&request.get_ref().opportunity_id)?;
        let (opportunity, authorised) = opportunity_with_range(&self.state, &caller, id).await?;
        Ok(Response::new(GetOpportunityResponse {
            opportunity_id: id.to_string(),
            customer_id: opportunity.customer.to_string(),
            stage: opportunity.stage,
            frozen: opportunity.frozen,
            owner_id: opportunity.owner.to_string(),
            org: opportunity.org.to_string(),
            authorised_low: authorised.map(|range| range.low.into()),
            authorised_high: authorised.map(|range| range.high.into()),
            subject: opportunity.subject,
        }))
    }
}

fn id_of(text: &str) -> Result<Uuid, Status> {
    text.parse().map_err(|_| Status::invalid_argument(format!("{text:?} is not an id")))
}
