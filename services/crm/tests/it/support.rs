//! What the tests of this service share: a lead-routing that answers, and records in the state a test needs.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use contracts::lead_routing::v1::leads_server::{Leads, LeadsServer};
use contracts::lead_routing::v1::{GetLeadRequest, GetLeadResponse, LeadConverted};
use kernel::{Principal, PrincipalKind, Role};
use serde_json::{Value, json};
use testkit::{Client, TENANT, TestApp};
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::ai_qa::Library;

pub const ORG: &str = "/huadong/";
pub const COMPANY: &str = "云杉装备有限公司";
pub const PHONE: &str = "13800000001";

/// Answers every lead with the same person and this credit code.
pub struct OneLead {
    pub credit_code: &'static str,
}

#[tonic::async_trait]
impl Leads for OneLead {
    async fn get_lead(&self, request: Request<GetLeadRequest>) -> Result<Response<GetLeadResponse>, Status> {
        Ok(Response::new(GetLeadResponse {
            lead_id: request.into_inner().lead_id,
            company: COMPANY.into(),
            credit_code: self.credit_code.into(),
            contact_name: "示例联系人".into(),
            contact_phone: PHONE.into(),
            contact_email: "buyer@example.com".into(),
            ..GetLeadResponse::default()
        }))
    }
}

/// The service with a lead-routing whose leads have no credit code.
pub async fn start() -> Arc<TestApp> {
    start_with("").await
}

pub async fn start_with(credit_code: &'static str) -> Arc<TestApp> {
    let leads = LeadsServer::new(OneLead { credit_code });
    Arc::new(TestApp::builder(crm::definition()).peer("lead-routing", leads).start().await)
}

/// A rep with an opportunity, and an ai-qa with a library that knows the rep.
pub async fn deal_with(library: impl FnOnce(Uuid) -> Library) -> (Deal, Library) {
    let rep = Uuid::from_u128(0x4e9);
    let library = library(rep);
    let builder =
        TestApp::builder(crm::definition()).peer("lead-routing", LeadsServer::new(OneLead { credit_code: "" }));
    let app = Arc::new(builder.peer("ai-qa", library.server()).start().await);
    let rep = app.principal(Principal {
        kind: PrincipalKind::Person,
        tenant: TENANT,
        id: rep,
        org: ORG.parse().expect("an organisation path"),
        roles: vec![Role::SalesRep],
        stepped_up_until: None,
    });
    (deal_in(app, rep, COMPANY).await, library)
}

/// A converted lead of `rep` with fresh ids.
pub fn converted(app: &TestApp, rep: Uuid, company: &str) -> LeadConverted {
    LeadConverted {
        lead_id: app.ids.new_id().to_string(),
        rep_id: rep.to_string(),
        opportunity_id: app.ids.new_id().to_string(),
        customer_id: app.ids.new_id().to_string(),
        company: company.into(),
        industry: "machine_tools".into(),
        region: "上海".into(),
        org: ORG.into(),
        source: "web_form".into(),
        subject: "磨床改造".into(),
        ..LeadConverted::default()
    }
}

/// A rep with an opportunity that a lead has brought.
pub struct Deal {
    pub app: Arc<TestApp>,
    pub rep: Client,
    pub customer: Uuid,
    pub opportunity: Uuid,
}

pub async fn deal() -> Deal {
    let app = start().await;
    let rep = app.person(Role::SalesRep, ORG);
    deal_in(app, rep, COMPANY).await
}

pub async fn deal_in(app: Arc<TestApp>, rep: Client, company: &str) -> Deal {
    let lead = converted(&app, rep.id(), company);
    let opportunity: Uuid = lead.opportunity_id.parse().expect("an id");
    app.publish(&lead, lead.lead_id.parse().expect("an id"), 7).await;
    let view = seen(&app, &rep, &format!("/api/opportunities/{opportunity}"), |_| true).await;
    let customer = view["customer_id"].as_str().and_then(|id| id.parse().ok()).expect("a customer");
    Deal { app, rep, customer, opportunity }
}

/// What `client` sees at `path` once it is there and `fits`.
pub async fn seen(app: &TestApp, client: &Client, path: &str, fits: impl Fn(&Value) -> bool) -> Value {
    app.eventually(path, async || {
        let answer = client.get(path).await;
        (answer.status.is_success() && fits(&answer.body)).then_some(answer.body)
    })
    .await
}

