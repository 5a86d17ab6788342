//! A client that posts leads the way a dealer's system does: with a key, again until answered.

use std::time::Duration;

use kernel::{Principal, Role};
use reqwest::Method;
use scenarios::fleet::Fleet;
use serde_json::json;

const SERVICE: &str = "lead-routing";
const ANSWERED_WITHIN: Duration = Duration::from_mins(1);

pub fn dealer(fleet: &Fleet) -> Principal {
    fleet.person(Role::Operations)
}

/// One try; true when the lead was accepted.
pub async fn post(fleet: &Fleet, client: &Principal, number: u32) -> bool {
    let body = json!({
        "source": "dealer_api",
        "company": format!("宁波澜湾精密机械{number}有限公司"),
        "contact_name": "演示",
        "contact_phone": format!("1380000{number:04}"),
        "industry": "精密机械",
        "region": "华东",
        "budget": { "amount": "80000.00", "currency": "CNY" },
    });
    let request =
        fleet.request(client, SERVICE, Method::POST, "/api/leads").header("idempotency-key", format!("lead-{number}"));
    match request.json(&body).send().await {
        Ok(answer) if answer.status().is_client_error() => panic!("{}", answer.text().await.unwrap_or_default()),
        Ok(answer) => answer.status().is_success(),
        Err(_) => false,
    }
}

/// Posts until the lead is accepted.
pub async fn post_until_accepted(fleet: &Fleet, client: &Principal, number: u32) {
    let trying = async {
        while !post(fleet, client, number).await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(ANSWERED_WITHIN, trying).await.unwrap_or_else(|_| panic!("lead {number} was never accepted"));
}

/// Every accepted lead exists once, and was said to have been received once.
pub async fn exist_once(fleet: &Fleet, wanted: i64) {
    assert_eq!(fleet.count("select count(*) from lead_routing.leads").await, wanted);
    assert_eq!(fleet.count("select count(*) from lead_routing.journal where type = 'lead.received.v1'").await, wanted);
}
