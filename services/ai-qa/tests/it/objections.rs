use contracts::ai_qa::v1::{ObjectionAnswered, ObjectionDrawn, ReviewDecided};
use contracts::crm::v1::VisitRecorded;
use kernel::Role;
use serde_json::{Value, json};
use testkit::Client;
use uuid::Uuid;

use crate::support::{Suite, start, upload, wav};

fn visit(rep: &Client, visit: Uuid, customer: Uuid, industry: &str) -> VisitRecorded {
    VisitRecorded {
        visit_id: visit.to_string(),
        customer_id: customer.to_string(),
        rep_id: rep.id().to_string(),
        org: "/huadong/shanghai/".into(),
        industry: industry.into(),
        ..Default::default()
    }
}

async fn reviews(client: &Client, query: &str) -> Vec<Value> {
    let page = client.get(&format!("/api/reviews{query}")).await.ok();
    page["items"].as_array().cloned().expect("a list")
}

/// A coach with one objection in the library, and the review it led to.
async fn drawn(suite: &Suite) -> (Client, Value) {
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    coach.post("/api/objections", &json!({ "text": "比同行贵两成", "industry": "家具" })).await.id();
    let id = Uuid::from_u128(50);
    suite.app.publish(&visit(&suite.rep, id, Uuid::from_u128(60), "家具"), id, 1).await;
    let review = suite.app.eventually("a review", async || reviews(&suite.rep, "").await.pop()).await;
    (coach, review)
}

#[tokio::test]
async fn a_visit_draws_from_its_customer_or_industry_once() {
    let suite = start().await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    let customer = Uuid::from_u128(60);
    let fitting = [
        coach.post("/api/objections", &json!({ "text": "太贵", "industry": "家具" })).await.id(),
        coach.post("/api/objections", &json!({ "text": "交期长", "customer_id": customer })).await.id(),
    ];
    coach.post("/api/objections", &json!({ "text": "不相干", "industry": "化工" })).await.id();
    let gone = coach.post("/api/objections", &json!({ "text": "旧的", "industry": "家具" })).await.id();
    assert_eq!(coach.delete(&format!("/api/objections/{gone}")).await.status.as_u16(), 204);

    let (first, second) = (Uuid::from_u128(50), Uuid::from_u128(51));
    let event = suite.app.publish(&visit(&suite.rep, first, customer, "家具"), first, 1).await;
    suite.app.publish_again(&visit(&suite.rep, first, customer, "家具"), event, first, 1).await;
    suite.app.publish(&visit(&suite.rep, second, customer, "家具"), second, 1).await;
    let nothing = Uuid::from_u128(52);
    suite.app.publish(&visit(&suite.rep, nothing, Uuid::from_u128(61), ""), nothing, 1).await;
    let all = suite.app.events::<ObjectionDrawn>(2).await;
    assert!(all.iter().all(|one| fitting.iter().any(|id| id.to_string() == one.objection_id)), "{all:?}");
    suite
        .app
        .eventually("every visit is looked at", async || {
            let done: i64 = sqlx::query_scalar("select count(*) from ai_qa.inbox")
                .fetch_one(&mut suite.app.admin().await)
                .await
                .expect("counted");
            (done == 3).then_some(())
        })
        .await;
    assert_eq!(suite.app.count_events::<ObjectionDrawn>().await, 2);
    assert_eq!(reviews(&suite.rep, "?state=waiting_answer").await.len(), 2);
}

