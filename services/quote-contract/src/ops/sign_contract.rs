//! Captures signatures. With both parties' the contract binds: the signed file is fixed by its hash and
//! one invoice application is made, all in one write.

use ::contracts::quote_contract::v1::{
    ContractLine, ContractSignatureCaptured, ContractSigned, InvoiceApplied, PlannedPayment,
};
use authz::Action;
use chrono::{DateTime, Datelike, Utc};
use journal::{Caller, Entry, JournalError, Write};
use kernel::{Evidence, EvidenceKind, FieldError, Scope, Text};
use serde::Deserialize;
use uuid::Uuid;

use super::contract_view::{ContractView, payments};
use super::print_contract::{self, Source};
use super::read_contracts;
use crate::State;
use crate::domain::contract::ContractStatus;
use crate::domain::decimal::plain;
use crate::domain::payment::Payment;
use crate::domain::signature::{Party, SignatureFormat, check, signature_sha256};
use crate::error::Error;
use crate::pdf;
use crate::store::contracts::Contract;
use crate::store::invoices::{self, InvoiceApplication};
use crate::store::signatures::{self, Signature};
use crate::store::{contract_clauses, contracts, counters, quotes};

/// One party's signature, or both at once.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    pub signatures: Vec<CapturedSignature>,
}

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CapturedSignature {
    pub party: Party,
    pub signer_name: String,
    pub format: SignatureFormat,
    /// The `d` of an SVG path, or a PNG in base64.
    pub data: String,
}

impl Sign {
    fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        if self.signatures.is_empty() {
            faults.push(FieldError::required("signatures"));
        }
        for (at, one) in self.signatures.iter().enumerate() {
            if one.signer_name.trim().is_empty() {
                faults.push(FieldError::required(format!("signatures[{at}].signer_name")));
            }
            faults.extend(check(&format!("signatures[{at}].data"), one.format, &one.data));
            if self.signatures[..at].iter().any(|before| before.party == one.party) {
                let reason = Text::new("同一方重复签署", "this party is given twice");
                faults.push(FieldError::new(format!("signatures[{at}].party"), "repeated", reason));
            }
        }
        faults
    }
}

/// What was made before the write: the paper takes time to print.
struct Prepared {
    version: i64,
    at: DateTime<Utc>,
    new: Vec<Signature>,
    /// The signed file, when these signatures complete the contract.
    file: Option<Vec<u8>>,
}

#[tracing::instrument(name = "quote_contract.sign_contract", skip_all, fields(contract = %id))]
pub async fn sign_contract(state: &State, caller: &Caller, id: Uuid, input: Sign) -> Result<ContractView, Error> {
    let prepared = prepare(state, caller, id, input).await;
    let mut write = state.journal.begin(caller).await?;
    let prepared = prepared?;
    let mut contract = contracts::lock(write.db(), id).await?.ok_or(Error::NotFound("contract"))?;
    if contract.version != prepared.version {
        return Err(JournalError::Overtaken.into());
    }
    for signature in &prepared.new {
        capture(&mut write, &mut contract, signature).await?;
    }
    if let Some(file) = &prepared.file {
        complete(state, &mut write, &mut contract, prepared.at, file).await?;
    } else {
        contract.updated_at = write.now();
        contracts::save(write.db(), &contract).await?;
    }
    let view = read_contracts::view(write.db(), &contract, &caller.principal, prepared.at).await?;
    Ok(write.commit(view).await?)
}

async fn prepare(state: &State, caller: &Caller, id: Uuid, input: Sign) -> Result<Prepared, Error> {
    let at = state.clock.now();
    let (mut contract, clauses, mut all, quote) = {
        let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
        let contract = contracts::find(&mut tx, id).await?.ok_or(Error::NotFound("contract"))?;
        authz::check(&caller.principal, at, Action::ContractSign, &contract.resource())?;
        let clauses = contract_clauses::of_contract(&mut tx, id).await?;
        let before = signatures::of_contract(&mut tx, id).await?;
        let quote = quotes::find(&mut tx, contract.quote_id).await?;
        (contract, clauses, before, quote)
    };
    if contract.status == ContractStatus::Signed {
        return Err(Error::AlreadySigned);
    }
    if !contract.status.may_be_signed() {
        return Err(Error::ContractNotApproved);
    }
    let faults = input.faults();
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    if input.signatures.iter().any(|new| all.iter().any(|before| before.party == new.party)) {
        return Err(Error::AlreadySigned);
    }
    let broken: Vec<_> = clauses.iter().filter(|one| !one.is_consistent()).map(|one| one.text.code.clone()).collect();
    if !broken.is_empty() {
        return Err(Error::ClausesInconsistent(broken));
    }
    let version = contract.version;
    let new: Vec<_> = input.signatures.into_iter().map(|one| captured(one, at, caller.principal.id)).collect();
    all.extend(new.iter().cloned());
    let file = if all.len() == 2 {
        contract.signed_at = Some(at);
        let quote_number = quote.map(|quote| quote.number).unwrap_or_default();
        let source = Source { contract: &contract, quote_number, clauses, signatures: &all, now: at };
        Some(print_contract::render(state, source).await?)
    } else {
        None
    };
    Ok(Prepared { version, at, new, file })
}

