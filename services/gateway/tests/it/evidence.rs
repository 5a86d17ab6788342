//! Whatever is decided at the gateway is in its journal, by whom, and without personal data.

use contracts::gateway::v1::{OrgUnitAdded, SessionOpened};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::Answer;

use crate::support::{DEALER_KEY, PASSWORD, TOTP_URI, World, world};

fn types(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["type"].as_str().expect("a type")).collect()
}

fn versions(records: &[Value]) -> Vec<u64> {
    records.iter().map(|record| record["version"].as_u64().expect("a version")).collect()
}

#[tokio::test]
async fn a_units_life_is_one_chain_and_its_path_may_begin_another() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let unit = |name: &str| json!({ "path": "/huadong/suzhou/", "name": name, "kind": "dealer" });
    admin.post("/api/org-units", &unit("苏州")).await.ok();
    admin.put("/api/org-units", &unit("苏州园区")).await.ok();
    admin.put("/api/org-units", &unit("苏州园区")).await.ok();
    admin.delete("/api/org-units?path=/huadong/suzhou/").await.ok();
    admin.post("/api/org-units", &unit("苏州")).await.ok();

    let records = world.recorded("org_unit.%").await;
    let of_path: Vec<_> = records.into_iter().filter(|record| record["data"]["path"] == "/huadong/suzhou/").collect();
    let expected = ["org_unit.added.v1", "org_unit.changed.v1", "org_unit.removed.v1", "org_unit.added.v1"];
    assert_eq!((types(&of_path), versions(&of_path)), (expected.to_vec(), vec![1, 2, 3, 1]));
    assert_eq!((&of_path[1]["from"], &of_path[1]["to"]), (&json!("dealer 苏州"), &json!("dealer 苏州园区")));
    assert_ne!(of_path[3]["aggregate_id"], of_path[0]["aggregate_id"]);
    let id = admin.id().await;
    assert!(of_path.iter().all(|record| record["actor"]["id"] == id.as_str()));
    assert_eq!(world.app.events::<OrgUnitAdded>(6).await[5].path, "/huadong/suzhou/");
}

#[tokio::test]
async fn loading_an_organisation_is_journalled_once() {
    let world = world().await;
    let loaded = world.recorded("%").await;
    let count = |kind: &str| types(&loaded).into_iter().filter(|found| *found == kind).count();
    assert_eq!((count("tenant.added.v1"), count("org_unit.added.v1"), count("person.added.v1")), (1, 4, 5));
    assert_eq!((count("api_key.issued.v1"), count("person.second_factor_enrolled.v1")), (1, 1));
    assert!(loaded.iter().all(|record| record["actor"]["kind"] == "service"));
}

#[tokio::test]
async fn what_somebody_may_do_is_told_before_and_after() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let rep = world.sign_in("lin.demo").await;
    let path = format!("/api/people/{}", rep.id().await);
    let change = json!({ "roles": ["sales_manager"], "org": "/huadong/", "password": "a password set anew" });
    admin.patch(&path, &change).await.ok();
    admin.patch(&path, &json!({ "active": false })).await.ok();

    let changed = world.recorded("person.changed.v1").await;
    assert_eq!(changed[0]["from"], "sales_rep at /huadong/shanghai/, active");
    assert_eq!(changed[0]["to"], "sales_manager at /huadong/, active");
    assert_eq!(changed[1]["to"], "sales_manager at /huadong/, inactive");
    assert_eq!(versions(&changed), [2, 4], "the new password is the version between");
    let password = world.recorded("person.password_changed.v1").await;
    assert_eq!(password[0]["actor"]["id"], admin.id().await.as_str());
    let ended = world.recorded("session.ended.v1").await;
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0]["data"]["reason"], "password_changed");
}

