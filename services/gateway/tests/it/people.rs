use contracts::gateway::v1::{PersonAdded, PersonChanged};
use reqwest::Method;
use serde_json::json;
use testkit::Answer;

use crate::support::{PASSWORD, world};

fn newcomer() -> serde_json::Value {
    json!({
        "name": "新示例", "org": "/huadong/", "roles": ["sales_rep"], "login": "New.Demo",
        "email": "new@example.com", "phone": "13800009999", "password": "a password for newcomers",
    })
}

#[tokio::test]
async fn administrators_add_people_who_can_then_sign_in() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let before = world.app.count_events::<PersonAdded>().await;
    let added = admin.post("/api/people", &newcomer()).await;
    assert_eq!((added.status.as_u16(), &added.headers["etag"]), (201, &"\"1\"".parse().expect("header")));
    let id = added.id();
    assert_eq!(world.try_sign_in("new.demo", "a password for newcomers").await.status, 201);
    let events = world.app.events::<PersonAdded>(before.max(5) + 1).await;
    let event = events.iter().find(|event| event.person_id == id.to_string()).expect("its event");
    assert_eq!((event.org.as_str(), event.roles.as_slice()), ("/huadong/", ["sales_rep".to_owned()].as_slice()));
}

#[tokio::test]
async fn the_same_key_adds_once() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let post = |body| admin.request(Method::POST, "/api/people").header("idempotency-key", "hire-1").json(&body);
    Answer::of(post(newcomer())).await.ok();
    Answer::of(post(newcomer())).await.refused(409, "login_taken");
    let mut db = world.app.admin().await;
    let kept: i64 =
        sqlx::query_scalar("select count(*) from gateway.commands").fetch_one(&mut db).await.expect("a count");
    assert_eq!(kept, 0, "nothing is kept of a request with a password");

    let plain = json!({ "name": "无密示例", "org": "/huadong/", "roles": ["finance"] });
    let request = || post(plain.clone());
    let (first, again) = (Answer::of(request()).await.id(), Answer::of(request()).await);
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.id(), first);
}

#[tokio::test]
async fn only_administrators_change_the_directory() {
    let world = world().await;
    let manager = world.sign_in("guan.demo").await;
    manager.post("/api/people", &newcomer()).await.refused(403, "forbidden");
    let rep = world.sign_in("lin.demo").await.id().await;
    manager.patch(&format!("/api/people/{rep}"), &json!({ "name": "x" })).await.refused(403, "forbidden");
    manager
        .patch(&format!("/api/people/{rep}"), &json!({ "password": "a password of mine" }))
        .await
        .refused(403, "forbidden");
    manager.delete(&format!("/api/people/{rep}")).await.refused(403, "forbidden");
}

#[tokio::test]
async fn faults_are_named_all_at_once_and_logins_are_unique() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let bad = json!({ "name": " ", "org": "/huadong/", "roles": ["service"], "email": "nobody", "password": "short" });
    let problem = admin.post("/api/people", &bad).await.refused(400, "invalid_request");
    let fields: Vec<_> =
        problem["errors"].as_array().expect("errors").iter().map(|error| error["field"].clone()).collect();
    assert_eq!(fields, ["name", "roles", "email", "password"]);
    let mut lost = newcomer();
    lost["org"] = json!("/nowhere/");
    admin.post("/api/people", &lost).await.refused(400, "invalid_request");
    let mut taken = newcomer();
    taken["login"] = json!("LIN.demo");
    admin.post("/api/people", &taken).await.refused(409, "login_taken");
    let mut taken = newcomer();
    taken["email"] = json!("Lin@Example.com");
    admin.post("/api/people", &taken).await.refused(409, "email_taken");
}

#[tokio::test]
async fn personal_data_is_masked_for_colleagues() {
    let world = world().await;
    let (rep, manager, admin) =
        (world.sign_in("lin.demo").await, world.sign_in("guan.demo").await, world.sign_in("admin.demo").await);
    let path = format!("/api/people/{}", rep.id().await);
    let seen = manager.get(&path).await.ok();
    assert_eq!((&seen["email"], &seen["phone"]), (&json!("l***@example.com"), &json!("138****2222")));
    assert!(seen["login"].is_null());
    for full in [rep.get(&path).await.ok(), admin.get(&path).await.ok()] {
        assert_eq!((&full["email"], &full["login"]), (&json!("lin@example.com"), &json!("lin.demo")));
    }
    let list = manager.get("/api/people?name=林").await.ok();
    assert_eq!(list["items"][0]["phone"], "138****2222");
}

