use chrono::Duration;
use kernel::Role;
use testkit::TestApp;

use crate::arrange::{COMPANY, camt, contract, credit, finance, receivable, upload_camt, yuan};

#[tokio::test]
async fn what_is_owed_is_sorted_by_how_long_it_has_been_due() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    receivable(&app, &contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/")).await;
    upload_camt(&finance, camt(&[credit("10000.00", "B1", COMPANY, "HT-2027-0001")])).await.ok();
    let due_today = finance.get("/api/receivables/ageing").await.ok();
    assert_eq!(due_today[0]["days_1_30"], yuan("0.00"), "a prepayment due at signing is not overdue the same day");
    app.clock.advance(Duration::days(45)).expect("movable");
    let ageing = finance.get("/api/receivables/ageing").await.ok();
    let row = &ageing[0];
    assert_eq!((&row["currency"], &row["receivables"], &row["total"]), (&"CNY".into(), &1.into(), &yuan("90000.00")));
    let buckets = ["not_due", "days_1_30", "days_31_60", "days_61_90", "over_90"].map(|name| row[name].clone());
    assert_eq!(buckets, ["10000.00", "60000.00", "20000.00", "0.00", "0.00"].map(yuan));
    let other = app.person(Role::SalesRep, "/huabei/");
    assert_eq!(other.get("/api/receivables/ageing").await.ok().as_array().map(Vec::len), Some(0));
}
