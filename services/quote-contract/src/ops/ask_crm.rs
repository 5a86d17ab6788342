//! What `crm` knows about an opportunity and its customer. Asked before a write, never inside one.

use contracts::crm::v1::{GetCustomerRequest, GetOpportunityRequest};
use kernel::{Money, OrgPath, TenantId};
use runtime::peers::PeerError;
use tonic::{Code, Status};
use uuid::Uuid;

use crate::State;
use crate::error::Error;

#[derive(Clone, Debug)]
pub struct Opportunity {
    pub id: Uuid,
    pub customer_id: Uuid,
    pub owner_id: Uuid,
    pub org: OrgPath,
    pub frozen: bool,
    pub subject: String,
    /// What finance has authorised; `None` while nothing is.
    pub authorised_low: Option<Money>,
    pub authorised_high: Option<Money>,
}

#[derive(Clone, Debug)]
pub struct Customer {
    pub company: String,
    pub grade: String,
    pub store_tier: String,
}

pub async fn opportunity(state: &State, tenant: TenantId, id: Uuid) -> Result<Opportunity, Error> {
    let request = state.peers.ask(tenant, GetOpportunityRequest { opportunity_id: id.to_string() })?;
    let answer = state.peers.customers()?.get_opportunity(request).await.map_err(missing)?.into_inner();
    Ok(Opportunity {
        id,
        customer_id: read(&answer.customer_id)?,
        owner_id: read(&answer.owner_id)?,
        org: read(&answer.org)?,
        frozen: answer.frozen,
        subject: answer.subject,
        authorised_low: limit(answer.authorised_low)?,
        authorised_high: limit(answer.authorised_high)?,
    })
}

/// The opportunity, unless nothing may move on it.
pub async fn moving_opportunity(state: &State, tenant: TenantId, id: Uuid) -> Result<Opportunity, Error> {
    let opportunity = opportunity(state, tenant, id).await?;
    if opportunity.frozen { Err(Error::OpportunityFrozen) } else { Ok(opportunity) }
}

pub async fn customer(state: &State, tenant: TenantId, id: Uuid) -> Result<Customer, Error> {
    let request = state.peers.ask(tenant, GetCustomerRequest { customer_id: id.to_string() })?;
    let answer = state.peers.customers()?.get_customer(request).await.map_err(missing)?.into_inner();
    Ok(Customer { company: answer.company, grade: answer.grade, store_tier: answer.store_tier })
}

fn missing(status: Status) -> Error {
    if status.code() == Code::NotFound { Error::NotFound("opportunity") } else { Error::Peer(PeerError::from(status)) }
}

fn read<T: std::str::FromStr>(text: &str) -> Result<T, Error>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error: T::Err| Error::Corrupt("answer of crm", error.to_string()))
}

/// An absent or empty amount is no limit.
fn limit(money: Option<contracts::shared::v1::Money>) -> Result<Option<Money>, Error> {
    let given = money.filter(|money| money.minor != 0 && !money.currency.is_empty());
    Ok(given.map(Money::try_from).transpose()?)
}
