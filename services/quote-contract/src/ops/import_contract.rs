//! Takes back a contract that a counterpart has worked on, compared with ours clause by clause.

use authz::Action;
use journal::Caller;
use serde::Deserialize;
use uuid::Uuid;

use super::change_contract::{ContractChange, apply};
use super::contract_view::ContractView;
use super::refuse_tampering::refuse_tampering;
use crate::State;
use crate::domain::clause::ClauseText;
use crate::domain::clause_comparison::compare;
use crate::domain::contract_text::{self, ReturnedContract};
use crate::error::Error;
use crate::store::{contract_clauses, contracts};

const LONGEST_DOCUMENT: usize = 1024 * 1024;

/// The whole contract: as the text that `GET …/document` gives, or clause by clause.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ImportedContract {
    pub document: Option<String>,
    pub clauses: Vec<ClauseText>,
    pub delivery_place: Option<String>,
    pub lead_time_days: Option<i64>,
}

impl ImportedContract {
    fn read(self) -> Result<ReturnedContract, Error> {
        let Some(document) = self.document else {
            return Ok(ReturnedContract {
                delivery_place: self.delivery_place,
                lead_time_days: self.lead_time_days,
                clauses: self.clauses,
            });
        };
        if document.len() > LONGEST_DOCUMENT {
            let reason = kernel::Text::new("最大 1 MiB", "at most 1 MiB");
            return Err(Error::Invalid(vec![kernel::FieldError::new("document", "too_long", reason)]));
        }
        contract_text::read(&document).map_err(Error::Invalid)
    }
}

#[tracing::instrument(name = "quote_contract.import_contract", skip_all, fields(contract = %id))]
pub async fn import_contract(
    state: &State,
    caller: &Caller,
    id: Uuid,
    imported: ImportedContract,
) -> Result<ContractView, Error> {
    let mut write = state.journal.begin(caller).await?;
    let contract = contracts::lock(write.db(), id).await?.ok_or(Error::NotFound("contract"))?;
    authz::check(&caller.principal, write.now(), Action::ContractEdit, &contract.resource())?;
    let returned = imported.read()?;
    let ours = contract_clauses::of_contract(write.db(), id).await?;
    let comparison = compare(&ours, &returned.clauses);
    if !comparison.tampered.is_empty() {
        return Err(refuse_tampering(write, contract, comparison.tampered, "import").await?);
    }
    if !contract.status.is_editable() {
        return Err(Error::ContractNotEditable);
    }
    if !comparison.foreign.is_empty() {
        return Err(Error::ClauseUnknown(comparison.foreign));
    }
    let change = ContractChange {
        delivery_place: returned.delivery_place,
        lead_time_days: returned.lead_time_days,
        ..ContractChange::default()
    };
    apply(write, caller, contract, change, &comparison.edited).await
}
