//! Events of services that do not run in the fleet.

use contracts::Timestamp;
use contracts::collections::v1::PaymentPosted;
use contracts::crm::v1::{RepurchaseDue, VisitRecorded};
use contracts::quote_contract::v1::{ContractLine, ContractSigned, InvoiceApplied, PlannedPayment};
use contracts::shared::v1::Money;
use kernel::Role;
use scenarios::fleet::{Fleet, staff};
use uuid::Uuid;

/// What a contract of these events is worth, in minor units: 30 % before, 70 % on delivery.
pub const WORTH: i64 = 10_000_000;
pub const PREPAYMENT: i64 = 3_000_000;

pub fn id(kind: u128, number: usize) -> Uuid {
    Uuid::from_u128(kind << 64 | number as u128)
}

pub fn contract(number: usize) -> Uuid {
    id(0xc0, number)
}

pub fn contract_number(number: usize) -> String {
    format!("HT-2027-{number:06}")
}

pub fn company(number: usize) -> String {
    format!("宁波澜湾{number}号精密机械有限公司")
}

fn yuan(minor: i64) -> Money {
    Money { minor, currency: "CNY".into() }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp { seconds, nanos: 0 }
}

fn signed(number: usize) -> ContractSigned {
    let part = |kind: &str, percent: u32, minor: i64| PlannedPayment {
        kind: kind.into(),
        percent,
        amount: Some(yuan(minor)),
        due_at: Some(at(1_800_000_000)),
    };
    ContractSigned {
        contract_id: contract(number).to_string(),
        number: contract_number(number),
        quote_id: id(0x90, number).to_string(),
        opportunity_id: id(0x0b, number).to_string(),
        customer_id: id(0x0c, number).to_string(),
        company: company(number),
        owner_id: staff::id(Role::SalesRep).to_string(),
        org: "/".into(),
        total: Some(yuan(WORTH)),
        payments: vec![part("prepayment", 30, PREPAYMENT), part("on_delivery", 70, WORTH - PREPAYMENT)],
        lines: vec![ContractLine {
            product_code: "LC-100".into(),
            name: "输送线".into(),
            quantity: "1".into(),
            unit: "套".into(),
            name_en: "Conveyor".into(),
        }],
        signed_at: Some(at(1_799_000_000)),
        promised_delivery_at: Some(at(1_801_000_000)),
        signed_sha256: "0".repeat(64),
    }
}

/// Says that contract `number` was signed; again is a repetition.
pub async fn sign(fleet: &Fleet, number: usize) {
    fleet.publish(&signed(number), id(0xe0, number), contract(number), 1).await;
}

/// Says that the invoice for contract `number` was applied for.
pub async fn apply_for_invoice(fleet: &Fleet, number: usize) {
    let application = id(0xf0, number);
    let event = InvoiceApplied {
        application_id: application.to_string(),
        number: format!("FP-2027-{number:06}"),
        contract_id: contract(number).to_string(),
        customer_id: id(0x0c, number).to_string(),
        amount: Some(yuan(WORTH)),
        tax_rate: "13".into(),
        org: "/".into(),
        account: "0000 1234 5678 9000".into(),
        tax: Some(yuan(0)),
    };
    fleet.publish(&event, id(0xe1, number), application, 1).await;
}

/// Says that a customer paid.
pub async fn pay(fleet: &Fleet, number: usize, customer: &str) {
    let receivable = id(0xa0, number);
    let event = PaymentPosted {
        payment_id: id(0xa1, number).to_string(),
        receivable_id: receivable.to_string(),
        contract_id: contract(number).to_string(),
        customer_id: customer.to_owned(),
        amount: Some(yuan(WORTH)),
        owner_id: staff::id(Role::SalesRep).to_string(),
        org: "/".into(),
        ..PaymentPosted::default()
    };
    fleet.publish(&event, id(0xe2, number), receivable, 1).await;
}

/// Says that a customer is due to buy again.
pub async fn buy_again(fleet: &Fleet, number: usize) {
    let customer = id(0x0c, number);
    let event = RepurchaseDue {
        customer_id: customer.to_string(),
        company: company(number),
        owner_id: staff::id(Role::SalesRep).to_string(),
        org: "/".into(),
        reason: Some(kernel::Text::new("合同已全部回款", "the contract is paid in full").into()),
        ..RepurchaseDue::default()
    };
    fleet.publish(&event, id(0xe3, number), customer, 1).await;
}

/// Says that a rep visited a customer of this industry.
pub async fn visit(fleet: &Fleet, number: usize, industry: &str) {
    let visit = id(0xb0, number);
    let event = VisitRecorded {
        visit_id: visit.to_string(),
        customer_id: id(0x0c, number).to_string(),
        rep_id: staff::id(Role::SalesRep).to_string(),
        org: "/".into(),
        industry: industry.into(),
        ..VisitRecorded::default()
    };
    fleet.publish(&event, id(0xe4, number), visit, 1).await;
}
