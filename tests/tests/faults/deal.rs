//! Deals on their way to a signature, made through the services' own doors.

use chrono::Duration;
use kernel::Role;
use scenarios::fleet::Fleet;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::client::{Call, Client};
use crate::events::company;

/// Everybody whom a signature concerns.
pub const SERVICES: [&str; 5] = ["gateway", "crm", "quote-contract", "delivery", "collections"];

const STROKE: &str = "M10 40 C20 5 35 5 40 40 Q52 70 66 30 L80 44 Q95 12 110 38 C118 52 130 20 150 34";

/// The sales side of the fleet, with a product and a clause.
#[derive(Clone)]
pub struct Office {
    customers: Client,
    rep: Client,
    approvers: [Client; 3],
    delivery_at: chrono::DateTime<chrono::Utc>,
}

/// A contract that only waits for its signatures.
#[derive(Clone, Debug)]
pub struct Contract {
    pub id: String,
    pub number: String,
    pub company: String,
    /// Such as `22600.00`.
    pub total: String,
}

/// One pump of 10 000.00 before 13 % tax.
pub fn product(code: &str) -> Call {
    let yuan = |amount: &str| json!({ "amount": amount, "currency": "CNY" });
    let body = json!({
        "code": code, "name_zh": "旋涡自吸泵", "unit": "台", "category": "pump",
        "tax_rate": "13", "currency": "CNY", "target_margin_percent": "30",
        "bom": {
            "components": [{ "name": "泵体铸件", "material_price": yuan("700.00"), "quantity": "8", "scrap_percent": "0" }],
            "labour": [{ "name": "装配", "hours": "10", "rate": yuan("140.00") }],
            "overhead_percent": "0"
        }
    });
    Call::json("/api/products", format!("product-{code}"), body)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

impl Office {
    pub async fn open(fleet: &Fleet) -> Self {
        let on = |role| Client::new(fleet, role, "quote-contract");
        on(Role::ProductManager).insist(&product("XT-200")).await;
        let clause =
            json!({ "code": "FORCE-MAJEURE", "title": "不可抗力", "body": "部分或者全部免除责任。", "kind": "locked" });
        let legal = on(Role::Legal);
        let clause = legal.insist(&Call::json("/api/clauses", "clause", clause)).await;
        let publish = format!("/api/clauses/{}/publish", text(&clause["id"]));
        legal.insist(&Call::json(publish, "publish", json!({}))).await;
        Self {
            customers: Client::new(fleet, Role::SalesRep, "crm"),
            rep: on(Role::SalesRep),
            approvers: [legal, on(Role::Finance), on(Role::SalesManager)],
            delivery_at: fleet.door.clock.now() + Duration::days(60),
        }
    }

    /// Customer, opportunity, quote, contract, three approvals.
    pub async fn contract(&self, number: usize) -> Contract {
        let key = |what: &str| format!("{what}-{number}");
        let company = company(number);
        let customer = Call::json("/api/customers", key("customer"), json!({ "company": company }));
        let customer = self.customers.insist(&customer).await;
        let subject = json!({ "customer_id": customer["id"], "subject": "泵站改造" });
        let opportunity = self.customers.insist(&Call::json("/api/opportunities", key("opportunity"), subject)).await;
        let quote = self.rep.insist(&Call::json("/api/quotes", key("quote"), self.quote(&opportunity))).await;
        let submit = format!("/api/quotes/{}/submit", text(&quote["id"]));
        self.rep.insist(&Call::json(submit, key("submit-quote"), json!({}))).await;
        let contract = self.rep.insist(&Call::json("/api/contracts", key("contract"), self.terms(&quote))).await;
        let contract = Contract {
            id: text(&contract["id"]),
            number: text(&contract["number"]),
            company,
            total: text(&contract["total"]["amount"]),
        };
        self.approve(&contract).await;
        contract
    }

    fn quote(&self, opportunity: &Value) -> Value {
        json!({
            "opportunity_id": opportunity["id"],
            "lines": [{ "product_code": "XT-200", "quantity": "2", "discount_percent": "0" }],
            "delivery_date": self.delivery_at.format("%Y-%m-%d").to_string(),
        })
    }

    fn terms(&self, quote: &Value) -> Value {
        json!({
            "quote_id": quote["id"], "destination": "domestic", "customer_type": "standard",
            "promised_delivery_at": self.delivery_at.to_rfc3339(),
            "payment_plan": [
                { "kind": "prepayment", "percent": 30, "days": 7 },
                { "kind": "on_delivery", "percent": 60, "days": 0 },
                { "kind": "retention", "percent": 10, "days": 365 },
            ],
        })
    }

    async fn approve(&self, contract: &Contract) {
        let path = format!("/api/contracts/{}/submit", contract.id);
        let submitted = self.rep.insist(&Call::json(path, format!("submit-{}", contract.id), json!({}))).await;
        let decide = format!("/api/approvals/{}/decide", text(&submitted["approval_id"]));
        for approver in &self.approvers {
            let decision = json!({ "decision": "approve", "reason": "同意" });
            approver.insist(&Call::json(&decide, format!("decide-{}", contract.id), decision)).await;
        }
    }

    pub async fn contracts(&self, numbers: std::ops::Range<usize>) -> Vec<Contract> {
        let mut contracts = Vec::new();
        for number in numbers {
            contracts.push(self.contract(number).await);
        }
        contracts
    }

    /// Signs for both parties, however often it takes.
    pub fn signing(&self, contract: &Contract) -> JoinHandle<Value> {
        self.rep.insisting(signature(contract))
    }

    /// Signs them one after the other.
    pub async fn sign_all(&self, contracts: &[Contract]) {
        for contract in contracts {
            self.rep.insist(&signature(contract)).await;
        }
    }
}

fn signature(contract: &Contract) -> Call {
    let of = |party: &str| json!({ "party": party, "signer_name": "签署代表", "format": "svg_path", "data": STROKE });
    let both = json!({ "signatures": [of("ours"), of("customer")] });
    Call::json(format!("/api/contracts/{}/sign", contract.id), format!("sign-{}", contract.id), both)
}