#[tokio::test]
async fn an_answer_is_short_and_recorded_and_the_coach_decides() {
    let suite = start().await;
    let (coach, review) = drawn(&suite).await;
    let path = format!("/api/reviews/{}", review["id"].as_str().expect("an id"));
    assert_eq!((&review["objection"], &review["state"]), (&json!("比同行贵两成"), &json!("waiting_answer")));
    coach
        .post(&format!("{path}/decide"), &json!({ "decision": "passed" }))
        .await
        .refused(409, "not_waiting_for_review");

    let recording = upload(&suite.rep, wav(3)).await;
    let answer = async |who: &Client, text: &str, recording: Uuid| {
        who.post(&format!("{path}/answer"), &json!({ "text": text, "recording_id": recording })).await
    };
    let wrong = answer(&suite.rep, &"长".repeat(101), recording).await.refused(400, "invalid_request");
    assert_eq!((&wrong["errors"][0]["field"], &wrong["errors"][0]["code"]), (&json!("text"), &json!("too_long")));
    let colleague = suite.app.person(Role::SalesRep, "/huadong/shanghai/");
    let others = upload(&colleague, wav(3)).await;
    answer(&suite.rep, "好", others).await.refused(422, "recording_not_usable");
    answer(&colleague, "好", others).await.refused(403, "forbidden");
    let words = "长".repeat(100);
    assert_eq!(answer(&suite.rep, &words, recording).await.ok()["state"], "waiting_review");
    answer(&suite.rep, &words, recording).await.refused(409, "answered_before");
    let event: ObjectionAnswered = suite.app.event().await;
    assert_eq!(event.recording_id, recording.to_string());

    let queue = reviews(&coach, "?state=waiting_review").await;
    assert_eq!((queue.len(), &queue[0]["answer"]), (1, &json!(words)));
    suite.rep.post(&format!("{path}/decide"), &json!({ "decision": "passed" })).await.refused(403, "forbidden");
    let decision = json!({ "decision": "practice", "comment": "先谈价值" });
    let decided = coach.post_once("d", &format!("{path}/decide"), &decision).await.ok();
    assert_eq!((&decided["decision"], &decided["comment"]), (&json!("practice"), &json!("先谈价值")));
    assert_eq!(coach.post_once("d", &format!("{path}/decide"), &decision).await.ok(), decided);
    assert_eq!(suite.rep.get(&path).await.ok(), decided);
    let event: ReviewDecided = suite.app.event().await;
    assert_eq!((event.decision.as_str(), event.coach_id), ("practice", coach.id().to_string()));
    assert_eq!(suite.app.count_events::<ReviewDecided>().await, 1);
}

#[tokio::test]
async fn reviews_are_seen_by_the_rep_and_by_those_who_look_after_them() {
    let suite = start().await;
    let (_, review) = drawn(&suite).await;
    let path = format!("/api/reviews/{}", review["id"].as_str().expect("an id"));
    let colleague = suite.app.person(Role::SalesRep, "/huadong/shanghai/");
    let far = suite.app.person(Role::SalesCoach, "/huabei/");
    for outsider in [&colleague, &far] {
        assert!(reviews(outsider, "").await.is_empty());
        outsider.get(&path).await.refused(403, "forbidden");
    }
    far.post(&format!("{path}/decide"), &json!({ "decision": "passed" })).await.refused(403, "forbidden");
    assert_eq!(reviews(&suite.app.person(Role::SalesManager, "/huadong/"), "").await.len(), 1);
}

#[tokio::test]
async fn the_library_is_kept_by_coaches_and_nobody_overwrites_unseen() {
    let suite = start().await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    suite.rep.post("/api/objections", &json!({ "text": "太贵", "industry": "家具" })).await.refused(403, "forbidden");
    let wrong = coach.post("/api/objections", &json!({ "text": " " })).await.refused(400, "invalid_request");
    assert_eq!(wrong["errors"].as_array().map(Vec::len), Some(2));
    let id = coach.post("/api/objections", &json!({ "text": "太贵", "industry": "家具" })).await.id();
    let path = format!("/api/objections/{id}");
    assert_eq!(suite.rep.get(&path).await.headers["etag"], "\"1\"");
    let change = json!({ "text": "太贵了", "industry": "家具" });
    assert_eq!(coach.put(&path, &change).await.ok()["version"], 2);
    let stale = coach.request(reqwest::Method::PUT, &path).header("if-match", "\"1\"").json(&change);
    testkit::Answer::of(stale).await.refused(412, "changed_meanwhile");
    assert_eq!(suite.rep.get("/api/objections?industry=家具").await.ok()["items"][0]["text"], "太贵了");
    assert_eq!(coach.delete(&path).await.status.as_u16(), 204);
    coach.get(&path).await.refused(404, "objection_not_found");
    assert_eq!(coach.get("/api/objections").await.ok()["items"], json!([]));
}
