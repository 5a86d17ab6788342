//! A small sales organisation to test in.

use kernel::Role;
use serde_json::{Value, json};
use testkit::{Client, TestApp};
use uuid::Uuid;

/// A running service, operations, and the manager of `/huadong/`.
pub struct Scene {
    pub app: TestApp,
    pub operations: Client,
    pub manager: Client,
}

impl Scene {
    /// Nobody to give leads to, no rules.
    pub async fn empty() -> Self {
        Self::around(TestApp::start(lead_routing::definition()).await)
    }

    /// One rule that chooses among everybody.
    pub async fn open() -> Self {
        let scene = Self::empty().await;
        scene.rule(1, json!({}), json!({})).await;
        scene
    }

    pub fn around(app: TestApp) -> Self {
        let operations = app.person(Role::Operations, "/");
        let manager = app.person(Role::SalesManager, "/huadong/");
        Self { app, operations, manager }
    }

    /// A rep of `/huadong/` who can take leads.
    pub async fn rep(&self) -> Client {
        self.rep_with(json!({})).await
    }

    /// A rep whose profile differs in these fields.
    pub async fn rep_with(&self, different: Value) -> Client {
        let mut profile = self.profile();
        for (key, value) in different.as_object().expect("fields") {
            profile[key] = value.clone();
        }
        let org = profile["org"].as_str().expect("a node").to_owned();
        let rep = self.app.person(Role::SalesRep, &org);
        self.operations.put(&format!("/api/reps/{}", rep.id()), &profile).await.ok();
        rep
    }

    /// The profile of somebody who can take leads.
    pub fn profile(&self) -> Value {
        json!({"org": "/huadong/", "name": "测试业务员", "last_signed_in_at": self.app.clock.now(), "skills": ["化工"]})
    }

    pub async fn rule(&self, position: i32, condition: Value, action: Value) -> Uuid {
        let name = format!("规则{position}");
        let rule = json!({"name": name, "position": position, "condition": condition, "action": action});
        self.operations.post("/api/routing-rules", &rule).await.id()
    }

    /// Hands in lead number `n`.
    pub async fn lead(&self, n: u32) -> Value {
        self.operations.post("/api/leads", &lead(n)).await.ok()
    }

    /// The lead as operations see it.
    pub async fn see(&self, lead: &Value) -> Value {
        self.operations.get(&path(lead, "")).await.ok()
    }

    /// The last decision about a lead.
    pub async fn last_decision(&self, lead: &Value) -> Value {
        let decisions = self.operations.get(&path(lead, "/assignments")).await.ok();
        decisions.as_array().and_then(|all| all.last()).expect("a decision").clone()
    }
}

/// A lead that shares nothing with those of other numbers.
pub fn lead(n: u32) -> Value {
    json!({
        "source": "web_form", "company": format!("远山机电{n}号有限公司"), "contact_name": "测试联系人",
        "contact_phone": format!("138{n:08}"), "contact_email": format!("buyer@yuanshan{n}.example"),
        "industry": "化工", "region": "上海市", "budget": {"amount": "120000.00", "currency": "CNY"},
    })
}

/// `/api/leads/{id}` and what follows.
pub fn path(lead: &Value, rest: &str) -> String {
    format!("/api/leads/{}{rest}", lead["id"].as_str().expect("an id"))
}

/// Proof of a contact.
pub fn recording() -> Value {
    json!({"evidence": [{"kind": "recording", "reference": "recordings/1.ogg"}]})
}

/// A complete screening form.
pub fn form() -> Value {
    json!({"avatar": "files/avatar.png", "nickname": "阿远", "first_chat_at": "2027-01-04T00:30:00Z"})
}
