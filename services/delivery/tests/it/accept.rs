use chrono::Duration;
use contracts::delivery::v1::{DeliveryAccepted, DeliveryRejected};
use serde_json::json;
use testkit::Answer;

use crate::stage::{Stage, answer_at, document, no, yes};

#[tokio::test]
async fn only_the_customers_word_makes_it_delivered() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    let url = stage.link(id).await;
    let body = json!({ "decision": "确认可用", "signer": "周工", "evidence": [document()] });
    assert_eq!(stage.answer(&url, &body).await.ok()["state"], "delivered");
    let card = stage.rep.get(&format!("/api/deliveries/{id}")).await.ok();
    assert_eq!((&card["state"], &card["first_pass"]), (&"delivered".into(), &true.into()));
    assert_eq!(card["acceptances"][0]["signer"], "周工");
    let event: DeliveryAccepted = stage.app.event().await;
    assert!(event.first_pass);
    let accepted = &card["history"][2];
    assert_eq!((&accepted["from"], &accepted["to"]), (&"awaiting_acceptance".into(), &"delivered".into()));
    assert_eq!(accepted["evidence"][0], document());
    assert_eq!(accepted["evidence"][1]["name"], "commitment:signer");
    assert!(!accepted.to_string().contains("周工"));
    stage.schedule(&stage.planner, id, 9).await.refused(409, "already_delivered");
}

#[tokio::test]
async fn a_link_is_used_up_by_its_answer() {
    let stage = Stage::set().await;
    let url = stage.link(stage.card().await).await;
    stage.answer(&url, &no()).await.ok();
    stage.answer(&url, &yes()).await.refused(410, "acceptance_used");
    stage.look(&url).await.refused(410, "acceptance_used");
}

#[tokio::test]
async fn a_rejection_reopens_the_card_and_costs_the_first_pass() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    let url = stage.link(id).await;
    let problem =
        stage.answer(&url, &json!({ "decision": "rejected", "signer": "" })).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"].as_array().expect("errors").len(), 2);
    assert_eq!(stage.answer(&url, &no()).await.ok()["state"], "reopened");
    let event: DeliveryRejected = stage.app.event().await;
    assert_eq!((event.reason.as_str(), event.owner_id), ("第二套无法启动", stage.rep.id().to_string()));
    stage.answer(&stage.link(id).await, &yes()).await.ok();
    assert!(!stage.app.event::<DeliveryAccepted>().await.first_pass);
    let expected = [
        "delivery.acceptance_requested.v1",
        "delivery.rejected.v1",
        "delivery.acceptance_requested.v1",
        "delivery.accepted.v1",
    ];
    assert_eq!(stage.happened(id).await[1..], expected);
}

#[tokio::test]
async fn links_expire_and_unknown_ones_lead_nowhere() {
    let stage = Stage::set().await;
    let url = stage.link(stage.card().await).await;
    stage.app.clock.advance(Duration::days(7)).expect("movable");
    stage.look(&url).await.refused(410, "acceptance_expired");
    stage.answer(&url, &yes()).await.refused(410, "acceptance_expired");
    for unknown in ["/api/acceptances/x", "/api/acceptances/%00%ff", "/api/acceptances/'--"] {
        let answer = stage.look(unknown).await;
        assert_eq!(answer.status, 404, "{unknown}: {}", answer.body);
    }
    stage.answer("/api/acceptances/x", &yes()).await.refused(404, "acceptance_unknown");
}

#[tokio::test]
async fn an_acceptance_rests_on_a_document_or_a_video() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    let url = stage.link(id).await;
    let bare = json!({ "decision": "accepted", "signer": "周工" });
    stage.answer(&url, &bare).await.refused(422, "acceptance_evidence_missing");
    let mut text = document();
    text["kind"] = "text".into();
    let body = json!({ "decision": "accepted", "signer": "周工", "evidence": [text] });
    stage.answer(&url, &body).await.refused(422, "acceptance_evidence_missing");
    // What was shown with the link counts.
    let issued =
        stage.rep.post(&format!("/api/deliveries/{id}/acceptances"), &json!({ "evidence": [document()] })).await;
    stage.answer(&answer_at(&issued.ok()), &bare).await.ok();
}

#[tokio::test]
async fn of_two_answers_at_once_one_counts() {
    let stage = Stage::set().await;
    let url = stage.link(stage.card().await).await;
    let (accept, reject) = (yes(), no());
    let (a, b) = tokio::join!(stage.answer(&url, &accept), stage.answer(&url, &reject));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410]);
}

#[tokio::test]
async fn an_answer_sent_again_with_its_key_is_answered_again() {
    let stage = Stage::set().await;
    let url = stage.link(stage.card().await).await;
    let send = async || {
        let request = stage.app.visitor().post(format!("{}{url}", stage.app.base_url));
        Answer::of(request.header("idempotency-key", "k1").json(&yes())).await.ok()
    };
    assert_eq!(send().await, send().await);
    stage.app.event::<DeliveryAccepted>().await;
    assert_eq!(stage.app.count_events::<DeliveryAccepted>().await, 1);
}
