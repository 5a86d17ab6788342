//! Operations adds fields; records hold, refuse and are found by what is in them.

use axum::http::Method;
use contracts::crm::v1::{CustomFieldChanged, CustomerChanged, OpportunityChanged};
use kernel::Role;
use serde_json::{Value, json};
use testkit::{Answer, Client};

use crate::support::{Deal, ORG, deal, fields};

const FIELDS: &str = "/api/custom-fields/crm";

fn operations(deal: &Deal) -> Client {
    deal.app.person(Role::Operations, "/")
}

fn field(resource: &str, key: &str, kind: &str) -> Value {
    json!({ "resource": resource, "key": key, "type": kind, "label": { "zh": "展厅面积", "en": "Showroom area" } })
}

#[tokio::test]
async fn operations_defines_a_field_once_and_everybody_reads_it() {
    let deal = deal().await;
    let operations = operations(&deal);
    deal.rep.post(FIELDS, &field("customer", "area", "number")).await.refused(403, "forbidden");
    let first = operations.post_once("f1", FIELDS, &field("customer", "area", "number")).await.ok();
    let again = operations.post_once("f1", FIELDS, &field("customer", "area", "number")).await.ok();
    assert_eq!(again, first);
    assert_eq!((&first["position"], &first["retired"], &first["version"]), (&json!(1), &json!(false), &json!(1)));
    let taken = operations.post(FIELDS, &field("customer", "area", "text")).await.refused(409, "custom_field_exists");
    assert_eq!(fields(&taken), ["key"]);
    let second = operations.post(FIELDS, &field("customer", "floor", "number")).await.ok();
    assert_eq!(second["position"], 2);
    assert_eq!(deal.rep.get(FIELDS).await.ok(), json!([first, second]));
    let event: CustomFieldChanged = deal.app.event().await;
    assert_eq!((event.resource.as_str(), event.key.as_str(), event.r#type.as_str()), ("customer", "area", "number"));
    assert!(deal.rep.get("/openapi.json").await.ok()["paths"]["/api/custom-fields/crm/{id}"]["patch"].is_object());
}

#[tokio::test]
async fn what_is_wrong_with_a_definition_is_said_at_once() {
    let deal = deal().await;
    let mut wrong = field("customer", "Area!", "choice");
    wrong["label"] = json!({ "zh": "", "en": "" });
    let problem = operations(&deal).post(FIELDS, &wrong).await.refused(400, "invalid_request");
    assert_eq!(fields(&problem), ["key", "label.zh", "choices"]);
    let elsewhere = operations(&deal).post(FIELDS, &field("lead", "area", "number")).await;
    assert_eq!(fields(&elsewhere.refused(400, "invalid_request")), ["resource"]);
}

#[tokio::test]
async fn a_field_changes_by_its_version_and_goes_out_of_use() {
    let deal = deal().await;
    let operations = operations(&deal);
    let made = operations.post(FIELDS, &field("customer", "area", "number")).await.ok();
    let path = format!("{FIELDS}/{}", made["id"].as_str().expect("an id"));
    deal.rep.patch(&deal.customer_path(), &json!({ "custom": { "area": 320 } })).await.ok();
    let change =
        |body: Value| Answer::of(operations.request(Method::PATCH, &path).header("if-match", "\"1\"").json(&body));
    let retired = change(json!({ "retired": true })).await.ok();
    assert_eq!((&retired["retired"], &retired["version"]), (&json!(true), &json!(2)));
    change(json!({ "required": true })).await.refused(412, "changed_meanwhile");
    let refused = deal.rep.patch(&deal.customer_path(), &json!({ "custom": { "area": 330 } })).await;
    let problem = refused.refused(400, "invalid_request");
    assert_eq!((fields(&problem), &problem["errors"][0]["code"]), (vec!["custom.area"], &json!("retired")));
    let kept = deal.rep.patch(&deal.customer_path(), &json!({ "region": "浙江" })).await.ok();
    assert_eq!(kept["custom"], json!({ "area": 320 }));
    operations.patch(&format!("{FIELDS}/{}", deal.customer), &json!({})).await.refused(404, "custom_field_not_found");
}

#[tokio::test]
async fn a_customer_holds_values_and_is_found_by_them() {
    let deal = deal().await;
    let operations = operations(&deal);
    operations.post(FIELDS, &field("customer", "area", "number")).await.ok();
    operations.post(FIELDS, &field("customer", "near", "text")).await.ok();
    let path = deal.customer_path();
    let wrong = json!({ "region": "浙江", "custom": { "area": "large", "elsewhere": 1 } });
    let problem = deal.rep.patch(&path, &wrong).await.refused(400, "invalid_request");
    assert_eq!(fields(&problem), ["custom.area", "custom.elsewhere"]);
    assert_ne!(deal.rep.get(&path).await.ok()["region"], "浙江", "nothing half-written");

    let values = json!({ "area": 320.5, "near": "G60 高速" });
    let view = deal.rep.patch(&path, &json!({ "custom": values })).await.ok();
    assert_eq!(view["custom"], values);
    let event: CustomerChanged = deal.app.event().await;
    assert_eq!(event.fields, ["custom.area", "custom.near"]);
    let found = async |wanted: &str| {
        let request = deal.rep.request(Method::GET, "/api/customers").query(&[("custom", wanted)]);
        Answer::of(request).await.ok()["items"].as_array().expect("items").len()
    };
    assert_eq!((found("near:g60").await, found("area:320.5").await, found("area:320").await), (1, 1, 0));
    let unknown = Answer::of(deal.rep.request(Method::GET, "/api/customers").query(&[("custom", "nothing:1")])).await;
    assert_eq!(fields(&unknown.refused(400, "invalid_request")), ["custom"]);
    let taken = deal.rep.patch(&path, &json!({ "custom": { "near": null } })).await.ok();
    assert_eq!(taken["custom"], json!({ "area": 320.5 }));
}

#[tokio::test]
async fn a_new_customer_needs_what_is_required_and_a_converted_lead_does_not() {
    let deal = deal().await;
    let mut required = field("customer", "area", "number");
    required["required"] = json!(true);
    operations(&deal).post(FIELDS, &required).await.ok();
    let manager = deal.app.person(Role::SalesManager, ORG);
    let mut new = json!({ "company": "红杉设备有限公司" });
    let problem = manager.post("/api/customers", &new).await.refused(400, "invalid_request");
    assert_eq!(fields(&problem), ["custom.area"]);
    new["custom"] = json!({ "area": 80 });
    assert_eq!(manager.post("/api/customers", &new).await.ok()["custom"]["area"], 80);
    let converted = crate::support::deal_in(deal.app.clone(), deal.rep.clone(), "冷杉机械有限公司").await;
    assert_eq!(converted.rep.get(&converted.customer_path()).await.ok()["custom"], json!({}));
}

#[tokio::test]
async fn who_may_not_open_an_opportunity_is_not_told_what_it_asks_for() {
    let deal = deal().await;
    let mut required = field("opportunity", "funding", "text");
    required["required"] = json!(true);
    operations(&deal).post(FIELDS, &required).await.ok();
    let new = json!({ "customer_id": deal.customer, "subject": "二期" });
    let other = deal.app.person(Role::SalesRep, ORG);
    other.post("/api/opportunities", &new).await.refused(403, "forbidden");
    let problem = deal.rep.post("/api/opportunities", &new).await.refused(400, "invalid_request");
    assert_eq!(fields(&problem), ["custom.funding"]);
}

#[tokio::test]
async fn opportunities_and_visits_hold_values_too() {
    let deal = deal().await;
    let operations = operations(&deal);
    let mut stage = field("opportunity", "funding", "choice");
    stage["choices"] = json!(["自有", "贷款"]);
    operations.post(FIELDS, &stage).await.ok();
    operations.post(FIELDS, &field("visit", "on_site", "yes_no")).await.ok();

    let changed = deal.rep.patch(&deal.path(""), &json!({ "custom": { "funding": "贷款" } })).await.ok();
    assert_eq!(changed["custom"], json!({ "funding": "贷款" }));
    let event: OpportunityChanged = deal.app.event().await;
    assert_eq!(event.fields, ["custom.funding"]);
    let opened = json!({ "customer_id": deal.customer, "subject": "二期", "custom": { "funding": "自有" } });
    let opened = deal.rep.post("/api/opportunities", &opened).await.id();
    let listed = Answer::of(deal.rep.request(Method::GET, "/api/opportunities").query(&[("custom", "funding:自有")]));
    assert_eq!(listed.await.ok()["items"][0]["id"], json!(opened));

    let mut visit = deal.visit(&["purchasing"]);
    visit["custom"] = json!({ "on_site": "yes" });
    let problem = deal.rep.post("/api/visits", &visit).await.refused(400, "invalid_request");
    assert_eq!(fields(&problem), ["custom.on_site"]);
    visit["custom"] = json!({ "on_site": true });
    let recorded = deal.rep.post("/api/visits", &visit).await.id();
    let listed = deal.rep.get("/api/visits?custom=on_site:true").await.ok();
    assert_eq!((&listed["items"][0]["id"], &listed["items"][0]["custom"]["on_site"]), (&json!(recorded), &json!(true)));
    assert_eq!(deal.rep.get("/api/visits?custom=on_site:false").await.ok()["items"], json!([]));
}

/// Operations asks for a custom field at a gate, without IT.
#[tokio::test]
async fn a_gate_reads_custom_fields() {
    let deal = deal().await;
    let operations = operations(&deal);
    operations.post(FIELDS, &field("opportunity", "budget_year", "number")).await.ok();
    let built_in = include_str!("../../process/opportunity.yaml").replacen("version: 1", "version: 2", 1);
    let asked = "\nfields:\n  - id: custom.budget_year\n    title: { zh: 预算年度, en: Budget year }\n";
    let yaml = built_in.replacen("\nfields:\n", asked, 1).replacen(
        "requires: [decision_chain]\n",
        "requires: [decision_chain, custom.budget_year]\n",
        1,
    );
    operations.post("/api/process/crm/publish", &json!({ "yaml": yaml })).await.ok();
    deal.rep.post("/api/visits", &deal.visit(&["purchasing"])).await.ok();
    let problem = deal.advance("needs").await.refused(422, "gate_closed");
    assert_eq!(fields(&problem), ["custom.budget_year"]);
    deal.rep.patch(&deal.path(""), &json!({ "custom": { "budget_year": 2027 } })).await.ok();
    deal.advance("needs").await.ok();
}
