use axum::http::Method;
use contracts::crm::v1::CustomerChanged;
use kernel::Role;
use serde_json::json;
use testkit::Answer;

use crate::support::{ORG, deal, deal_in, fields};

#[tokio::test]
async fn details_change_and_the_event_names_them() {
    let deal = deal().await;
    let change = json!({ "region": "浙江", "tags": ["重点"], "store_tier": "community" });
    let view = deal.rep.patch(&deal.customer_path(), &change).await.ok();
    assert_eq!((view["region"].as_str(), view["store_tier"].as_str()), (Some("浙江"), Some("community")));
    let event: CustomerChanged = deal.app.event().await;
    assert_eq!(event.fields, ["region", "store_tier", "tags"]);
    deal.rep.patch(&deal.customer_path(), &change).await.ok();
    let same = deal.rep.get(&deal.customer_path()).await.ok();
    assert_eq!(same["version"], view["version"], "nothing changed, nothing is recorded");
}

#[tokio::test]
async fn a_stale_version_is_refused() {
    let deal = deal().await;
    let shown = deal.rep.get(&deal.customer_path()).await;
    let tag = shown.headers["etag"].to_str().expect("text").to_owned();
    let change = |region: &str| {
        let request = deal.rep.request(Method::PATCH, &deal.customer_path()).header("if-match", &tag);
        Answer::of(request.json(&json!({ "region": region })))
    };
    change("浙江").await.ok();
    change("安徽").await.refused(412, "changed_meanwhile");
}

#[tokio::test]
async fn another_rep_changes_nothing() {
    let deal = deal().await;
    let other = deal.app.person(Role::SalesRep, ORG);
    other.patch(&deal.customer_path(), &json!({ "region": "浙江" })).await.refused(403, "forbidden");
    let contact = json!({ "name": "示例乙" });
    other.post(&format!("{}/contacts", deal.customer_path()), &contact).await.refused(403, "forbidden");
    deal.rep
        .patch("/api/customers/00000000-0000-0000-0000-000000000000", &json!({}))
        .await
        .refused(404, "customer_not_found");
}

#[tokio::test]
async fn a_customer_cannot_take_another_ones_name() {
    let first = deal().await;
    let second = deal_in(first.app.clone(), first.rep.clone(), "冷杉机械有限公司").await;
    let change = json!({ "company": "云杉装备" });
    first.rep.patch(&second.customer_path(), &change).await.refused(409, "customer_exists");
}

#[tokio::test]
async fn people_are_added_and_changed() {
    let deal = deal().await;
    let contacts = format!("{}/contacts", deal.customer_path());
    let problem = deal.rep.post(&contacts, &json!({ "phone": "1" })).await.refused(400, "invalid_request");
    assert_eq!(fields(&problem), ["name"]);
    let new =
        json!({ "name": "示例乙", "title": "技术总监", "decision_authority": "技术否决权", "phone": "13800000002" });
    let view = deal.rep.post(&contacts, &new).await.ok();
    let person = &view["contacts"][1];
    assert_eq!(person["decision_authority"], "技术否决权");
    let path = format!("{contacts}/{}", person["id"].as_str().expect("an id"));
    let changed = deal.rep.patch(&path, &json!({ "title": "总工程师" })).await.ok();
    assert_eq!(
        (&changed["contacts"][1]["title"], &changed["contacts"][1]["phone"]),
        (&json!("总工程师"), &json!("13800000002"))
    );
    let events = deal.app.events::<CustomerChanged>(2).await;
    assert_eq!(events[1].fields, [format!("contacts[{}].title", person["id"].as_str().expect("an id"))]);
    let missing = format!("{contacts}/00000000-0000-0000-0000-000000000000");
    deal.rep.patch(&missing, &json!({ "title": "x" })).await.refused(404, "contact_not_found");
}
