//! A running service with signed contracts, and what tests ask of it.

use chrono::{DateTime, Duration, Utc};
use contracts::quote_contract::v1::{ContractLine, ContractSigned, PlannedPayment};
use kernel::{Money, Role};
use serde_json::{Value, json};
use testkit::{Answer, Client, TestApp};
use uuid::Uuid;

pub struct Stage {
    pub app: TestApp,
    pub manager: Client,
    pub planner: Client,
    pub rep: Client,
}

impl Stage {
    pub async fn set() -> Self {
        Self::on(TestApp::start(delivery::definition()).await)
    }

    /// Where a week takes only so many deliveries.
    pub async fn with_slots(slots: &str) -> Self {
        Self::on(TestApp::builder(delivery::definition()).set(&["service", "default_slots"], slots).start().await)
    }

    fn on(app: TestApp) -> Self {
        let manager = app.person(Role::DeliveryManager, "/");
        let planner = app.person(Role::ProductionPlanner, "/");
        let rep = app.person(Role::SalesRep, "/huadong/shanghai/");
        Self { app, manager, planner, rep }
    }

    /// A time some days from now.
    pub fn day(&self, days: i64) -> DateTime<Utc> {
        self.app.clock.now() + Duration::days(days)
    }

    /// A contract of the rep, signed now, promised in ten days.
    pub fn contract(&self) -> ContractSigned {
        let amount = Money::cny(12_800_000);
        ContractSigned {
            contract_id: self.app.ids.new_id().to_string(),
            number: "HT-2027-0001".into(),
            quote_id: self.app.ids.new_id().to_string(),
            opportunity_id: self.app.ids.new_id().to_string(),
            customer_id: self.app.ids.new_id().to_string(),
            company: "启明机械".into(),
            owner_id: self.rep.id().to_string(),
            org: "/huadong/shanghai/".into(),
            total: Some(amount.into()),
            payments: vec![payment("prepayment", 30, 3_840_000), payment("on_delivery", 70, 8_960_000)],
            lines: vec![ContractLine {
                product_code: "QM-200".into(),
                name: "装配线".into(),
                quantity: "2".into(),
                unit: "套".into(),
                name_en: "Assembly line".into(),
            }],
            signed_at: Some(self.app.clock.now().into()),
            promised_delivery_at: Some(self.day(10).into()),
            signed_sha256: "ab".repeat(32),
        }
    }

    /// Signs the contract and waits for its card.
    pub async fn sign(&self, contract: &ContractSigned) -> Uuid {
        let contract_id: Uuid = contract.contract_id.parse().expect("an id");
        self.app.publish(contract, contract_id, 3).await;
        self.app.eventually("a card", async || self.card_of(contract_id).await).await
    }

    /// A card of the rep's.
    pub async fn card(&self) -> Uuid {
        self.sign(&self.contract()).await
    }

    async fn card_of(&self, contract_id: Uuid) -> Option<Uuid> {
        let cards = self.manager.get("/api/deliveries?limit=200").await.ok();
        let cards = cards["items"].as_array().expect("items");
        let card = cards.iter().find(|card| card["contract_id"] == contract_id.to_string())?;
        card["id"].as_str()?.parse().ok()
    }

    pub async fn schedule(&self, who: &Client, id: Uuid, days: i64) -> Answer {
        let body = json!({ "scheduled_at": self.day(days), "reason": "排产" });
        who.put(&format!("/api/deliveries/{id}/schedule"), &body).await
    }

    pub async fn promise(&self, who: &Client, id: Uuid, days: i64) -> Answer {
        let body = json!({ "promised_at": self.day(days), "reason": "客户来电改期", "evidence": [recording()] });
        who.put(&format!("/api/deliveries/{id}/promise"), &body).await
    }

    /// Issues a link; answers its address.
    pub async fn link(&self, id: Uuid) -> String {
        let issued = self.rep.post(&format!("/api/deliveries/{id}/acceptances"), &json!({})).await.ok();
        answer_at(&issued)
    }

    /// Looks at a link without being signed in.
    pub async fn look(&self, url: &str) -> Answer {
        Answer::of(self.app.visitor().get(format!("{}{url}", self.app.base_url))).await
    }

    /// Answers through a link without being signed in.
    pub async fn answer(&self, url: &str, body: &Value) -> Answer {
        Answer::of(self.app.visitor().post(format!("{}{url}", self.app.base_url)).json(body)).await
    }

    /// The names of what happened to a card, in order; versions are checked to have no gap.
    pub async fn happened(&self, id: Uuid) -> Vec<String> {
        let card = self.manager.get(&format!("/api/deliveries/{id}")).await.ok();
        let history = card["history"].as_array().expect("a history").clone();
        for (at, one) in (1..).zip(&history) {
            assert_eq!(one["version"], at, "{history:?}");
        }
        assert_eq!(card["version"], history.len());
        history.iter().map(|one| one["event"].as_str().expect("a name").to_owned()).collect()
    }
}

fn payment(kind: &str, percent: u32, minor: i64) -> PlannedPayment {
    PlannedPayment { kind: kind.into(), percent, amount: Some(Money::cny(minor).into()), due_at: None }
}

pub fn recording() -> Value {
    json!({ "kind": "recording", "name": "customer_call", "reference": "recordings/1", "sha256": "cd".repeat(32) })
}

pub fn document() -> Value {
    json!({ "kind": "file", "name": "acceptance_report", "reference": "files/report.pdf", "sha256": "ef".repeat(32) })
}

pub fn yes() -> Value {
    json!({ "decision": "accepted", "signer": "周工", "evidence": [document()] })
}

pub fn no() -> Value {
    json!({ "decision": "rejected", "reason": "第二套无法启动", "signer": "周工" })
}

/// Where the holder of a link looks and answers.
pub fn answer_at(issued: &Value) -> String {
    format!("/api/acceptances/{}", issued["token"].as_str().expect("a token"))
}