#[tokio::test]
async fn a_session_is_told_from_beginning_to_end() {
    let world = world().await;
    let manager = world.sign_in("guan.demo").await;
    let id = manager.id().await;
    manager.post("/api/session/step-up", &json!({ "code": "000000" })).await.refused(401, "totp_wrong_code");
    manager.post("/api/session/step-up", &json!({ "code": world.code(TOTP_URI) })).await.ok();
    assert_eq!(manager.delete("/api/session").await.status, 204);

    let session = world.recorded("session.%").await;
    assert_eq!(types(&session), ["session.opened.v1", "session.stepped_up.v1", "session.ended.v1"]);
    assert_eq!(versions(&session), [1, 2, 3]);
    assert!(session.iter().all(|record| record["data"]["personId"] == id.as_str()));
    assert_eq!(
        (&session[0]["data"]["method"], &session[2]["data"]["reason"]),
        (&json!("password"), &json!("signed_out"))
    );
    let refused = world.recorded("sign_in.second_factor_refused.v1").await;
    assert_eq!(refused[0]["data"]["personId"], id.as_str());
    assert_eq!(world.app.event::<SessionOpened>().await.person_id, id);
}

#[tokio::test]
async fn refused_sign_ins_are_evidence_too() {
    let world = world().await;
    let rep = world.sign_in("lin.demo").await.id().await;
    world.try_sign_in("lin.demo", "not the password").await.refused(401, "sign_in_refused");
    world.try_sign_in("nobody.demo", PASSWORD).await.refused(401, "sign_in_refused");
    let refused = world.recorded("sign_in.refused.v1").await;
    let people: Vec<_> = refused.iter().map(|record| record["data"]["personId"].as_str().unwrap_or_default()).collect();
    assert_eq!(people, [rep.as_str(), ""]);
}

#[tokio::test]
async fn a_new_password_and_second_factor_are_in_ones_own_chain() {
    let world = world().await;
    let (here, _elsewhere) = (world.sign_in("lin.demo").await, world.sign_in("lin.demo").await);
    let passwords = json!({ "current": PASSWORD, "new": "another long password" });
    here.put("/api/session/password", &passwords).await.ok();
    let proposed = here.post("/api/session/second-factor", &json!({})).await.ok();
    let code = world.code(proposed["otpauth_uri"].as_str().expect("a URI"));
    here.post("/api/session/second-factor/confirm", &json!({ "code": code })).await.ok();

    let mut own = world.recorded("person.%").await;
    let id = here.id().await;
    own.retain(|record| record["aggregate_id"] == id.as_str());
    let expected = [
        "person.added.v1",
        "person.password_changed.v1",
        "person.second_factor_proposed.v1",
        "person.second_factor_enrolled.v1",
    ];
    assert_eq!((types(&own), versions(&own)), (expected.to_vec(), vec![1, 2, 3, 4]));
    assert_eq!(world.recorded("session.ended.v1").await.len(), 1);
}

async fn token(world: &World) -> Answer {
    let (id, secret) = DEALER_KEY.rsplit_once('_').expect("a key");
    let form = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
    Answer::of(world.anonymous(Method::POST, "/api/oauth/token").form(&form)).await
}

#[tokio::test]
async fn a_keys_tokens_are_part_of_its_chain() {
    let world = world().await;
    token(&world).await.ok();
    let admin = world.sign_in("admin.demo").await;
    let id = admin.get("/api/api-keys").await.ok()[0]["id"].as_str().expect("an id").to_owned();
    admin.delete(&format!("/api/api-keys/{id}")).await.ok();
    assert_eq!(token(&world).await.status, 401);
    let key = world.recorded("api_key.%").await;
    assert_eq!(types(&key), ["api_key.issued.v1", "api_key.token_issued.v1", "api_key.revoked.v1"]);
    assert_eq!(versions(&key), [1, 2, 3]);
    assert_eq!((&key[1]["actor"]["id"], &key[1]["actor"]["kind"]), (&json!(id), &json!("api_client")));
}

#[tokio::test]
async fn nobody_can_be_recognised_in_the_journal() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let rep = world.sign_in("lin.demo").await.id().await;
    world.try_sign_in("lin.demo", "not the password").await.refused(401, "sign_in_refused");
    let change = json!({ "name": "林改名", "email": "new.address@example.com", "password": "a password set anew" });
    admin.patch(&format!("/api/people/{rep}"), &change).await.ok();
    for record in world.recorded("%").await {
        let text = record.to_string();
        for personal in
            ["林示例", "林改名", "lin.demo", "lin@example.com", "new.address", "13800002222", "password set"]
        {
            assert!(!text.contains(personal), "{text}");
        }
    }
}
