//! Contracts as a principal may see them.

use authz::ResourceKind;
use chrono::{DateTime, Utc};
use kernel::Principal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::contract_view::{ContractSummary, ContractView, Parts};
use super::read_catalogue::may_read_costs;
use crate::State;
use crate::domain::clause::ContractClause;
use crate::domain::contract_text;
use crate::error::Error;
use crate::store::contracts::{Contract, Filter};
use crate::store::{contract_clauses, contracts, invoices, signatures};

/// Newest first, one more than `limit` when there are more.
pub async fn list_contracts(
    state: &State,
    principal: &Principal,
    filter: &Filter,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<ContractSummary>, Error> {
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Contract)).await?;
    Ok(contracts::page(&mut tx, filter, after, limit).await?.iter().map(ContractSummary::from).collect())
}

pub async fn get_contract(state: &State, principal: &Principal, id: Uuid) -> Result<ContractView, Error> {
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Contract)).await?;
    let contract = contracts::find(&mut tx, id).await?.ok_or(Error::NotFound("contract"))?;
    view(&mut tx, &contract, principal, state.clock.now()).await
}

/// The contract as text for the counterpart, which `import` reads back.
pub async fn export_contract(state: &State, principal: &Principal, id: Uuid) -> Result<String, Error> {
    let (contract, clauses) = load_visible(state, principal, id).await?;
    Ok(contract_text::write(&contract.number, &contract.terms, &clauses))
}

/// A contract the principal may see, with its clauses.
pub async fn load_visible(
    state: &State,
    principal: &Principal,
    id: Uuid,
) -> Result<(Contract, Vec<ContractClause>), Error> {
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Contract)).await?;
    let contract = contracts::find(&mut tx, id).await?.ok_or(Error::NotFound("contract"))?;
    let clauses = contract_clauses::of_contract(&mut tx, id).await?;
    Ok((contract, clauses))
}

/// The contract with everything that belongs to it.
pub async fn view(
    db: &mut PgConnection,
    contract: &Contract,
    principal: &Principal,
    now: DateTime<Utc>,
) -> Result<ContractView, Error> {
    let parts = Parts {
        clauses: contract_clauses::of_contract(db, contract.id).await?,
        signatures: signatures::of_contract(db, contract.id).await?,
        invoice: invoices::of_contract(db, contract.id).await?,
    };
    ContractView::new(contract, parts, may_read_costs(principal, now), now)
}
