//! A lead-routing service with reps and a rule, for the benchmarks that post leads.

use kernel::Role;
use serde_json::{Value, json};
use testkit::{Client, TestApp};

pub struct Office {
    pub app: TestApp,
    pub client: Client,
}

const REPS: usize = 64;

impl Office {
    /// Starts the service and registers reps who take everything.
    pub async fn open() -> Self {
        let app = TestApp::start(lead_routing::definition()).await;
        let client = app.person(Role::Operations, "/");
        let mut candidates = Vec::new();
        for number in 0..REPS {
            let id = app.ids.new_id();
            let profile = json!({
                "org": "/huadong/", "name": format!("演示{number}"), "open_limit": 100_000, "on_duty": true,
                "last_signed_in_at": app.clock.now().to_rfc3339(),
            });
            client.put(&format!("/api/reps/{id}"), &profile).await.ok();
            candidates.push(json!({ "person_id": id, "weight": 1 }));
        }
        let rule = json!({ "name": "全部", "position": 1, "action": { "candidates": candidates } });
        client.post("/api/routing-rules", &rule).await.ok();
        Self { app, client }
    }

    /// A lead of a company that nobody else has.
    pub fn lead(number: u32) -> Value {
        json!({
            "source": "dealer_api",
            "company": format!("宁波澜湾{number}号精密机械有限公司"),
            "contact_name": "演示",
            "contact_phone": format!("13{:09}", number),
            "industry": "精密机械",
            "region": "华东",
            "budget": { "amount": "80000.00", "currency": "CNY" },
        })
    }
}
