use contracts::lead_routing::v1::{LeadAssigned, LeadDuplicateFound, LeadReceived};
use kernel::{Principal, PrincipalKind, Role};
use serde_json::json;
use testkit::TENANT;

use crate::scene::{Scene, lead, path};

#[tokio::test]
async fn a_lead_is_assigned_at_once_and_says_why() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let paused = scene.rep_with(json!({"paused": true})).await;

    let lead = scene.lead(1).await;
    assert_eq!((&lead["state"], &lead["owner_id"]), (&json!("assigned"), &json!(rep.id())));
    assert_eq!(lead["touch_due_at"], "2027-01-04T05:00:00Z");
    let decision = scene.last_decision(&lead).await;
    assert_eq!((&decision["how"], &decision["rule"]), (&json!("rule"), &json!("规则1")));
    let skipped = &decision["explanation"]["skipped"][0];
    assert_eq!((&skipped["person_id"], &skipped["code"]), (&json!(paused.id()), &json!("paused")));
    let sentences = decision["sentences"].to_string();
    for part in ["待办 0/8", "已暂停接收", "0 of 8 open", "takes no leads for now"] {
        assert!(sentences.contains(part), "{sentences}");
    }

    let received: LeadReceived = scene.app.event().await;
    let assigned: LeadAssigned = scene.app.event().await;
    assert_eq!((received.source.as_str(), received.company.as_str()), ("web_form", "远山机电1号有限公司"));
    assert_eq!((assigned.rep_id, assigned.how.as_str()), (rep.id().to_string(), "rule"));
    assert!(assigned.explanation.iter().all(|sentence| !sentence.zh.contains("测试业务员")), "events name nobody");
}

#[tokio::test]
async fn everything_wrong_is_said_at_once_and_nothing_is_stored() {
    let scene = Scene::open().await;
    let bad = json!({"source": "fax", "company": "", "contact_phone": "12", "credit_code": "1", "contact_email": "x",
        "budget": {"amount": "0", "currency": "CNY"}});
    let problem = scene.operations.post("/api/leads", &bad).await.refused(400, "invalid_request");
    let fields: Vec<_> =
        problem["errors"].as_array().expect("errors").iter().map(|error| error["field"].clone()).collect();
    assert_eq!(fields, ["source", "company", "contact_email", "credit_code", "contact_phone", "budget"]);
    assert_eq!(scene.operations.get("/api/leads").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn the_same_request_and_the_same_reference_make_one_lead() {
    let scene = Scene::open().await;
    let mut body = lead(1);
    let first = scene.operations.post_once("k1", "/api/leads", &body).await.ok();
    let again = scene.operations.post_once("k1", "/api/leads", &body).await;
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.ok()["id"], first["id"]);

    body = lead(2);
    body["external_reference"] = json!("D-77");
    let first = scene.operations.post("/api/leads", &body).await.ok();
    body["company"] = json!("换了名字的公司");
    assert_eq!(scene.operations.post("/api/leads", &body).await.ok()["id"], first["id"]);
    assert_eq!(scene.app.events::<LeadReceived>(2).await.len(), 2);
    assert_eq!(scene.operations.get("/api/leads").await.ok()["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_known_company_stays_with_who_has_it() {
    let scene = Scene::open().await;
    let owner = scene.rep().await;
    let original = scene.lead(1).await;
    scene.rep().await;
    let repeats = [
        ("phone", json!({"contact_phone": "+86 138-0000-0001"})),
        ("company_name", json!({"company": "远山机电１号（股份有限公司）"})),
        ("domain", json!({"domain": "https://www.yuanshan1.example/"})),
    ];
    for (n, (matched_by, same)) in (10..).zip(repeats) {
        let mut body = lead(n);
        for (key, value) in same.as_object().expect("fields") {
            body[key] = value.clone();
        }
        let repeat = scene.operations.post("/api/leads", &body).await.ok();
        assert_eq!((&repeat["state"], &repeat["owner_id"]), (&json!("duplicate"), &json!(owner.id())), "{matched_by}");
        assert_eq!(repeat["duplicate"]["original_lead_id"], original["id"]);
        assert_eq!(repeat["duplicate"]["matched_by"], matched_by);
        assert!(repeat["duplicate"]["reason"]["zh"].as_str().is_some_and(|reason| reason.contains("已有负责人")));
    }
    let found: Vec<LeadDuplicateFound> = scene.app.events(3).await;
    assert!(found.iter().all(|found| found.owner_id == owner.id().to_string()));
    let mut through_the_repeat = lead(99);
    through_the_repeat["contact_phone"] = lead(11)["contact_phone"].clone();
    let repeat = scene.operations.post("/api/leads", &through_the_repeat).await.ok();
    assert_eq!(repeat["duplicate"]["original_lead_id"], original["id"], "what a repeat brought is known, too");
    assert_eq!(owner.get("/api/leads").await.ok()["items"].as_array().map(Vec::len), Some(5));
}

#[tokio::test]
async fn contacts_are_masked_for_everybody_but_the_owner_and_the_managers_above() {
    let scene = Scene::open().await;
    let owner = scene.rep().await;
    let lead = scene.lead(1).await;
    assert_eq!((&lead["contact_phone"], &lead["contact_masked"]), (&json!("138****0001"), &json!(true)));
    assert_eq!((&lead["contact_email"], &lead["contact_name"]), (&json!("b***@yuanshan1.example"), &json!("测**")));
    for entitled in [&owner, &scene.manager] {
        let seen = entitled.get(&path(&lead, "")).await.ok();
        assert_eq!((&seen["contact_phone"], &seen["contact_masked"]), (&json!("+8613800000001"), &json!(false)));
    }
    let colleague = scene.rep().await;
    colleague.get(&path(&lead, "")).await.refused(404, "lead_not_found");
    let other_manager = scene.app.person(Role::SalesManager, "/huabei/");
    other_manager.get(&path(&lead, "")).await.refused(404, "lead_not_found");
}

#[tokio::test]
async fn dealers_hand_in_leads_for_their_own_node_only() {
    let scene = Scene::empty().await;
    let dealer = scene.app.principal(Principal {
        kind: PrincipalKind::ApiClient,
        tenant: TENANT,
        id: scene.app.ids.new_id(),
        org: "/huadong/dealer-7/".parse().expect("a path"),
        roles: vec![Role::Dealer],
        stepped_up_until: None,
    });
    let mut body = lead(1);
    body["source"] = json!("dealer_api");
    let lead = dealer.post("/api/leads", &body).await.ok();
    assert_eq!((&lead["state"], &lead["org"]), (&json!("unassigned"), &json!("/huadong/dealer-7/")));
    body["org"] = json!("/huabei/");
    dealer.post("/api/leads", &body).await.refused(403, "forbidden");
}
