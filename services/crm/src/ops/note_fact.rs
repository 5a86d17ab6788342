//! Notes what another service saw happen with a customer, and judges the customer anew.

use authz::Action;
use contracts::crm::v1::CustomerFactNoted;
use journal::{Caller, Entry, Write};
use kernel::{Money, Reason};
use uuid::Uuid;

use super::judge_customer::judge_customer;
use crate::app::State;
use crate::domain::customer::Customer;
use crate::domain::standing::{Fact, FactValue};
use crate::error::CrmError;
use crate::store;

/// A fact, and the version of the aggregate that says so: an older one never replaces a newer one.
#[derive(Clone, Debug)]
pub struct NotedFact {
    pub customer: Uuid,
    pub fact: Fact,
    pub version: i64,
    /// Why, in words, where the event says.
    pub why: Option<Reason>,
    /// The contract that is fully paid by this, and its amount.
    pub paid_contract: Option<(Uuid, Money)>,
}

#[tracing::instrument(name = "crm.note_fact", skip_all, fields(customer = %noted.customer, fact = %noted.fact.value))]
pub async fn note_fact(state: &State, caller: &Caller, noted: NotedFact) -> Result<(), CrmError> {
    let mut write = state.journal.begin(caller).await?;
    let customer = store::customers::lock(write.db(), noted.customer).await?;
    let mut customer = customer.ok_or(CrmError::CustomerNotFound)?;
    authz::check(&caller.principal, write.now(), Action::CustomerUpdate, &customer.resource())?;
    if let Some((contract, amount)) = noted.paid_contract {
        let now = write.now();
        store::repurchases::add(write.db(), customer.tenant, customer.id, contract, amount, now).await?;
    }
    keep_fact(&mut write, &mut customer, &noted).await?;
    judge_customer(state, &mut write, &mut customer).await?;
    Ok(write.commit(()).await?)
}

/// Records and keeps a fact unless a later one about the same is there; the customer's row is the
/// caller's to save.
pub async fn keep_fact(write: &mut Write, customer: &mut Customer, noted: &NotedFact) -> Result<(), CrmError> {
    let fact = &noted.fact;
    if !store::facts::keep(write.db(), customer.tenant, customer.id, fact, noted.version).await? {
        return Ok(());
    }
    if fact.value.is_contact() {
        customer.contacted(fact.at);
    }
    let event = CustomerFactNoted {
        customer_id: customer.id.to_string(),
        fact: fact.value.to_string(),
        subject_id: fact.subject.to_string(),
    };
    let entry = Entry::new(&event, customer.id, customer.next_version())?;
    write.record(match &noted.why {
        Some(why) => entry.why(why),
        None => entry,
    });
    Ok(())
}

impl NotedFact {
    /// A fact without an amount.
    pub fn new(customer: Uuid, value: FactValue, subject: Uuid, meta: &journal::consume::Meta) -> Self {
        let fact = Fact { value, subject, amount: None, at: meta.time };
        Self { customer, fact, version: meta.version, why: None, paid_contract: None }
    }
}