fn captured(one: CapturedSignature, signed_at: DateTime<Utc>, captured_by: Uuid) -> Signature {
    Signature {
        party: one.party,
        signer_name: one.signer_name.trim().to_owned(),
        format: one.format,
        sha256: signature_sha256(&one.data),
        data: one.data,
        signed_at,
        captured_by,
    }
}

async fn capture(write: &mut Write, contract: &mut Contract, signature: &Signature) -> Result<(), Error> {
    signatures::insert(write.db(), contract.tenant, contract.id, signature).await?;
    contract.version += 1;
    let event = ContractSignatureCaptured {
        contract_id: contract.id.to_string(),
        party: signature.party.as_str().to_owned(),
        signature_sha256: signature.sha256.clone(),
        org: contract.org.to_string(),
    };
    let entry = Entry::new(&event, contract.id, contract.version)?;
    write.record(
        entry
            .change(contract.status.as_str(), ContractStatus::Signing.as_str())
            .personal("signer_name", &signature.signer_name),
    );
    contract.status = ContractStatus::Signing;
    Ok(())
}

/// Fixes the file, tells everybody, and applies for the invoice.
async fn complete(
    state: &State,
    write: &mut Write,
    contract: &mut Contract,
    at: DateTime<Utc>,
    file: &[u8],
) -> Result<(), Error> {
    let sha256 = pdf::sha256(file);
    contract.signed_at = Some(at);
    contract.signed_sha256 = Some(sha256.clone());
    contract.version += 1;
    contract.updated_at = at;
    signatures::keep_file(write.db(), contract.tenant, contract.id, file, &sha256).await?;
    let payments = payments(contract, at)?;
    let from = contract.status;
    contract.status = ContractStatus::Signed;
    contracts::save(write.db(), contract).await?;
    let evidence = Evidence {
        kind: EvidenceKind::File,
        name: "signed_contract".into(),
        reference: format!("/api/contracts/{}/pdf", contract.id),
        sha256: Some(sha256.clone()),
    };
    let entry = Entry::new(&signed(contract, &payments, at, sha256), contract.id, contract.version)?;
    write.record(entry.change(from.as_str(), ContractStatus::Signed.as_str()).evidence([evidence]));
    apply_for_invoice(state, write, contract, at).await
}

fn signed(contract: &Contract, payments: &[Payment], at: DateTime<Utc>, sha256: String) -> ContractSigned {
    let terms = &contract.terms;
    let payment = |payment: &Payment| PlannedPayment {
        kind: payment.kind.as_str().to_owned(),
        percent: payment.percent,
        amount: Some(payment.amount.into()),
        due_at: Some(payment.due_at.into()),
    };
    let line = |line: &crate::domain::quote::Line| ContractLine {
        product_code: line.product_code.clone(),
        name: line.name_zh.clone(),
        quantity: plain(line.quantity),
        unit: line.unit.clone(),
        name_en: line.name_en.clone(),
    };
    ContractSigned {
        contract_id: contract.id.to_string(),
        number: contract.number.clone(),
        quote_id: contract.quote_id.to_string(),
        opportunity_id: contract.opportunity_id.to_string(),
        customer_id: contract.customer_id.to_string(),
        company: terms.company.clone(),
        owner_id: contract.owner_id.to_string(),
        org: contract.org.to_string(),
        total: Some(terms.total().into()),
        payments: payments.iter().map(payment).collect(),
        lines: terms.lines.iter().map(line).collect(),
        signed_at: Some(at.into()),
        promised_delivery_at: Some(terms.promised_delivery_at.into()),
        signed_sha256: sha256,
    }
}

async fn apply_for_invoice(
    state: &State,
    write: &mut Write,
    contract: &Contract,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let year = process::calendar::shanghai(at).year();
    let application = InvoiceApplication {
        id: write.new_id(),
        number: counters::next(write.db(), contract.tenant, "FP", year).await?,
        contract_id: contract.id,
        customer_id: contract.customer_id,
        amount: contract.terms.total(),
        tax: contract.terms.totals.tax,
        tax_rate: plain(contract.terms.tax_rate()),
        account: state.config.company.account.clone(),
        applied_at: at,
    };
    invoices::insert(write.db(), contract.tenant, &application).await?;
    let event = InvoiceApplied {
        application_id: application.id.to_string(),
        number: application.number.clone(),
        contract_id: contract.id.to_string(),
        customer_id: contract.customer_id.to_string(),
        amount: Some(application.amount.into()),
        tax_rate: application.tax_rate.clone(),
        org: contract.org.to_string(),
        account: application.account.clone(),
        tax: Some(application.tax.into()),
    };
    write.record(Entry::new(&event, application.id, 1)?.change("", "applied"));
    Ok(())
}
