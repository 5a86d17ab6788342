//! Names that a text needs and the event does not hold.

use contracts::crm::v1::{GetCustomerRequest, GetCustomerResponse};
use contracts::lead_routing::v1::GetLeadRequest;
use kernel::TenantId;
use runtime::peers::PeerError;

use crate::app::State;
use crate::domain::fields::Fields;
use crate::error::NotifierError;

const COMPANY: &str = "company";

/// Adds the company's name when the template has a place for it: the customer's, or the lead's.
pub async fn complete(
    state: &State,
    tenant: TenantId,
    template: &str,
    mut fields: Fields,
) -> Result<Fields, NotifierError> {
    if fields.get(COMPANY).is_some() || !state.templates.needs(template, COMPANY) {
        return Ok(fields);
    }
    let company = match (fields.text("customerId"), fields.text("leadId")) {
        (Some(customer), _) => customer_of(state, tenant, customer).await?.company,
        (None, Some(lead)) => company_of_lead(state, tenant, lead).await?,
        (None, None) => return Ok(fields),
    };
    fields.set(COMPANY, company);
    Ok(fields)
}

/// A customer with its contact's address.
pub async fn customer_of(state: &State, tenant: TenantId, id: &str) -> Result<GetCustomerResponse, PeerError> {
    let question = state.peers.ask(tenant, GetCustomerRequest { customer_id: id.to_owned() })?;
    Ok(state.peers.customers()?.get_customer(question).await?.into_inner())
}

async fn company_of_lead(state: &State, tenant: TenantId, id: &str) -> Result<String, PeerError> {
    let question = state.peers.ask(tenant, GetLeadRequest { lead_id: id.to_owned() })?;
    Ok(state.peers.leads()?.get_lead(question).await?.into_inner().company)
}
