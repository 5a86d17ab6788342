use std::sync::atomic::Ordering;

use contracts::crm::v1::OpportunityChanged;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::Answer;

use crate::ai_qa::Library;
use crate::support::{deal, deal_with, fields};

fn titles(suggestions: &Value) -> Vec<&str> {
    let tracks = suggestions["talk_tracks"].as_array().map(Vec::as_slice).unwrap_or_default();
    tracks.iter().filter_map(|track| track["title"].as_str()).collect()
}

#[tokio::test]
async fn a_pain_point_is_answered_with_three_talk_tracks_and_a_competitor_with_a_sheet() {
    let (deal, _) = deal_with(Library::of).await;
    let view = deal.rep.patch(&deal.path(""), &json!({ "pain": "换线停产两周" })).await.ok();
    assert_eq!(view["pain"], "换线停产两周");
    let suggestions = &view["suggestions"];
    assert_eq!(titles(suggestions), ["一", "一二", "一二三"]);
    assert_eq!(suggestions["talk_tracks"][0]["success_case"], "两个周末完成切换");
    assert_eq!(
        suggestions["talk_tracks"][0]["text"], "（machine_tools）先试运行，再停旧线。",
        "of the customer's industry"
    );
    let view = deal.rep.patch(&deal.path(""), &json!({ "competitors": ["恒岳", " 恒岳 ", ""] })).await.ok();
    assert_eq!(view["competitors"], json!(["恒岳"]));
    assert_eq!(view["suggestions"]["comparison_sheets"][0]["rows"][0]["theirs"], "三天");
    let later = deal.rep.get(&deal.path("/suggestions")).await.ok();
    assert_eq!((titles(&later).len(), later["comparison_sheets"].as_array().map(Vec::len)), (3, Some(1)));
    let subject = deal.rep.patch(&deal.path(""), &json!({ "subject": "二期" })).await.ok();
    assert_eq!(subject["suggestions"], Value::Null, "nothing was entered that asks for any");
}

#[tokio::test]
async fn a_visit_is_answered_with_suggestions_and_teaches_the_opportunity() {
    let (deal, _) = deal_with(Library::of).await;
    let mut visit = deal.visit(&["purchasing"]);
    visit["pain"] = "停不起".into();
    visit["competitor"] = "恒岳".into();
    visit["client_id"] = "device-7/1".into();
    let answer = deal.rep.post("/api/visits", &visit).await.ok();
    assert_eq!(answer["suggestions"]["comparison_sheets"][0]["competitor"], "恒岳");
    assert_eq!(titles(&answer["suggestions"]).len(), 3, "as many as anybody reads, each once");
    let opportunity = deal.opportunity().await;
    assert_eq!((&opportunity["pain"], &opportunity["competitors"]), (&json!("停不起"), &json!(["恒岳"])));
    let changed: OpportunityChanged = deal.app.event().await;
    assert_eq!(changed.fields, ["decision_chain", "pain", "competitors"]);
    let again = deal.rep.post("/api/visits", &visit).await.ok();
    assert_eq!(again["id"], answer["id"]);
}

#[tokio::test]
async fn without_an_answer_in_time_what_was_entered_is_kept_all_the_same() {
    let (deal, library) = deal_with(Library::of).await;
    library.hangs.store(true, Ordering::SeqCst);
    let started = std::time::Instant::now();
    let view = deal.rep.patch(&deal.path(""), &json!({ "pain": "换线停产两周", "competitors": ["恒岳"] })).await.ok();
    assert!(started.elapsed() < std::time::Duration::from_secs(5), "nobody waits for it");
    assert_eq!(view["suggestions"]["available"], false);
    assert!(view["suggestions"]["notice"]["zh"].as_str().is_some_and(|notice| notice.contains("已保存")), "{view}");
    assert_eq!(deal.opportunity().await["pain"], "换线停产两周");
    library.hangs.store(false, Ordering::SeqCst);
    assert_eq!(titles(&deal.rep.get(&deal.path("/suggestions")).await.ok()).len(), 3);
}

#[tokio::test]
async fn without_any_ai_qa_it_is_the_same() {
    let deal = deal().await;
    let view = deal.rep.patch(&deal.path(""), &json!({ "pain": "换线停产两周" })).await.ok();
    assert_eq!((&view["pain"], &view["suggestions"]["available"]), (&json!("换线停产两周"), &json!(false)));
}

#[tokio::test]
async fn nothing_that_fits_is_said_and_the_same_key_gets_the_same_answer() {
    let (deal, library) = deal_with(Library::of).await;
    let change = json!({ "pain": "无人能答的问题" });
    let once = async || {
        let request = deal.rep.request(Method::PATCH, &deal.path("")).header("idempotency-key", "p");
        Answer::of(request.json(&change)).await.ok()
    };
    let first = once().await;
    assert_eq!((&first["suggestions"]["available"], titles(&first["suggestions"]).len()), (&json!(true), 0));
    assert!(first["suggestions"]["notice"].is_object());
    library.hangs.store(true, Ordering::SeqCst);
    assert_eq!(once().await, first);
}

#[tokio::test]
async fn a_refused_change_suggests_nothing() {
    let (deal, _) = deal_with(Library::of).await;
    let many: Vec<String> = (0..6).map(|number| format!("对手{number}")).collect();
    let problem = deal.rep.patch(&deal.path(""), &json!({ "pain": " ", "competitors": many })).await;
    assert_eq!(fields(&problem.refused(400, "invalid_request")), ["pain", "competitors"]);
}
