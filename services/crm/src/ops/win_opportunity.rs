//! A signed contract wins its opportunity, through the same gate as everybody, and counts as an order.

use authz::Action;
use chrono::{DateTime, Utc};
use journal::Caller;
use kernel::{Evidence, EvidenceKind, Money, Reason, Text};
use uuid::Uuid;

use super::attach_evidence::record_evidence;
use super::judge_customer::judge_customer;
use super::move_opportunity::{Move, move_opportunity};
use super::note_fact::{NotedFact, keep_fact};
use crate::app::State;
use crate::domain::fields::some;
use crate::domain::opportunity::{SIGNED_CONTRACT, WON};
use crate::domain::standing::{Fact, FactValue};
use crate::error::CrmError;
use crate::store;

/// A contract as it was signed.
#[derive(Clone, Debug)]
pub struct SignedContract {
    pub contract: Uuid,
    pub number: String,
    pub opportunity: Uuid,
    pub total: Money,
    pub signed_at: DateTime<Utc>,
    pub sha256: String,
    /// The contract's version when it was signed.
    pub version: i64,
}

/// A closed gate leaves the opportunity where it is, with the refusal in the journal; the contract and
/// the order are noted all the same.
#[tracing::instrument(name = "crm.win_opportunity", skip_all, fields(opportunity = %signed.opportunity, contract = %signed.contract))]
pub async fn win_opportunity(state: &State, caller: &Caller, signed: SignedContract) -> Result<(), CrmError> {
    let mut write = state.journal.begin(caller).await?;
    let now = write.now();
    let opportunity = store::opportunities::lock(write.db(), signed.opportunity).await?;
    let mut opportunity = opportunity.ok_or(CrmError::OpportunityNotFound)?;
    authz::check(&caller.principal, now, Action::OpportunityAdvance, &opportunity.resource())?;
    let customer = store::customers::lock(write.db(), opportunity.customer).await?;
    let mut customer = customer.ok_or(CrmError::CustomerNotFound)?;
    record_evidence(&mut write, &mut opportunity, carrier(&signed)).await?;
    opportunity.contract = Some(signed.contract);
    let reason = signed_reason(&signed.number);
    if opportunity.stage == WON {
        store::opportunities::save(write.db(), &opportunity, now).await?;
    } else {
        let wanted = Move { to: WON, reason: Some(&reason) };
        let refused = move_opportunity(state, &mut write, &mut opportunity, wanted).await?;
        if refused.is_some() {
            tracing::warn!("a contract was signed, but the opportunity's gate to won is closed");
        }
    }
    let order = order(customer.id, &signed, reason);
    keep_fact(&mut write, &mut customer, &order).await?;
    judge_customer(state, &mut write, &mut customer).await?;
    Ok(write.commit(()).await?)
}

fn signed_reason(number: &str) -> Reason {
    Text::new(format!("合同 {number} 已签署"), format!("contract {number} is signed")).into()
}

fn carrier(signed: &SignedContract) -> Evidence {
    Evidence {
        kind: EvidenceKind::File,
        name: SIGNED_CONTRACT.to_owned(),
        reference: signed.contract.to_string(),
        sha256: some(signed.sha256.clone()),
    }
}

fn order(customer: Uuid, signed: &SignedContract, why: Reason) -> NotedFact {
    let fact = Fact {
        value: FactValue::OrderSigned,
        subject: signed.contract,
        amount: Some(signed.total),
        at: signed.signed_at,
    };
    NotedFact { customer, fact, version: signed.version, why: Some(why), paid_contract: None }
}
