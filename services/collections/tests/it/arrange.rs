//! What the tests start from: signed contracts, their receivables, bank statements.

use chrono::{DateTime, Duration, Utc};
use contracts::quote_contract::v1::{ContractSigned, InvoiceApplied, PlannedPayment};
use kernel::{Money, Role};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, TestApp};
use uuid::Uuid;

pub const ACCOUNT: &str = "6222000100020003";
pub const COMPANY: &str = "云杉医疗科技有限公司";

/// A contract over 100 000 yuan: 30 % at once, 60 % in 30 days, 10 % in a year.
pub fn contract(app: &TestApp, number: &str, owner: Uuid, org: &str) -> ContractSigned {
    let now = app.clock.now();
    let payment = |kind: &str, percent: u32, days: i64| PlannedPayment {
        kind: kind.into(),
        percent,
        amount: Some(Money::cny(i64::from(percent) * 100_000).into()),
        due_at: Some((now + Duration::days(days)).into()),
    };
    ContractSigned {
        contract_id: app.ids.new_id().to_string(),
        number: number.into(),
        customer_id: app.ids.new_id().to_string(),
        company: COMPANY.into(),
        owner_id: owner.to_string(),
        org: org.into(),
        total: Some(Money::cny(10_000_000).into()),
        payments: vec![payment("prepayment", 30, 1), payment("net_30", 60, 30), payment("retention", 10, 365)],
        signed_at: Some(now.into()),
        ..ContractSigned::default()
    }
}

pub fn contract_id(contract: &ContractSigned) -> Uuid {
    contract.contract_id.parse().expect("an id")
}

/// Publishes the contract and waits for its receivable.
pub async fn receivable(app: &TestApp, contract: &ContractSigned) -> Uuid {
    app.publish(contract, contract_id(contract), 1).await;
    find(app, contract, |_| true).await
}

/// The receivable of the contract once it looks as wanted.
pub async fn find(app: &TestApp, contract: &ContractSigned, wanted: impl Fn(&Value) -> bool) -> Uuid {
    let finance = finance(app);
    let path = format!("/api/receivables?contract_id={}", contract.contract_id);
    let ask = async || {
        let page = finance.get(&path).await.ok();
        let one = page["items"].get(0).filter(|one| wanted(one))?;
        one["id"].as_str().and_then(|id| id.parse().ok())
    };
    app.eventually("the receivable", ask).await
}

pub fn invoice(app: &TestApp, contract: &ContractSigned) -> InvoiceApplied {
    InvoiceApplied {
        application_id: app.ids.new_id().to_string(),
        number: "FP-2027-0001".into(),
        contract_id: contract.contract_id.clone(),
        customer_id: contract.customer_id.clone(),
        amount: contract.total.clone(),
        tax_rate: "0.13".into(),
        org: contract.org.clone(),
        ..InvoiceApplied::default()
    }
}

/// A receivable whose invoice has been applied for: node 1.
pub async fn at_node_1(app: &TestApp, contract: &ContractSigned) -> Uuid {
    receivable(app, contract).await;
    let invoice = invoice(app, contract);
    app.publish(&invoice, invoice.application_id.parse().expect("an id"), 1).await;
    find(app, contract, |one| one["node"] == 1).await
}

/// Evidence for a node.
pub fn proof(kind: &str, name: &str, reference: &str) -> Value {
    json!({ "kind": kind, "name": name, "reference": reference })
}

pub async fn advance(client: &Client, id: Uuid, to: u32, evidence: &Value) -> Answer {
    client.post(&format!("/api/receivables/{id}/advance"), &json!({ "to": to, "evidence": evidence })).await
}

pub fn finance(app: &TestApp) -> Client {
    app.person(Role::Finance, "/")
}

pub async fn show(client: &Client, id: Uuid) -> Value {
    client.get(&format!("/api/receivables/{id}")).await.ok()
}

/// Uploads a statement of any type.
pub async fn upload(client: &Client, path: &str, kind: &str, body: impl Into<reqwest::Body>) -> Answer {
    Answer::of(client.request(Method::POST, path).header("content-type", kind).body(body)).await
}

pub async fn upload_camt(client: &Client, body: String) -> Answer {
    upload(client, "/api/bank-statements", "application/xml", body).await
}

/// One credit in a camt.053 file.
pub fn credit(amount: &str, reference: &str, payer: &str, purpose: &str) -> String {
    format!(
        "<Ntry><Amt Ccy=\"CNY\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>\
         <BookgDt><Dt>2027-01-05</Dt></BookgDt><AcctSvcrRef>{reference}</AcctSvcrRef><NtryDtls><TxDtls>\
         <RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr></RltdPties><RmtInf><Ustrd>{purpose}</Ustrd></RmtInf>\
         </TxDtls></NtryDtls></Ntry>\n"
    )
}

/// A camt.053.001.02 file.
pub fn camt(entries: &[String]) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt>\
         <Acct><Id><Othr><Id>{ACCOUNT}</Id></Othr></Id></Acct>\n{}</Stmt></BkToCstmrStmt></Document>",
        entries.concat()
    )
}

pub fn yuan(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "CNY" })
}

/// A time in an answer.
pub fn time(value: &Value) -> DateTime<Utc> {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value} is no time"))
}
