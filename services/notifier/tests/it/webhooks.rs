use kernel::{Principal, PrincipalKind, Role};
use serde_json::json;
use testkit::{Client, TENANT, TestApp};

use crate::support::{REP, acting_as, administrator, live};

fn dealer(app: &TestApp) -> Client {
    app.principal(Principal {
        kind: PrincipalKind::ApiClient,
        tenant: TENANT,
        id: app.ids.new_id(),
        org: "/huadong/hefei-dealer/".parse().expect("an organisation path"),
        roles: vec![Role::Dealer],
        stepped_up_until: None,
    })
}

#[tokio::test]
async fn a_webhook_lives_from_creation_to_removal() {
    let app = live().await;
    let administrator = administrator(&app);
    let body = json!({ "url": "https://erp.example.com/in", "event_types": ["lead.*", "contract.signed.v1"] });
    let created = administrator.post("/api/webhooks", &body).await;
    assert_eq!(created.status, 201);
    let created = created.ok();
    let (id, secret) = (created["id"].as_str().expect("an id"), created["secret"].as_str().expect("a secret"));
    assert!(secret.starts_with("whsec_"));
    let path = format!("/api/webhooks/{id}");
    let shown = administrator.get(&path).await.ok();
    assert!(shown.get("secret").is_none() && shown["enabled"] == true);

    let changed =
        json!({ "url": "https://erp.example.com/v2", "description": "ERP", "event_types": ["*"], "enabled": false });
    let changed = administrator.put(&path, &changed).await.ok();
    assert_eq!((&changed["url"], &changed["enabled"]), (&"https://erp.example.com/v2".into(), &false.into()));
    let rotated = administrator.post(&format!("{path}/rotate-secret"), &json!({})).await.ok();
    assert_ne!(rotated["secret"], created["secret"]);
    assert_eq!(rotated["previous_secret_until"], "2027-01-05T01:00:00Z");
    assert_eq!(administrator.delete(&path).await.status, 204);
    administrator.get(&path).await.refused(404, "webhook_not_found");
}

#[tokio::test]
async fn wrong_webhooks_are_refused_with_every_reason() {
    let app = live().await;
    let wrong = json!({ "url": "ftp://erp.example.com", "event_types": ["lead.*", "lea*", "lead.lost.v1"] });
    let problem = administrator(&app).post("/api/webhooks", &wrong).await.refused(400, "invalid_request");
    let fields: Vec<_> =
        problem["errors"].as_array().expect("errors").iter().map(|error| error["field"].clone()).collect();
    assert_eq!(fields, ["url", "event_types[1]", "event_types[2]"]);
    let nothing = json!({ "url": "https://erp.example.com", "event_types": [] });
    administrator(&app).post("/api/webhooks", &nothing).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn dealers_keep_their_own_webhooks_and_reps_none() {
    let app = live().await;
    let (first, second) = (dealer(&app), dealer(&app));
    let body = json!({ "url": "https://dealer.example.com/in", "event_types": ["*"] });
    let id = first.post("/api/webhooks", &body).await.id();
    let path = format!("/api/webhooks/{id}");
    let once = second.post_once("k1", "/api/webhooks", &body).await;
    let again = second.post_once("k1", "/api/webhooks", &body).await;
    let own = once.id();
    assert_eq!(again.id(), own);
    assert_eq!(second.delete(&format!("/api/webhooks/{own}")).await.status, 204);
    assert_eq!(first.get("/api/webhooks").await.ok().as_array().map(Vec::len), Some(1));
    assert_eq!(second.get("/api/webhooks").await.ok(), json!([]));
    second.get(&path).await.refused(404, "webhook_not_found");
    second.put(&path, &body).await.refused(403, "forbidden");
    second.get(&format!("{path}/deliveries")).await.refused(404, "webhook_not_found");
    assert_eq!(second.delete(&path).await.status, 403);
    acting_as(&app, REP).post("/api/webhooks", &body).await.refused(403, "forbidden");
    assert_eq!(administrator(&app).get("/api/webhooks").await.ok().as_array().map(Vec::len), Some(1));
}
