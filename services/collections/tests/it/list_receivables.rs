use kernel::Role;
use testkit::TestApp;

use crate::arrange::{contract, finance, receivable};

#[tokio::test]
async fn pages_filters_and_scope() {
    let app = TestApp::start(collections::definition()).await;
    let (rep, other) = (app.person(Role::SalesRep, "/huadong/"), app.person(Role::SalesRep, "/huabei/"));
    for number in ["HT-2027-0001", "HT-2027-0002", "HT-2027-0003"] {
        receivable(&app, &contract(&app, number, rep.id(), "/huadong/")).await;
    }
    receivable(&app, &contract(&app, "HT-2027-0004", other.id(), "/huabei/")).await;
    let count = async |client: &testkit::Client, query: &str| {
        client.get(&format!("/api/receivables{query}")).await.ok()["items"].as_array().map(Vec::len)
    };
    assert_eq!((count(&rep, "").await, count(&other, "").await), (Some(3), Some(1)));
    assert_eq!(count(&app.person(Role::SalesManager, "/huadong/"), "").await, Some(3));
    assert_eq!(count(&app.person(Role::ProductionPlanner, "/"), "").await, Some(0));
    assert_eq!((count(&rep, "?text=0002").await, count(&rep, "?state=cleared").await), (Some(1), Some(0)));
    assert_eq!((count(&rep, "?node=0&blocked=false").await, count(&rep, "?blocked=true").await), (Some(3), Some(0)));

    let finance = finance(&app);
    let first = finance.get("/api/receivables?limit=3").await.ok();
    let next = first["next_cursor"].as_str().expect("a next page");
    let second = finance.get(&format!("/api/receivables?limit=3&cursor={next}")).await.ok();
    let numbers: Vec<_> = [&first, &second].iter().flat_map(|page| page["items"].as_array().expect("items")).collect();
    assert_eq!((numbers.len(), second["next_cursor"].is_null()), (4, true));
    finance.get("/api/receivables?cursor=x").await.refused(400, "invalid_request");
    finance.get("/api/receivables?state=lost").await.refused(400, "invalid_request");
}
