//! Changes what is known of a person at a customer.

use authz::Action;
use journal::Caller;
use uuid::Uuid;

use super::add_contact::{NewContact, record_changed};
use super::customer_view::CustomerView;
use crate::app::State;
use crate::domain::customer::Contact;
use crate::domain::fields::Fields;
use crate::error::CrmError;
use crate::store;

/// Which person, and the fields that change; those not given stay.
#[derive(Clone, Debug)]
pub struct ContactChange {
    pub customer: Uuid,
    pub contact: Uuid,
    pub input: NewContact,
}

#[tracing::instrument(name = "crm.change_contact", skip_all, fields(customer = %change.customer, contact = %change.contact))]
pub async fn change_contact(state: &State, caller: &Caller, change: ContactChange) -> Result<CustomerView, CrmError> {
    let mut write = state.journal.begin(caller).await?;
    let customer = store::customers::lock(write.db(), change.customer).await?;
    let mut customer = customer.ok_or(CrmError::CustomerNotFound)?;
    authz::check(&caller.principal, write.now(), Action::CustomerUpdate, &customer.resource())?;
    let mut contacts = store::contacts::of_customer(write.db(), customer.id).await?;
    let contact = contacts.iter_mut().find(|one| one.id == change.contact).ok_or(CrmError::ContactNotFound)?;
    let changed = applied(contact, &change.input)?;
    if !changed.is_empty() {
        let entry = record_changed(&mut customer, changed)?;
        write.record(change.input.commit_to(entry));
        store::contacts::save(write.db(), contact).await?;
        let now = write.now();
        store::customers::save(write.db(), &customer, now).await?;
    }
    Ok(write.commit(CustomerView::new(customer, contacts)).await?)
}

/// Applies what was given; answers the paths of the fields that are different now.
fn applied(contact: &mut Contact, input: &NewContact) -> Result<Vec<String>, CrmError> {
    let mut fields = Fields::default();
    let id = contact.id;
    let targets = [
        ("name", &mut contact.name, &input.name),
        ("title", &mut contact.title, &input.title),
        ("decision_authority", &mut contact.decision_authority, &input.decision_authority),
        ("budget_basis", &mut contact.budget_basis, &input.budget_basis),
        ("phone", &mut contact.phone, &input.phone),
        ("email", &mut contact.email, &input.email),
    ];
    let mut changed = Vec::new();
    for (name, target, value) in targets {
        let Some(value) = value else { continue };
        let text = if name == "name" {
            fields.required(name, Some(value), 100)
        } else {
            fields.optional(name, Some(value), 200)
        };
        if *target != text {
            *target = text;
            changed.push(format!("contacts[{id}].{name}"));
        }
    }
    fields.into_errors()?;
    Ok(changed)
}
