use contracts::ai_qa::v1::{ComparisonSheetChanged, PriceFactsChanged, TalkTrackChanged};
use kernel::Role;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client};

use crate::support::{Suite, start};

/// A track against "too expensive" with two points to say and one not to say.
pub fn price_track() -> Value {
    json!({
        "title": "价格异议", "industry": "家具", "objection": "你们的价格比同行贵两成",
        "text": "先认同，再讲全周期成本和质保三年。",
        "points": [
            { "id": "warranty", "duty": "must_say", "text": "整机质保三年，终身维护" },
            { "id": "cost", "duty": "must_say", "text": "按五年算总成本反而更低" },
            { "id": "refund", "duty": "must_not_say", "text": "不满意全额退款" }
        ],
        "success_case": "某家具厂对比五年账后签了两条线"
    })
}

pub async fn add(suite: &Suite, track: &Value) -> Value {
    suite.app.person(Role::SalesCoach, "/huadong/").post("/api/talk-tracks", track).await.ok()
}

async fn change_seen(client: &Client, path: &str, seen: &str, body: &Value) -> Answer {
    Answer::of(client.request(Method::PUT, path).header("if-match", seen).json(body)).await
}

#[tokio::test]
async fn words_are_versioned_and_nobody_overwrites_unseen() {
    let suite = start().await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    suite.rep.post("/api/talk-tracks", &price_track()).await.refused(403, "forbidden");
    let made = coach.post("/api/talk-tracks", &price_track()).await;
    assert_eq!(made.status.as_u16(), 201);
    let track = made.ok();
    let path = format!("/api/talk-tracks/{}", track["id"].as_str().expect("an id"));
    assert_eq!(
        (&track["words_version"], &suite.rep.get(&path).await.headers["etag"]),
        (&json!(1), &"\"1\"".parse().expect("ascii"))
    );

    let mut retitled = price_track();
    retitled["title"] = json!("价格太贵");
    let changed = change_seen(&coach, &path, "\"1\"", &retitled).await.ok();
    assert_eq!((&changed["words_version"], &changed["version"]), (&json!(1), &json!(2)), "the words are the same");
    change_seen(&coach, &path, "\"1\"", &retitled).await.refused(412, "changed_meanwhile");
    let mut reworded = retitled.clone();
    reworded["points"][0]["text"] = json!("整机质保五年");
    assert_eq!(change_seen(&coach, &path, "\"2\"", &reworded).await.ok()["words_version"], 2);

    let versions = suite.rep.get(&format!("{path}/versions")).await.ok();
    let texts: Vec<_> = versions.as_array().expect("a list").iter().map(|one| &one["points"][0]["text"]).collect();
    assert_eq!(texts, ["整机质保五年", "整机质保三年，终身维护"]);
    let events = suite.app.events::<TalkTrackChanged>(3).await;
    assert_eq!(events.iter().map(|one| one.version).collect::<Vec<_>>(), [1, 1, 2]);

    assert_eq!(coach.delete(&path).await.status.as_u16(), 204);
    suite.rep.get(&path).await.refused(404, "talk_track_not_found");
    assert_eq!(suite.rep.get("/api/talk-tracks").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn everything_wrong_with_a_track_is_said_at_once() {
    let suite = start().await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    let wrong = json!({ "title": " ", "objection": "太贵", "text": "x", "points": [
        { "id": "a", "duty": "nice_to_say", "text": "" }], "objection_ids": [] });
    let problem = coach.post("/api/talk-tracks", &wrong).await.refused(400, "invalid_request");
    let fields: Vec<_> = problem["errors"].as_array().expect("a list").iter().map(|one| &one["field"]).collect();
    assert_eq!(fields, ["title", "points", "points[0].text"]);
    let mut unknown = price_track();
    unknown["objection_ids"] = json!([uuid::Uuid::from_u128(404)]);
    let problem = coach.post("/api/talk-tracks", &unknown).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"][0]["code"], "not_found");
}

#[tokio::test]
async fn objections_lead_to_their_tracks() {
    let suite = start().await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    let objection = coach.post("/api/objections", &json!({ "text": "贵两成", "industry": "家具" })).await.id();
    let mut track = price_track();
    track["objection_ids"] = json!([objection]);
    let made = add(&suite, &track).await;
    add(&suite, &price_track()).await;
    let found = suite.rep.get(&format!("/api/talk-tracks?objection_id={objection}")).await.ok();
    let ids: Vec<_> = found["items"].as_array().expect("a list").iter().map(|one| &one["id"]).collect();
    assert_eq!(ids, [&made["id"]]);
}

#[tokio::test]
async fn a_competitor_has_one_sheet() {
    let suite = start().await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    let sheet = json!({ "competitor": "恒远机床", "aliases": ["HY"],
        "rows": [{ "aspect": "质保", "ours": "三年", "theirs": "一年" }] });
    suite.rep.post("/api/comparison-sheets", &sheet).await.refused(403, "forbidden");
    let id = coach.post("/api/comparison-sheets", &sheet).await.id();
    coach.post("/api/comparison-sheets", &sheet).await.refused(409, "competitor_taken");
    let path = format!("/api/comparison-sheets/{id}");
    let mut changed = sheet.clone();
    changed["rows"][0]["theirs"] = json!("两年");
    assert_eq!(change_seen(&coach, &path, "\"1\"", &changed).await.ok()["version"], 2);
    change_seen(&coach, &path, "\"1\"", &changed).await.refused(412, "changed_meanwhile");
    assert_eq!(suite.rep.get(&path).await.ok()["rows"][0]["theirs"], "两年");
    assert_eq!(coach.delete(&path).await.status.as_u16(), 204);
    suite.rep.get(&path).await.refused(404, "comparison_sheet_not_found");
    assert_eq!(coach.post("/api/comparison-sheets", &sheet).await.status.as_u16(), 201, "its name is free again");
    assert_eq!(suite.app.events::<ComparisonSheetChanged>(4).await[2].what, "withdrawn");
}

#[tokio::test]
async fn price_facts_are_one_list() {
    let suite = start().await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    assert_eq!(suite.rep.get("/api/price-facts").await.ok(), json!({ "facts": [] }));
    let facts = json!({ "facts": [{ "product": "XT-200", "kind": "warranty", "value": "36" }] });
    suite.rep.put("/api/price-facts", &facts).await.refused(403, "forbidden");
    assert_eq!(change_seen(&coach, "/api/price-facts", "\"0\"", &facts).await.status.as_u16(), 200);
    change_seen(&coach, "/api/price-facts", "\"0\"", &facts).await.refused(412, "changed_meanwhile");
    let negative = json!({ "facts": [{ "product": "", "kind": "lead_time", "value": "-3" }] });
    let problem = coach.put("/api/price-facts", &negative).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"][0]["field"], "facts[0].value");
    assert_eq!(suite.rep.get("/api/price-facts").await.ok()["facts"][0]["product"], "XT-200");
    let event: PriceFactsChanged = suite.app.event().await;
    assert_eq!((event.facts, event.version), (1, 1));
}

#[tokio::test]
async fn a_pain_point_gets_its_tracks_and_a_competitor_its_sheet() {
    let suite = start().await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    let price = add(&suite, &price_track()).await;
    let delivery = json!({ "title": "交期异议", "objection": "交货期太长，等不了三个月", "text": "分批交付",
        "points": [{ "id": "batch", "duty": "must_say", "text": "可以分两批交付，首批四周到货" }] });
    add(&suite, &delivery).await;
    let ask = async |query: &[(&str, &str)]| {
        let request = suite.rep.request(Method::GET, "/api/talk-tracks/suggestions").query(query);
        Answer::of(request).await
    };
    let found = ask(&[("pain_point", "客户说我们的价格比同行贵")]).await.ok();
    assert_eq!(
        (&found["talk_tracks"][0]["id"], &found["talk_tracks"][0]["success_case"]),
        (&price["id"], &price["success_case"])
    );
    assert_eq!((&found["talk_tracks"][0]["strong"], &found["comparison_sheet"]), (&json!(true), &Value::Null));
    let sheet = json!({ "competitor": "恒远机床", "rows": [{ "aspect": "质保", "ours": "三年", "theirs": "一年" }] });
    coach.post("/api/comparison-sheets", &sheet).await.id();
    let found = ask(&[("competitor", "恒远机床")]).await.ok();
    assert_eq!(found["comparison_sheet"]["rows"][0]["theirs"], "一年");
    ask(&[]).await.refused(400, "invalid_request");
    ask(&[("pain_point", "贵"), ("competitor", "恒远")]).await.refused(400, "invalid_request");
}
