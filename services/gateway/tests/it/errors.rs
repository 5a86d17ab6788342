use reqwest::Method;
use testkit::Answer;

use crate::support::world;

async fn page() -> (crate::support::World, String) {
    let world = world().await;
    let answer = Answer::of(world.anonymous(Method::GET, "/docs/errors")).await;
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
    let page = answer.ok().as_str().expect("a page").to_owned();
    (world, page)
}

#[tokio::test]
async fn the_type_of_a_problem_leads_to_its_entry() {
    let (world, page) = page().await;
    let problem = world.bearer("sls_unknown").get("/api/session").await.refused(401, "unauthenticated");
    let (address, anchor) = problem["type"].as_str().and_then(|kind| kind.split_once('#')).expect("an anchor");
    assert_eq!(address, "/docs/errors");
    assert!(page.contains(&format!("<a id=\"{anchor}\"></a>")));
}

#[tokio::test]
async fn the_page_loads_nothing() {
    let (_world, page) = page().await;
    for loads in ["src=", "<link", "<script", "url(", "@import"] {
        assert!(!page.contains(loads), "{loads}");
    }
}

/// Every code is one place on the page: the anchors of a table's rows are there, and none twice.
#[tokio::test]
async fn every_code_has_one_anchor() {
    let (_world, page) = page().await;
    let anchors: Vec<_> = page.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let distinct: std::collections::HashSet<_> = anchors.iter().collect();
    assert_eq!((anchors.len(), anchors.len() > 100), (distinct.len(), true));
    for code in ["gate_closed", "acceptance_used", "webhook_not_found", "org_unit_in_use"] {
        assert!(anchors.contains(&code), "{code}");
    }
}
