//! Registers a company as a customer, once.

use authz::{Action, Resource, ResourceKind};
use contracts::crm::v1::CustomerRegistered;
use custom_fields::{Values, first_values};
use journal::{Caller, Entry, Write};
use kernel::OrgPath;
use serde::Deserialize;
use uuid::Uuid;

use super::add_contact::{NewContact, insert_contact};
use super::customer_view::CustomerView;
use super::judge_customer::judge_customer;
use super::update_customer::{checked_code, checked_links, checked_tags};
use crate::app::State;
use crate::domain::customer::{Customer, Link, NewCustomer, StoreTier};
use crate::domain::fields::Fields;
use crate::error::CrmError;
use crate::store;

/// A company as a client describes it.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerInput {
    pub company: Option<String>,
    /// Unified social credit code, 18 digits or letters.
    pub credit_code: Option<String>,
    pub industry: Option<String>,
    pub region: Option<String>,
    pub store_tier: Option<StoreTier>,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub links: Vec<Link>,
    #[serde(default)]
    pub contacts: Vec<NewContact>,
    #[serde(default)]
    pub custom: Values,
    /// Who follows the customer; the caller unless said otherwise.
    pub owner_id: Option<Uuid>,
    /// The node it belongs to; the caller's unless said otherwise.
    #[schema(value_type = Option<String>)]
    pub org: Option<OrgPath>,
}

#[tracing::instrument(name = "crm.register_customer", skip_all)]
pub async fn register_customer(state: &State, caller: &Caller, input: CustomerInput) -> Result<CustomerView, CrmError> {
    let new = checked(&input, caller)?;
    let mut write = state.journal.begin(caller).await?;
    let (now, tenant) = (write.now(), caller.tenant());
    let place = Resource::owned(ResourceKind::Customer, tenant, new.org.clone(), new.owner);
    authz::check(&caller.principal, now, Action::CustomerCreate, &place)?;
    store::customers::hold_registration(write.db(), tenant).await?;
    let mut customer = Customer::new(write.new_id(), tenant, new, now);
    refuse_known(&mut write, &customer).await?;
    customer.store_tier = input.store_tier.unwrap_or(StoreTier::Standard);
    customer.tags = checked_tags(&mut Fields::default(), &input.tags);
    customer.links = input.links;
    customer.custom = first_values(write.db(), custom_fields::Resource::Customer, input.custom).await?;
    record_registered(&mut write, &mut customer, &input.contacts)?;
    store::customers::insert(write.db(), &customer).await?;
    for contact in input.contacts {
        insert_contact(&mut write, &customer, contact).await?;
    }
    judge_customer(state, &mut write, &mut customer).await?;
    let contacts = store::contacts::of_customer(write.db(), customer.id).await?;
    Ok(write.commit(CustomerView::new(customer, contacts)).await?)
}

fn checked(input: &CustomerInput, caller: &Caller) -> Result<NewCustomer, CrmError> {
    let mut fields = Fields::default();
    let new = NewCustomer {
        company: fields.required("company", input.company.as_deref(), 200),
        credit_code: checked_code(&mut fields, input.credit_code.as_deref()),
        industry: fields.optional("industry", input.industry.as_deref(), 100),
        region: fields.optional("region", input.region.as_deref(), 100),
        org: input.org.clone().unwrap_or_else(|| caller.principal.org.clone()),
        owner: input.owner_id.unwrap_or(caller.principal.id),
        lead: None,
    };
    checked_tags(&mut fields, &input.tags);
    checked_links(&mut fields, &input.links);
    for (at, contact) in input.contacts.iter().enumerate() {
        contact.check(&mut fields, &format!("contacts[{at}]."));
    }
    fields.into_errors()?;
    Ok(new)
}

async fn refuse_known(write: &mut Write, new: &Customer) -> Result<(), CrmError> {
    let known = store::customers::same_as(write.db(), &new.normalised_name, new.credit_code.as_deref()).await?;
    known.map_or(Ok(()), |known| Err(CrmError::CustomerExists { id: known.id, owner: known.owner }))
}

/// Records that a company has become a customer, with commitments to what is personal.
pub fn record_registered(write: &mut Write, customer: &mut Customer, contacts: &[NewContact]) -> Result<(), CrmError> {
    let event = CustomerRegistered {
        customer_id: customer.id.to_string(),
        company: customer.company.clone(),
        industry: customer.industry.clone(),
        region: customer.region.clone(),
        org: customer.org.to_string(),
        owner_id: customer.owner.to_string(),
        lead_id: customer.lead.map(|id| id.to_string()).unwrap_or_default(),
    };
    let mut entry = Entry::new(&event, customer.id, customer.next_version())?;
    for contact in contacts {
        entry = contact.commit_to(entry);
    }
    write.record(entry);
    Ok(())
}
