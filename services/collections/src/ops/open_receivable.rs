//! A signed contract opens exactly one receivable with its payment plan and its journey.

use authz::Action;
use chrono::{DateTime, Utc};
use contracts::collections::v1::{PaymentPlanned, ReceivableOpened};
use journal::{Caller, Entry};
use kernel::{Money, OrgPath};
use uuid::Uuid;

use super::journey_step::arm_stall;
use crate::app::State;
use crate::domain::journey::DEFINITION;
use crate::domain::node::Node;
use crate::domain::plan::{Instalment, Planned, plan};
use crate::domain::receivable::{self, Receivable};
use crate::error::CollectionsError;
use crate::store;

/// What the contract says.
pub struct SignedContract {
    pub contract_id: Uuid,
    pub number: String,
    pub customer_id: Uuid,
    pub company: String,
    pub owner_id: Uuid,
    pub org: OrgPath,
    pub total: Money,
    pub signed_at: DateTime<Utc>,
    pub payments: Vec<Planned>,
}

#[tracing::instrument(name = "collections.open_receivable", skip_all, fields(contract = %contract.contract_id))]
pub async fn open_receivable(state: &State, caller: &Caller, contract: SignedContract) -> Result<(), CollectionsError> {
    let instalments = plan(contract.total, contract.signed_at, contract.payments.clone())?;
    let mut write = state.journal.begin(caller).await?;
    let mut new = receivable_of(caller, contract, write.new_id(), write.now());
    authz::check(&caller.principal, write.now(), Action::ReceivablePlan, &new.resource())?;
    if !store::receivables::insert(write.db(), &new).await? {
        return Ok(write.commit(()).await?);
    }
    store::instalments::insert(write.db(), new.tenant.0, new.id, &instalments).await?;
    write.record(Entry::new(&opened(&new), new.id, new.next_version())?.change("", new.node.stage()));
    write.record(Entry::new(&planned(&new, &instalments), new.id, new.next_version())?);
    let definition = state.definitions.current(write.db(), new.tenant, DEFINITION).await?;
    arm_stall(state, &mut write, &definition, &mut new).await?;
    store::receivables::save(write.db(), &new).await?;
    Ok(write.commit(()).await?)
}

fn receivable_of(caller: &Caller, contract: SignedContract, id: Uuid, now: DateTime<Utc>) -> Receivable {
    Receivable {
        id,
        tenant: caller.tenant(),
        contract_id: contract.contract_id,
        contract_number: contract.number,
        customer_id: contract.customer_id,
        company: contract.company,
        owner_id: contract.owner_id,
        org: contract.org,
        amount: contract.total,
        paid: Money::zero(contract.total.currency),
        credit: Money::zero(contract.total.currency),
        state: receivable::State::Open,
        node: Node::Opened,
        moved_at: now,
        expected_payment_at: None,
        stall_generation: 0,
        version: 0,
        opened_at: now,
        closed_at: None,
    }
}

fn opened(new: &Receivable) -> ReceivableOpened {
    ReceivableOpened {
        receivable_id: new.id.to_string(),
        contract_id: new.contract_id.to_string(),
        contract_number: new.contract_number.clone(),
        customer_id: new.customer_id.to_string(),
        company: new.company.clone(),
        owner_id: new.owner_id.to_string(),
        org: new.org.to_string(),
        amount: Some(new.amount.into()),
    }
}

fn planned(new: &Receivable, instalments: &[Instalment]) -> PaymentPlanned {
    PaymentPlanned {
        receivable_id: new.id.to_string(),
        contract_id: new.contract_id.to_string(),
        instalments: u32::try_from(instalments.len()).unwrap_or(u32::MAX),
    }
}
