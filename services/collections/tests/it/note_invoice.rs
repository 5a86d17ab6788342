use contracts::collections::v1::JourneyAdvanced;
use testkit::TestApp;

use crate::arrange::{at_node_1, contract, contract_id, finance, find, invoice, show};

#[tokio::test]
async fn an_invoice_application_reaches_node_1_with_evidence() {
    let app = TestApp::start(collections::definition()).await;
    let signed = contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/");
    let id = at_node_1(&app, &signed).await;
    let shown = show(&finance(&app), id).await;
    let node = &shown["journey"][0];
    assert_eq!(
        (&node["stage"], &node["evidence"][0]["name"]),
        (&"invoice_applied".into(), &"invoice_application".into())
    );
    assert!(node["reached_at"].is_string() && node["owner_id"] == signed.owner_id.as_str());
    let advanced: JourneyAdvanced = app.event().await;
    assert_eq!((advanced.from, advanced.to), (0, 1));
}

#[tokio::test]
async fn an_application_that_arrives_before_its_contract_waits_for_it() {
    let app = TestApp::start(collections::definition()).await;
    let signed = contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/");
    let invoice = invoice(&app, &signed);
    let application = invoice.application_id.parse().expect("an id");
    let event = app.publish(&invoice, application, 1).await;
    app.publish_again(&invoice, event, application, 1).await;
    app.publish(&signed, contract_id(&signed), 1).await;
    let id = find(&app, &signed, |one| one["node"] == 1).await;
    assert_eq!(show(&finance(&app), id).await["version"], 3, "opened, planned and one movement");
}
