//! Changes the business part of a contract: delivery, payment plan, business clauses. Price and locked
//! clauses cannot be changed.

use ::contracts::quote_contract::v1::ContractChanged;
use authz::Action;
use chrono::{DateTime, Utc};
use journal::{Caller, Entry, Write};
use kernel::FieldError;
use runtime::http::IfMatch;
use serde::Deserialize;
use uuid::Uuid;

use super::contract_view::ContractView;
use super::create_contract::{lead_time_fault, place_fault, promise_fault};
use super::read_contracts;
use super::refuse_tampering::refuse_tampering;
use crate::State;
use crate::domain::clause::{ClauseText, clauses_sha256};
use crate::domain::clause_comparison::compare_some;
use crate::domain::contract::{ContractStatus, ContractTerms};
use crate::domain::payment::{Installment, plan_faults};
use crate::error::Error;
use crate::store::contracts::Contract;
use crate::store::{contract_clauses, contracts};

#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ContractChange {
    pub delivery_place: Option<String>,
    pub lead_time_days: Option<i64>,
    pub promised_delivery_at: Option<DateTime<Utc>>,
    pub payment_plan: Option<Vec<Installment>>,
    /// New texts of business clauses.
    pub clauses: Vec<ClauseText>,
}

impl ContractChange {
    fn faults(&self, now: DateTime<Utc>) -> Vec<FieldError> {
        let mut faults: Vec<_> = self.payment_plan.as_deref().map(plan_faults).unwrap_or_default();
        faults.extend(self.promised_delivery_at.and_then(|at| promise_fault(at, now)));
        faults.extend(self.lead_time_days.and_then(lead_time_fault));
        faults.extend(self.delivery_place.as_deref().and_then(place_fault));
        faults
    }
}

#[tracing::instrument(name = "quote_contract.change_contract", skip_all, fields(contract = %id))]
pub async fn change_contract(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: IfMatch,
    change: ContractChange,
) -> Result<ContractView, Error> {
    let mut write = state.journal.begin(caller).await?;
    let contract = contracts::lock(write.db(), id).await?.ok_or(Error::NotFound("contract"))?;
    authz::check(&caller.principal, write.now(), Action::ContractEdit, &contract.resource())?;
    seen.check(contract.version).map_err(Error::Worded)?;
    let ours = contract_clauses::of_contract(write.db(), id).await?;
    let comparison = compare_some(&ours, &change.clauses);
    if !comparison.tampered.is_empty() {
        return Err(refuse_tampering(write, contract, comparison.tampered, "patch").await?);
    }
    if !contract.status.is_editable() {
        return Err(Error::ContractNotEditable);
    }
    if !comparison.foreign.is_empty() {
        return Err(Error::ClauseUnknown(comparison.foreign));
    }
    apply(write, caller, contract, change, &comparison.edited).await
}

/// Applies a change that touches no locked clause, and answers the contract as it is then.
pub async fn apply(
    mut write: Write,
    caller: &Caller,
    mut contract: Contract,
    change: ContractChange,
    edited: &[ClauseText],
) -> Result<ContractView, Error> {
    let now = write.now();
    let mut faults = change.faults(now);
    faults.extend(edited.iter().flat_map(ClauseText::faults));
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut fields = change_terms(&mut contract.terms, change);
    for text in edited {
        contract_clauses::rewrite(write.db(), contract.id, text).await?;
        fields.push(format!("clauses[{}]", text.code.trim()));
    }
    if !fields.is_empty() {
        let from = contract.status;
        contract.status = ContractStatus::Draft;
        contract.clauses_sha256 = clauses_sha256(&contract_clauses::of_contract(write.db(), contract.id).await?);
        contract.version += 1;
        contract.updated_at = now;
        contracts::save(write.db(), &contract).await?;
        let event = ContractChanged { contract_id: contract.id.to_string(), fields };
        let entry = Entry::new(&event, contract.id, contract.version)?;
        write.record(entry.change(from.as_str(), ContractStatus::Draft.as_str()));
    }
    let view = read_contracts::view(write.db(), &contract, &caller.principal, now).await?;
    Ok(write.commit(view).await?)
}

/// Takes over what differs; answers the names of the fields.
fn change_terms(terms: &mut ContractTerms, change: ContractChange) -> Vec<String> {
    let mut fields = Vec::new();
    let place = change.delivery_place.map(|place| place.trim().to_owned());
    replace(&mut terms.delivery_place, place, "delivery_place", &mut fields);
    replace(&mut terms.lead_time_days, change.lead_time_days, "lead_time_days", &mut fields);
    replace(&mut terms.promised_delivery_at, change.promised_delivery_at, "promised_delivery_at", &mut fields);
    replace(&mut terms.payment_plan, change.payment_plan, "payment_plan", &mut fields);
    fields
}

fn replace<T: PartialEq>(old: &mut T, new: Option<T>, field: &str, fields: &mut Vec<String>) {
    let Some(new) = new.filter(|new| new != old) else { return };
    *old = new;
    fields.push(field.to_owned());
}
