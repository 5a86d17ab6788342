use contracts::collections::v1::{PaymentPlanned, ReceivableOpened};
use kernel::Role;
use testkit::TestApp;

use crate::arrange::{contract, contract_id, finance, receivable, show, yuan};

#[tokio::test]
async fn a_signed_contract_opens_one_receivable_with_its_plan_and_journey() {
    let app = TestApp::start(collections::definition()).await;
    let rep = app.person(Role::SalesRep, "/huadong/");
    let signed = contract(&app, "HT-2027-0001", rep.id(), "/huadong/");
    let id = receivable(&app, &signed).await;

    let shown = show(&rep, id).await;
    assert_eq!(
        (&shown["state"], &shown["node"], &shown["outstanding"]),
        (&"open".into(), &0.into(), &yuan("100000.00"))
    );
    let kinds: Vec<_> = shown["plan"].as_array().expect("a plan").iter().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, ["prepayment", "net_30", "retention"]);
    assert_eq!(shown["plan"][1]["amount"], yuan("60000.00"));
    assert_eq!(shown["journey"].as_array().expect("a journey").len(), 5);

    let opened: ReceivableOpened = app.event().await;
    assert_eq!((opened.contract_number.as_str(), opened.owner_id), ("HT-2027-0001", rep.id().to_string()));
    assert_eq!(app.event::<PaymentPlanned>().await.instalments, 3);
}

#[tokio::test]
async fn a_contract_delivered_twice_and_published_twice_opens_one_receivable() {
    let app = TestApp::start(collections::definition()).await;
    let signed = contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/");
    let event = app.publish(&signed, contract_id(&signed), 1).await;
    app.publish_again(&signed, event, contract_id(&signed), 1).await;
    app.publish(&signed, contract_id(&signed), 1).await;
    let other = contract(&app, "HT-2027-0002", app.ids.new_id(), "/huadong/");
    receivable(&app, &other).await;
    let all = finance(&app).get("/api/receivables").await.ok();
    assert_eq!(all["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_contract_whose_plan_does_not_add_up_is_parked_and_opens_nothing() {
    let app = TestApp::start(collections::definition()).await;
    let mut signed = contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/");
    signed.payments.pop();
    app.publish(&signed, contract_id(&signed), 1).await;
    let administrator = app.person(Role::Administrator, "/");
    let parked = async || {
        let letters = administrator.get("/api/dead-letters/collections").await.ok();
        let text = letters.to_string();
        text.contains("plan_refused").then_some(())
    };
    app.eventually("a dead letter", parked).await;
    assert_eq!(finance(&app).get("/api/receivables").await.ok()["items"].as_array().map(Vec::len), Some(0));
}
