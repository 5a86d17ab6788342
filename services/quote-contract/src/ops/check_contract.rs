//! Proves by hash that a contract's clauses are what legal published.

use kernel::Principal;
use serde::Serialize;
use uuid::Uuid;

use super::read_contracts::load_visible;
use crate::State;
use crate::domain::clause::{ClauseKind, ContractClause, clauses_sha256};
use crate::error::Error;

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ClauseConsistency {
    pub contract_id: Uuid,
    /// True when every clause is consistent and the hash over all of them is the recorded one.
    pub consistent: bool,
    /// Consistent clauses in percent of all; 100 for a sound contract.
    pub percent: u32,
    pub clauses_sha256: String,
    pub clauses: Vec<CheckedClause>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct CheckedClause {
    pub code: String,
    pub revision: i32,
    pub kind: ClauseKind,
    /// Computed now from the stored text.
    pub found_sha256: String,
    /// Recorded with the text.
    pub recorded_sha256: String,
    /// Of the published revision.
    pub library_sha256: String,
    /// A business clause whose text differs from the library's, as it may.
    pub edited: bool,
    pub consistent: bool,
}

#[tracing::instrument(name = "quote_contract.check_contract", skip_all, fields(contract = %id))]
pub async fn check_contract(state: &State, principal: &Principal, id: Uuid) -> Result<ClauseConsistency, Error> {
    let (contract, clauses) = load_visible(state, principal, id).await?;
    let found = clauses_sha256(&clauses);
    let sound = clauses.iter().filter(|clause| clause.is_consistent()).count();
    let percent = (sound * 100).checked_div(clauses.len()).unwrap_or(100);
    Ok(ClauseConsistency {
        contract_id: id,
        consistent: sound == clauses.len() && found == contract.clauses_sha256,
        percent: u32::try_from(percent).unwrap_or(0),
        clauses_sha256: found,
        clauses: clauses.iter().map(CheckedClause::from).collect(),
    })
}

impl From<&ContractClause> for CheckedClause {
    fn from(clause: &ContractClause) -> Self {
        let found = clause.text.sha256();
        Self {
            code: clause.text.code.clone(),
            revision: clause.revision,
            kind: clause.kind,
            edited: clause.kind == ClauseKind::Business && found != clause.library_sha256,
            consistent: clause.is_consistent(),
            found_sha256: found,
            recorded_sha256: clause.sha256.clone(),
            library_sha256: clause.library_sha256.clone(),
        }
    }
}
