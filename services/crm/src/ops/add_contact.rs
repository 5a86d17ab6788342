//! Adds a person to a customer.

use authz::Action;
use contracts::crm::v1::CustomerChanged;
use journal::{Caller, Entry, Write};
use serde::Deserialize;
use uuid::Uuid;

use super::customer_view::CustomerView;
use crate::app::State;
use crate::domain::customer::{Contact, Customer};
use crate::domain::fields::Fields;
use crate::error::CrmError;
use crate::store;

/// A person as a client describes one.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    pub name: Option<String>,
    pub title: Option<String>,
    /// What this person may decide.
    pub decision_authority: Option<String>,
    /// Where this person's budget comes from.
    pub budget_basis: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

impl NewContact {
    /// Checks every field; `prefix` leads to this contact in the request.
    pub fn check(&self, fields: &mut Fields, prefix: &str) {
        fields.required(&format!("{prefix}name"), self.name.as_deref(), 100);
        let others = [
            ("title", &self.title),
            ("decision_authority", &self.decision_authority),
            ("budget_basis", &self.budget_basis),
            ("phone", &self.phone),
            ("email", &self.email),
        ];
        for (name, value) in others {
            fields.optional(&format!("{prefix}{name}"), value.as_deref(), 200);
        }
    }

    /// Commits to what is personal without writing it down.
    pub fn commit_to(&self, entry: Entry) -> Entry {
        let personal = [("name", &self.name), ("phone", &self.phone), ("email", &self.email)];
        let given = personal.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        given.filter(|(_, value)| !value.is_empty()).fold(entry, |entry, (name, value)| entry.personal(name, value))
    }

    fn with_id(self, id: Uuid) -> Contact {
        let text = |value: Option<String>| value.unwrap_or_default().trim().to_owned();
        Contact {
            id,
            name: text(self.name),
            title: text(self.title),
            decision_authority: text(self.decision_authority),
            budget_basis: text(self.budget_basis),
            phone: text(self.phone),
            email: text(self.email),
        }
    }
}

#[tracing::instrument(name = "crm.add_contact", skip_all, fields(customer = %customer_id))]
pub async fn add_contact(
    state: &State,
    caller: &Caller,
    customer_id: Uuid,
    input: NewContact,
) -> Result<CustomerView, CrmError> {
    let mut fields = Fields::default();
    input.check(&mut fields, "");
    fields.into_errors()?;
    let mut write = state.journal.begin(caller).await?;
    let customer = store::customers::lock(write.db(), customer_id).await?;
    let mut customer = customer.ok_or(CrmError::CustomerNotFound)?;
    authz::check(&caller.principal, write.now(), Action::CustomerUpdate, &customer.resource())?;
    let entry = record_changed(&mut customer, vec!["contacts".to_owned()])?;
    write.record(input.commit_to(entry));
    insert_contact(&mut write, &customer, input).await?;
    let now = write.now();
    store::customers::save(write.db(), &customer, now).await?;
    let contacts = store::contacts::of_customer(write.db(), customer.id).await?;
    Ok(write.commit(CustomerView::new(customer, contacts)).await?)
}

/// Stores a person of a customer.
pub async fn insert_contact(write: &mut Write, customer: &Customer, new: NewContact) -> Result<(), CrmError> {
    let (contact, now) = (new.with_id(write.new_id()), write.now());
    store::contacts::insert(write.db(), customer.tenant, customer.id, &contact, now).await
}

/// The event that some of a customer's fields changed.
pub fn record_changed(customer: &mut Customer, fields: Vec<String>) -> Result<Entry, CrmError> {
    let event = CustomerChanged {
        customer_id: customer.id.to_string(),
        fields,
        owner_id: customer.owner.to_string(),
        org: customer.org.to_string(),
    };
    Ok(Entry::new(&event, customer.id, customer.next_version())?)
}
