//! A contract as a PDF: the signed file once it is signed, else a draft printed anew.

use chrono::{DateTime, Utc};
use kernel::{Principal, Scope};
use uuid::Uuid;

use super::contract_view::payments;
use super::print_quote::Printed;
use super::read_contracts::load_visible;
use crate::State;
use crate::domain::clause::ContractClause;
use crate::error::Error;
use crate::pdf::{ContractPaper, DrawnSignature, PdfError};
use crate::store::contracts::Contract;
use crate::store::quotes;
use crate::store::signatures::{self, Signature};

/// What a contract's paper is made from.
pub struct Source<'a> {
    pub contract: &'a Contract,
    pub quote_number: String,
    pub clauses: Vec<ContractClause>,
    pub signatures: &'a [Signature],
    pub now: DateTime<Utc>,
}

#[tracing::instrument(name = "quote_contract.print_contract", skip_all, fields(contract = %id))]
pub async fn print_contract(state: &State, principal: &Principal, id: Uuid) -> Result<Printed, Error> {
    let (contract, clauses) = load_visible(state, principal, id).await?;
    let file_name = format!("{}.pdf", contract.number);
    let (signed, captured, quote) = {
        let mut tx = state.journal.read(principal, Scope::All).await?;
        let signed = signatures::file(&mut tx, id).await?;
        (signed, signatures::of_contract(&mut tx, id).await?, quotes::find(&mut tx, contract.quote_id).await?)
    };
    if let Some(pdf) = signed {
        return Ok(Printed { file_name, pdf });
    }
    let quote_number = quote.map(|quote| quote.number).unwrap_or_default();
    let source = Source { contract: &contract, quote_number, clauses, signatures: &captured, now: state.clock.now() };
    Ok(Printed { file_name, pdf: render(state, source).await? })
}

/// Prints off the async threads.
pub async fn render(state: &State, source: Source<'_>) -> Result<Vec<u8>, Error> {
    let (printer, config, paper) = (state.printer.clone(), state.config.clone(), paper(source)?);
    let printed = tokio::task::spawn_blocking(move || printer.contract(&config.company, &paper)).await;
    Ok(printed.map_err(|error| PdfError::Unwritable(error.to_string()))??)
}

fn paper(source: Source<'_>) -> Result<ContractPaper, Error> {
    let contract = source.contract;
    let complete = source.signatures.len() == 2;
    let watermark = if complete { contract.terms.company.clone() } else { contract.status.label().to_owned() };
    Ok(ContractPaper {
        number: contract.number.clone(),
        quote_number: source.quote_number,
        payments: payments(contract, source.now)?,
        terms: contract.terms.clone(),
        clauses: source.clauses,
        clauses_sha256: contract.clauses_sha256.clone(),
        created_at: contract.created_at,
        watermark,
        signatures: source.signatures.iter().map(drawn).collect(),
    })
}

fn drawn(signature: &Signature) -> DrawnSignature {
    DrawnSignature {
        party: signature.party,
        signer_name: signature.signer_name.clone(),
        format: signature.format,
        data: signature.data.clone(),
        sha256: signature.sha256.clone(),
        signed_at: signature.signed_at,
    }
}