impl Deal {
    pub fn path(&self, rest: &str) -> String {
        format!("/api/opportunities/{}{rest}", self.opportunity)
    }

    pub fn customer_path(&self) -> String {
        format!("/api/customers/{}", self.customer)
    }

    pub async fn opportunity(&self) -> Value {
        self.rep.get(&self.path("")).await.ok()
    }

    /// The opportunity once it `fits`.
    pub async fn opportunity_when(&self, fits: impl Fn(&Value) -> bool) -> Value {
        seen(&self.app, &self.rep, &self.path(""), fits).await
    }

    /// The customer once it `fits`.
    pub async fn customer_when(&self, fits: impl Fn(&Value) -> bool) -> Value {
        seen(&self.app, &self.rep, &self.customer_path(), fits).await
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    pub fn visit(&self, chain: &[&str]) -> Value {
        json!({
            "opportunity_id": self.opportunity, "decision_chain": chain, "note": "现场看了产线",
            "next_step": "发送样品", "next_step_at": self.now() + Duration::days(2),
        })
    }

    /// Visits and moves the opportunity to `needs`.
    pub async fn reach_needs(&self) {
        self.rep.post("/api/visits", &self.visit(&["purchasing"])).await.ok();
        self.advance("needs").await.ok();
    }

    pub async fn advance(&self, to: &str) -> testkit::Answer {
        self.rep.post(&self.path("/advance"), &json!({ "to": to, "reason": "按计划推进" })).await
    }

    /// States one budget in yuan as whoever may.
    pub async fn budget(&self, kind: &str, low: i64, high: i64) -> Value {
        let money = |yuan: i64| json!({ "amount": format!("{yuan}.00"), "currency": "CNY" });
        let person = match kind {
            "cost_floor" => self.app.person(Role::TechnicalLead, "/").stepped_up(),
            "authorised_range" => self.app.person(Role::Finance, "/"),
            _ => self.rep.clone(),
        };
        let path = self.path(&format!("/budgets/{kind}"));
        person.put(&path, &json!({ "low": money(low), "high": money(high) })).await.ok()
    }

    pub async fn agree_on_budgets(&self) {
        self.budget("customer_stated", 100_000, 150_000).await;
        self.budget("cost_floor", 80_000, 90_000).await;
        self.budget("authorised_range", 95_000, 140_000).await;
    }

    pub async fn confirm_technically(&self) -> Value {
        let evidence =
            json!({ "name": "technical_confirmation", "reference": "files/scan-1.pdf", "sha256": "ab".repeat(32) });
        self.rep.post(&self.path("/evidence"), &evidence).await.ok()
    }

    /// Everything that 方案报价 asks for, and the move.
    pub async fn reach_quote(&self) {
        self.reach_needs().await;
        self.agree_on_budgets().await;
        self.confirm_technically().await;
        self.advance("proposal_quote").await.ok();
    }

    /// Plans an action of this kind; answers its path.
    pub async fn planned(&self, kind: &str) -> String {
        let action = json!({ "opportunity_id": self.opportunity, "kind": kind, "planned_at": self.now() });
        format!("/api/actions/{}", self.rep.post("/api/actions", &action).await.id())
    }

    /// What finishing an action takes, with its own field.
    pub fn done(&self, done_at: DateTime<Utc>, own_field: &str, own_value: &str) -> Value {
        let mut done = json!({
            "done_at": done_at, "summary": "客户认可方案", "linked_communication": "visit:1",
            "next_step": "发送报价", "next_step_at": self.now() + Duration::days(1),
        });
        done[own_field] = own_value.into();
        done
    }
}

/// One of the other services, asking for itself.
pub fn service(app: &TestApp) -> Client {
    app.principal(Principal {
        kind: PrincipalKind::Service,
        tenant: TENANT,
        id: Uuid::from_u128(5),
        org: kernel::OrgPath::root(),
        roles: vec![Role::Service],
        stepped_up_until: None,
    })
}

/// The fields of a refusal.
pub fn fields(problem: &Value) -> Vec<&str> {
    let errors = problem["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    errors.iter().filter_map(|error| error["field"].as_str()).collect()
}
