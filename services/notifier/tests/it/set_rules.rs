use contracts::lead_routing::v1::LeadTouched;
use kernel::Role;
use serde_json::json;

use crate::support::{ORG, REP, acting_as, administrator, in_sink_mode, inbox, only_rule};

#[tokio::test]
async fn a_tenant_replaces_the_rules_and_goes_back() {
    let app = in_sink_mode().await;
    let administrator = administrator(&app);
    let default = administrator.get("/api/channels/rules").await.ok();
    assert_eq!(default["default"], true);
    assert!(default["rules"].as_array().is_some_and(|rules| rules.len() > 20));

    only_rule(
        &app,
        json!({ "event": "lead.touched.v1", "audience": [{ "person": "repId" }], "template": "lead_reminder_due" }),
    )
    .await;
    let lead = app.ids.new_id();
    let touched = LeadTouched { lead_id: lead.to_string(), rep_id: REP.to_string(), touched_at: None };
    app.publish(&touched, lead, 1).await;
    assert_eq!(inbox(&app, REP, 1).await[0]["cause_type"], "lead.touched.v1");

    let reset = administrator.delete("/api/channels/rules").await.ok();
    assert_eq!(reset, default);
    assert_eq!(administrator.get("/api/channels/rules").await.ok(), default);
}

#[tokio::test]
async fn wrong_rules_are_refused_with_every_reason() {
    let app = in_sink_mode().await;
    let wrong = json!({ "rules": [
        { "event": "lead.assigned.v1", "audience": [{ "person": "repId" }], "template": "lead_assigned", "channels": ["webhook"] },
        { "event": "lead.lost.v1", "audience": [], "template": "none" },
    ] });
    let problem = administrator(&app).put("/api/channels/rules", &wrong).await.refused(400, "invalid_request");
    let fields: Vec<_> =
        problem["errors"].as_array().expect("errors").iter().map(|error| error["field"].clone()).collect();
    assert_eq!(fields, ["rules[0].channels", "rules[1].event", "rules[1].template", "rules[1].audience"]);
    let unknown = json!({ "rules": [{ "event": "lead.assigned.v1", "audience": [{ "role": "king" }], "template": "lead_assigned" }] });
    let problem = administrator(&app).put("/api/channels/rules", &unknown).await.refused(400, "invalid_request");
    assert!(
        problem["errors"][0]["field"].as_str().is_some_and(|field| field.starts_with("rules[0].audience")),
        "{problem}"
    );
}

#[tokio::test]
async fn only_those_who_look_after_channels_change_rules() {
    let app = in_sink_mode().await;
    acting_as(&app, REP).put("/api/channels/rules", &json!({ "rules": [] })).await.refused(403, "forbidden");
    app.person(Role::Operations, ORG).put("/api/channels/rules", &json!({ "rules": [] })).await.ok();
}
