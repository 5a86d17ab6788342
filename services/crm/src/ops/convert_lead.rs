//! Turns a converted lead into a customer, new or known, and an opportunity.

use authz::Action;
use journal::{Caller, Write};
use kernel::OrgPath;
use uuid::Uuid;

use super::add_contact::{NewContact, insert_contact, record_changed};
use super::judge_customer::judge_customer;
use super::open_opportunity::{NewOpportunity, insert_opportunity};
use super::register_customer::record_registered;
use crate::app::State;
use crate::domain::customer::{Contact, Customer, NewCustomer};
use crate::error::CrmError;
use crate::store;

/// A converted lead with the ids that lead-routing has given.
#[derive(Clone, Debug)]
pub struct ConvertedLead {
    pub lead: Uuid,
    pub customer: Uuid,
    pub opportunity: Uuid,
    pub rep: Uuid,
    pub org: OrgPath,
    pub company: String,
    pub credit_code: Option<String>,
    pub industry: String,
    pub region: String,
    pub subject: String,
    /// Who asked, if the lead says.
    pub contact: Option<NewContact>,
}

#[tracing::instrument(name = "crm.convert_lead", skip_all, fields(lead = %lead.lead, opportunity = %lead.opportunity))]
pub async fn convert_lead(state: &State, caller: &Caller, lead: ConvertedLead) -> Result<(), CrmError> {
    let mut write = state.journal.begin(caller).await?;
    store::customers::hold_registration(write.db(), caller.tenant()).await?;
    let mut customer = Customer::new(lead.customer, caller.tenant(), company_of(&lead), write.now());
    let known =
        store::customers::same_as(write.db(), &customer.normalised_name, customer.credit_code.as_deref()).await?;
    match known {
        Some(known) => {
            customer = known;
            extend(&mut write, &mut customer, &lead).await?;
        }
        None => register(&mut write, &mut customer, &lead).await?,
    }
    let new = NewOpportunity {
        id: lead.opportunity,
        customer: customer.id,
        lead: Some(lead.lead),
        subject: if lead.subject.trim().is_empty() { lead.company } else { lead.subject },
        custom: None,
        org: lead.org,
        owner: lead.rep,
    };
    insert_opportunity(state, &mut write, new).await?;
    judge_customer(state, &mut write, &mut customer).await?;
    Ok(write.commit(()).await?)
}

fn company_of(lead: &ConvertedLead) -> NewCustomer {
    NewCustomer {
        company: lead.company.trim().to_owned(),
        credit_code: lead.credit_code.clone(),
        industry: lead.industry.clone(),
        region: lead.region.clone(),
        org: lead.org.clone(),
        owner: lead.rep,
        lead: Some(lead.lead),
    }
}

async fn register(write: &mut Write, customer: &mut Customer, lead: &ConvertedLead) -> Result<(), CrmError> {
    let principal = write.caller().principal.clone();
    authz::check(&principal, write.now(), Action::CustomerCreate, &customer.resource())?;
    record_registered(write, customer, lead.contact.as_slice())?;
    store::customers::insert(write.db(), customer).await?;
    match &lead.contact {
        Some(contact) => insert_contact(write, customer, contact.clone()).await,
        None => Ok(()),
    }
}

/// A known customer is in contact again, perhaps through somebody new.
async fn extend(write: &mut Write, customer: &mut Customer, lead: &ConvertedLead) -> Result<(), CrmError> {
    let principal = write.caller().principal.clone();
    authz::check(&principal, write.now(), Action::CustomerUpdate, &customer.resource())?;
    customer.contacted(write.now());
    let mut changed = Vec::new();
    if customer.credit_code.is_none() && lead.credit_code.is_some() {
        customer.credit_code.clone_from(&lead.credit_code);
        changed.push("credit_code".to_owned());
    }
    let contacts = store::contacts::of_customer(write.db(), customer.id).await?;
    let newcomer = lead.contact.as_ref().filter(|new| !contacts.iter().any(|known| is_same(known, new)));
    if newcomer.is_some() {
        changed.push("contacts".to_owned());
    }
    if changed.is_empty() {
        return Ok(());
    }
    let entry = record_changed(customer, changed)?;
    let Some(new) = newcomer else {
        write.record(entry);
        return Ok(());
    };
    write.record(new.commit_to(entry));
    insert_contact(write, customer, new.clone()).await
}

fn is_same(known: &Contact, new: &NewContact) -> bool {
    let same = |known: &str, new: &Option<String>| !known.is_empty() && new.as_deref().map(str::trim) == Some(known);
    same(&known.phone, &new.phone) || same(&known.email, &new.email) || same(&known.name, &new.name)
}
