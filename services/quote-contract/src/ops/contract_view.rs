//! A contract as clients see it.

use chrono::{DateTime, Utc};
use kernel::Money;
use serde::Serialize;
use uuid::Uuid;

use super::quote_view::LineView;
use crate::domain::clause::ContractClause;
use crate::domain::contract::ContractStatus;
use crate::domain::payment::{Installment, Payment, schedule};
use crate::domain::quote::Totals;
use crate::domain::signature::{Party, SignatureFormat};
use crate::error::Error;
use crate::store::contracts::Contract;
use crate::store::invoices::InvoiceApplication;
use crate::store::signatures::Signature;

/// One row of the list.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ContractSummary {
    pub id: Uuid,
    pub number: String,
    pub quote_id: Uuid,
    pub quote_revision: i32,
    pub opportunity_id: Uuid,
    pub customer_id: Uuid,
    pub company: String,
    pub subject: String,
    pub owner_id: Uuid,
    pub org: String,
    pub status: ContractStatus,
    pub total: Money,
    pub approval_id: Option<Uuid>,
    pub signed_at: Option<DateTime<Utc>>,
    /// Of the signed file.
    pub signed_sha256: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A contract with everything it says.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ContractView {
    #[serde(flatten)]
    pub contract: ContractSummary,
    pub destination: String,
    pub customer_type: String,
    pub delivery_place: String,
    pub lead_time_days: i64,
    pub promised_delivery_at: DateTime<Utc>,
    pub payment_plan: Vec<Installment>,
    /// The plan with amounts and dates; dates are expected ones until the contract is signed.
    pub payments: Vec<PaymentView>,
    pub lines: Vec<LineView>,
    pub totals: Totals,
    pub clauses: Vec<ContractClause>,
    /// Over all clauses, in order.
    pub clauses_sha256: String,
    pub signatures: Vec<SignatureView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice: Option<InvoiceView>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PaymentView {
    /// prepayment, on_delivery, net_30, retention
    pub kind: String,
    pub percent: u32,
    pub amount: Money,
    pub due_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SignatureView {
    pub party: Party,
    pub signer_name: String,
    pub format: SignatureFormat,
    pub sha256: String,
    pub signed_at: DateTime<Utc>,
    pub captured_by: Uuid,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct InvoiceView {
    pub id: Uuid,
    pub number: String,
    pub amount: Money,
    pub tax: Money,
    pub tax_rate: String,
    pub account: String,
    pub applied_at: DateTime<Utc>,
}

impl From<&Contract> for ContractSummary {
    fn from(contract: &Contract) -> Self {
        Self {
            id: contract.id,
            number: contract.number.clone(),
            quote_id: contract.quote_id,
            quote_revision: contract.quote_revision,
            opportunity_id: contract.opportunity_id,
            customer_id: contract.customer_id,
            company: contract.terms.company.clone(),
            subject: contract.terms.subject.clone(),
            owner_id: contract.owner_id,
            org: contract.org.to_string(),
            status: contract.status,
            total: contract.terms.total(),
            approval_id: contract.approval_id,
            signed_at: contract.signed_at,
            signed_sha256: contract.signed_sha256.clone(),
            version: contract.version,
            created_at: contract.created_at,
            updated_at: contract.updated_at,
        }
    }
}

/// What belongs to a contract besides its own row.
pub struct Parts {
    pub clauses: Vec<ContractClause>,
    pub signatures: Vec<Signature>,
    pub invoice: Option<InvoiceApplication>,
}

impl ContractView {
    /// `now` stands in for the day of signing while there is none.
    pub fn new(contract: &Contract, parts: Parts, costs: bool, now: DateTime<Utc>) -> Result<Self, Error> {
        let terms = contract.terms.clone();
        let payments = payments(contract, now)?;
        Ok(Self {
            contract: contract.into(),
            destination: terms.destination,
            customer_type: terms.customer_type,
            delivery_place: terms.delivery_place,
            lead_time_days: terms.lead_time_days,
            promised_delivery_at: terms.promised_delivery_at,
            payment_plan: terms.payment_plan,
            payments: payments.into_iter().map(PaymentView::from).collect(),
            lines: terms.lines.into_iter().map(|line| LineView::new(line, costs)).collect(),
            totals: terms.totals,
            clauses: parts.clauses,
            clauses_sha256: contract.clauses_sha256.clone(),
            signatures: parts.signatures.into_iter().map(SignatureView::from).collect(),
            invoice: parts.invoice.map(InvoiceView::from),
        })
    }
}

/// The payments of a contract as signed, or as they would be if it were signed now.
pub fn payments(contract: &Contract, now: DateTime<Utc>) -> Result<Vec<Payment>, Error> {
    let terms = &contract.terms;
    let signed_at = contract.signed_at.unwrap_or(now);
    Ok(schedule(&terms.payment_plan, terms.total(), signed_at, terms.promised_delivery_at)?)
}

impl From<Payment> for PaymentView {
    fn from(payment: Payment) -> Self {
        Self {
            kind: payment.kind.as_str().to_owned(),
            percent: payment.percent,
            amount: payment.amount,
            due_at: payment.due_at,
        }
    }
}

impl From<Signature> for SignatureView {
    fn from(signature: Signature) -> Self {
        Self {
            party: signature.party,
            signer_name: signature.signer_name,
            format: signature.format,
            sha256: signature.sha256,
            signed_at: signature.signed_at,
            captured_by: signature.captured_by,
        }
    }
}

impl From<InvoiceApplication> for InvoiceView {
    fn from(invoice: InvoiceApplication) -> Self {
        Self {
            id: invoice.id,
            number: invoice.number,
            amount: invoice.amount,
            tax: invoice.tax,
            tax_rate: invoice.tax_rate,
            account: invoice.account,
            applied_at: invoice.applied_at,
        }
    }
}
