use contracts::delivery::v1::DeliveryCardCreated;
use kernel::Role;
use uuid::Uuid;

use crate::stage::Stage;

#[tokio::test]
async fn signing_makes_a_card_with_everything_the_contract_says() {
    let stage = Stage::set().await;
    let contract = stage.contract();
    let id = stage.sign(&contract).await;
    let card = stage.rep.get(&format!("/api/deliveries/{id}")).await.ok();
    assert_eq!(card["contract_number"], "HT-2027-0001");
    assert_eq!((&card["light"], &card["state"]), (&"grey".into(), &"open".into()));
    assert_eq!(card["lines"][0]["product_code"], "QM-200");
    assert_eq!(card["lines"][0]["name_zh"], "装配线");
    assert_eq!(card["lines"][0]["name_en"], "Assembly line");
    assert_eq!(card["payments"][1]["amount"]["amount"], "89600.00");
    assert_eq!(card["history"][0]["event"], "delivery.card_created.v1");
    assert_eq!(card["history"][0]["evidence"][0]["sha256"], contract.signed_sha256);
    let event: DeliveryCardCreated = stage.app.event().await;
    assert_eq!((event.contract_id, event.promised_at), (contract.contract_id, contract.promised_delivery_at));
}

#[tokio::test]
async fn a_signing_delivered_twice_makes_one_card() {
    let stage = Stage::set().await;
    let (contract, event_id) = (stage.contract(), stage.app.ids.new_id());
    let contract_id: Uuid = contract.contract_id.parse().expect("an id");
    stage.app.publish_again(&contract, event_id, contract_id, 3).await;
    stage.app.publish_again(&contract, event_id, contract_id, 3).await;
    // The same contract in a second event, too.
    stage.app.publish(&contract, contract_id, 4).await;
    let last = stage.contract();
    stage.sign(&last).await;
    let handled = async || (inbox(&stage).await == 3).then_some(());
    stage.app.eventually("three events handled", handled).await;
    let cards = stage.manager.get("/api/deliveries").await.ok();
    assert_eq!(cards["items"].as_array().expect("items").len(), 2);
    stage.app.events::<DeliveryCardCreated>(2).await;
    assert_eq!(stage.app.count_events::<DeliveryCardCreated>().await, 2);
}

#[tokio::test]
async fn a_signing_that_cannot_be_read_becomes_a_dead_letter_and_no_card() {
    let stage = Stage::set().await;
    let mut contract = stage.contract();
    contract.customer_id = "nobody".into();
    stage.app.publish(&contract, stage.app.ids.new_id(), 3).await;
    let administrator = stage.app.person(Role::Administrator, "/");
    let letter = async || {
        let letters = administrator.get("/api/dead-letters/delivery").await.ok();
        letters["items"].as_array().or(letters.as_array()).and_then(|all| all.first().cloned())
    };
    stage.app.eventually("a dead letter", letter).await;
    assert_eq!(stage.manager.get("/api/deliveries").await.ok()["items"], serde_json::json!([]));
}

async fn inbox(stage: &Stage) -> i64 {
    let count = sqlx::query_scalar("select count(*) from delivery.inbox where consumer = 'delivery-create_card'");
    count.fetch_one(&mut stage.app.admin().await).await.expect("counted")
}