#[tokio::test]
async fn people_are_listed_in_pages_and_filtered() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let first = admin.get("/api/people?limit=3").await.ok();
    assert_eq!(first["items"].as_array().map(Vec::len), Some(3));
    let rest =
        admin.get(&format!("/api/people?limit=3&cursor={}", first["next_cursor"].as_str().expect("more"))).await.ok();
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(2));
    assert!(rest["next_cursor"].is_null());
    let below = admin.get("/api/people?org=/huadong/").await.ok();
    assert_eq!(below["items"].as_array().map(Vec::len), Some(2));
    let reps = admin.get("/api/people?role=sales_rep&active=true").await.ok();
    assert_eq!(reps["items"][0]["name"], "林示例");
    admin.get("/api/people?cursor=zzz").await.refused(400, "invalid_request");
}

#[tokio::test]
async fn dealers_see_nobody() {
    let world = world().await;
    let dealer = world.bearer(crate::support::DEALER_KEY);
    assert_eq!(dealer.get("/api/people").await.ok()["items"], json!([]));
    let rep = world.sign_in("lin.demo").await.id().await;
    dealer.get(&format!("/api/people/{rep}")).await.refused(403, "forbidden");
}

#[tokio::test]
async fn changes_take_effect_on_open_sessions() {
    let world = world().await;
    let (rep, admin) = (world.sign_in("lin.demo").await, world.sign_in("admin.demo").await);
    let path = format!("/api/people/{}", rep.id().await);
    let change = json!({ "roles": ["sales_manager"], "org": "/huadong/", "phone": "" });
    let changed = admin.patch(&path, &change).await.ok();
    assert_eq!((&changed["version"], &changed["phone"]), (&json!(2), &serde_json::Value::Null));
    let me = rep.get("/api/session").await.ok();
    assert_eq!((&me["org"], &me["roles"]), (&json!("/huadong/"), &json!(["sales_manager"])));
    let event: PersonChanged = world.app.event().await;
    assert_eq!((event.org.as_str(), event.active), ("/huadong/", true));
    let same = admin.patch(&path, &change).await.ok();
    assert_eq!(same["version"], 2, "what changes nothing leaves no event");
}

#[tokio::test]
async fn nobody_overwrites_a_change_they_have_not_seen() {
    let world = world().await;
    let (rep, admin) = (world.sign_in("lin.demo").await, world.sign_in("admin.demo").await);
    let path = format!("/api/people/{}", rep.id().await);
    admin.patch(&path, &json!({ "name": "林二" })).await.ok();
    let stale = admin.request(Method::PATCH, &path).header("if-match", "\"1\"").json(&json!({ "name": "林三" }));
    Answer::of(stale).await.refused(412, "changed_meanwhile");
}

#[tokio::test]
async fn who_leaves_is_signed_out_and_stays_known() {
    let world = world().await;
    let (rep, admin) = (world.sign_in("lin.demo").await, world.sign_in("admin.demo").await);
    let path = format!("/api/people/{}", rep.id().await);
    assert_eq!(admin.delete(&path).await.ok()["active"], false);
    rep.get("/api/session").await.refused(401, "unauthenticated");
    world.try_sign_in("lin.demo", PASSWORD).await.refused(401, "sign_in_refused");
    assert_eq!(admin.get(&path).await.ok()["name"], "林示例");
    let event: PersonChanged = world.app.event().await;
    assert!(!event.active);
}

#[tokio::test]
async fn a_new_password_from_the_administrator_ends_sessions() {
    let world = world().await;
    let (rep, admin) = (world.sign_in("lin.demo").await, world.sign_in("admin.demo").await);
    let path = format!("/api/people/{}", rep.id().await);
    admin.patch(&path, &json!({ "password": "given by the administrator" })).await.ok();
    rep.get("/api/session").await.refused(401, "unauthenticated");
    assert_eq!(world.try_sign_in("lin.demo", "given by the administrator").await.status, 201);
}

#[tokio::test]
async fn the_journal_holds_no_personal_data() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    admin.post("/api/people", &newcomer()).await.ok();
    let mut db = world.app.admin().await;
    let records: Vec<String> =
        sqlx::query_scalar("select record from gateway.journal").fetch_all(&mut db).await.expect("records");
    assert_eq!(
        records.len(),
        1 + 4 + 5 + 1 + 1 + 1 + 1,
        "a tenant, units, people, a factor, a key, a session, a newcomer"
    );
    for secret in ["new@example.com", "13800009999", "新示例", "New.Demo", "newcomers"] {
        assert!(records.iter().all(|record| !record.contains(secret)), "{secret}");
    }
}

#[tokio::test]
async fn unknown_people_are_not_found() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let nobody = format!("/api/people/{}", world.app.ids.new_id());
    admin.get(&nobody).await.refused(404, "person_not_found");
    admin.patch(&nobody, &json!({ "name": "x" })).await.refused(404, "person_not_found");
    admin.get("/api/people/not-an-id").await.refused(404, "not_found");
}
