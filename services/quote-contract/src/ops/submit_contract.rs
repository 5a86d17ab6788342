//! Submits a contract to those who must approve it: legal, finance, sales management.

use ::contracts::quote_contract::v1::{ContractApprovalRequested, ContractApproved};
use authz::Action;
use journal::{Caller, Entry, JournalError, Write};
use kernel::{Scope, Text};
use process::gate::{Attempt, pass};
use serde_json::{Value, json};
use uuid::Uuid;

use super::contract_view::ContractView;
use super::read_contracts;
use super::request_approval::{self, About, Planned};
use super::submit_quote::submitter;
use crate::State;
use crate::domain::clause::{ClauseText, ContractClause};
use crate::domain::contract::ContractStatus;
use crate::error::Error;
use crate::store::approval_cases::CONTRACT;
use crate::store::contracts::Contract;
use crate::store::{contract_clauses, contracts};

/// What was found before the write.
struct Prepared {
    version: i64,
    reasons: Vec<Text>,
    /// `None` when the process asks for nobody.
    approval: Option<Planned>,
}

#[tracing::instrument(name = "quote_contract.submit_contract", skip_all, fields(contract = %id))]
pub async fn submit_contract(state: &State, caller: &Caller, id: Uuid) -> Result<ContractView, Error> {
    let prepared = prepare(state, caller, id).await;
    let mut write = state.journal.begin(caller).await?;
    let prepared = prepared?;
    let mut contract = contracts::lock(write.db(), id).await?.ok_or(Error::NotFound("contract"))?;
    if contract.version != prepared.version {
        return Err(JournalError::Overtaken.into());
    }
    let from = contract.status;
    contract.version += 1;
    contract.updated_at = write.now();
    let entry = match prepared.approval {
        Some(planned) => ask(state, &mut write, caller, &mut contract, planned, prepared.reasons).await?,
        None => approve(&mut contract)?,
    };
    write.record(entry.change(from.as_str(), contract.status.as_str()));
    contracts::save(write.db(), &contract).await?;
    let now = write.now();
    let view = read_contracts::view(write.db(), &contract, &caller.principal, now).await?;
    Ok(write.commit(view).await?)
}

async fn prepare(state: &State, caller: &Caller, id: Uuid) -> Result<Prepared, Error> {
    let tenant = caller.tenant();
    let (contract, clauses, definition) = {
        let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
        let contract = contracts::find(&mut tx, id).await?.ok_or(Error::NotFound("contract"))?;
        authz::check(&caller.principal, state.clock.now(), Action::ContractSubmit, &contract.resource())?;
        if !contract.status.is_editable() {
            return Err(Error::ContractNotEditable);
        }
        let clauses = contract_clauses::of_contract(&mut tx, id).await?;
        (contract, clauses, state.definitions.current(&mut tx, tenant, CONTRACT).await?)
    };
    let broken: Vec<_> =
        clauses.iter().filter(|clause| !clause.is_consistent()).map(|clause| clause.text.code.clone()).collect();
    if !broken.is_empty() {
        return Err(Error::ClausesInconsistent(broken));
    }
    let edited = edited(&clauses);
    let codes: Vec<_> = edited.iter().map(|clause| clause.code.clone()).collect();
    let facts = facts(&contract, &codes);
    let attempt = Attempt { from: "draft", to: "approved", facts: &facts, evidence: &[] };
    let passage = pass(&definition, attempt).map_err(process::ProcessError::from)?;
    let approval = match passage.approvals.first() {
        Some(rule) => {
            let by = submitter(&caller.principal);
            Some(request_approval::plan(state, &definition, rule, &contract.org, by, tenant).await?)
        }
        None => None,
    };
    Ok(Prepared { version: contract.version, reasons: reasons(&contract, &edited), approval })
}

/// A contract as the definition's conditions read it, with the codes of the clauses that were edited.
pub fn facts(contract: &Contract, edited: &[String]) -> Value {
    json!({ "total": contract.terms.total().minor, "edited_clauses": edited })
}

fn edited(clauses: &[ContractClause]) -> Vec<&ClauseText> {
    clauses.iter().filter(|clause| clause.sha256 != clause.library_sha256).map(|clause| &clause.text).collect()
}

fn reasons(contract: &Contract, edited: &[&ClauseText]) -> Vec<Text> {
    let (number, total) = (&contract.number, contract.terms.total().readable());
    let mut reasons = vec![Text::new(format!("合同 {number} 总价 {total}"), format!("contract {number} over {total}"))];
    if !edited.is_empty() {
        let named: Vec<_> = edited.iter().map(|clause| format!("{} {}", clause.code, clause.title)).collect();
        reasons.push(Text::new(
            format!("已修改的业务条款：{}", named.join("、")),
            format!("commercial clauses that were changed: {}", named.join(", ")),
        ));
    }
    reasons
}

async fn ask(
    state: &State,
    write: &mut Write,
    caller: &Caller,
    contract: &mut Contract,
    planned: Planned,
    reasons: Vec<Text>,
) -> Result<Entry, Error> {
    let about = About {
        kind: CONTRACT,
        id: contract.id,
        revision: contract.quote_revision,
        number: contract.number.clone(),
        org: contract.org.clone(),
        reasons,
    };
    let approval = request_approval::open(state, write, planned, submitter(&caller.principal), about).await?;
    contract.status = ContractStatus::PendingApproval;
    contract.approval_id = Some(approval.id);
    let event = ContractApprovalRequested {
        contract_id: contract.id.to_string(),
        number: contract.number.clone(),
        approval_id: approval.id.to_string(),
        org: contract.org.to_string(),
        approver_roles: approval.steps.iter().map(|step| step.role.as_str().to_owned()).collect(),
    };
    Ok(Entry::new(&event, contract.id, contract.version)?)
}

fn approve(contract: &mut Contract) -> Result<Entry, Error> {
    contract.status = ContractStatus::Approved;
    let event = ContractApproved {
        contract_id: contract.id.to_string(),
        number: contract.number.clone(),
        owner_id: contract.owner_id.to_string(),
        org: contract.org.to_string(),
    };
    let no_approval = Text::new("流程定义不要求审批", "the process asks for no approval");
    Ok(Entry::new(&event, contract.id, contract.version)?.why(no_approval))
}
