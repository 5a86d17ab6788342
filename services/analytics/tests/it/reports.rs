use chrono::Duration;
use contracts::collections::v1::ReceivableCleared;
use contracts::crm::v1::{OpportunityOpened, OpportunityStageChanged};
use contracts::delivery::v1::DeliveryAccepted;
use contracts::lead_routing::v1::{LeadAssigned, LeadConverted, LeadReceived, LeadTouched};
use contracts::quote_contract::v1::{ContractSigned, QuoteSent};
use kernel::Role;
use serde_json::{Value, json};
use testkit::Client;
use uuid::Uuid;

use crate::support::{Suite, entry, start};

const ORG: &str = "/huadong/shanghai/";

fn id(kind: u128, number: u128) -> Uuid {
    Uuid::from_u128(kind << 64 | number)
}

/// Ten leads: all assigned, seven touched, four converted and quoted, two signed, one delivered and paid.
async fn play(suite: &Suite, rep: &Client) {
    let owner = rep.id().to_string();
    for n in 0..10 {
        let lead = id(1, n);
        let lead_id = lead.to_string();
        let received = LeadReceived { lead_id: lead_id.clone(), org: ORG.into(), ..Default::default() };
        suite.happen(&received, lead, 1).await;
        let assigned =
            LeadAssigned { lead_id: lead_id.clone(), rep_id: owner.clone(), org: ORG.into(), ..Default::default() };
        suite.happen(&assigned, lead, 2).await;
        if n < 7 {
            let touched = LeadTouched { lead_id: lead_id.clone(), rep_id: owner.clone(), touched_at: None };
            suite.happen(&touched, lead, 3).await;
        }
        if n < 4 {
            let opportunity_id = id(2, n).to_string();
            let converted = LeadConverted { lead_id, opportunity_id: opportunity_id.clone(), ..Default::default() };
            suite.happen(&converted, lead, 4).await;
            let sent = QuoteSent { opportunity_id, ..Default::default() };
            suite.happen(&sent, id(3, n), 1).await;
        }
        if n < 2 {
            let opportunity_id = id(2, n).to_string();
            let signed = ContractSigned { contract_id: id(4, n).to_string(), opportunity_id, ..Default::default() };
            suite.happen(&signed, id(4, n), 1).await;
        }
    }
    let contract_id = id(4, 0).to_string();
    let accepted = DeliveryAccepted { contract_id: contract_id.clone(), ..Default::default() };
    suite.happen(&accepted, id(5, 0), 1).await;
    suite.happen(&ReceivableCleared { contract_id, ..Default::default() }, id(6, 0), 1).await;
    suite.applied(10 + 10 + 7 + 4 + 4 + 2 + 2).await;
}

fn counts(report: &Value) -> Vec<i64> {
    report["steps"].as_array().expect("steps").iter().map(|step| step["leads"].as_i64().expect("a count")).collect()
}

#[tokio::test]
async fn the_funnel_follows_leads_to_the_money() {
    let suite = start().await;
    let rep = suite.app.person(Role::SalesRep, ORG);
    play(&suite, &rep).await;
    let report = rep.get("/api/reports/funnel").await.ok();
    assert_eq!(counts(&report), [10, 10, 7, 4, 4, 2, 1, 1]);
    assert_eq!(entry(&report["steps"], "step", "converted")["share"], 0.4);
    assert_eq!(entry(&report["steps"], "step", "signed")["records"], json!([id(4, 0), id(4, 1)]));
    assert_eq!(entry(&report["steps"], "step", "cleared")["records"], json!([id(6, 0)]));
    assert_eq!(counts(&suite.app.person(Role::SalesManager, "/huadong/").get("/api/reports/funnel").await.ok())[2], 7);
    assert_eq!(counts(&suite.app.person(Role::SalesManager, "/huabei/").get("/api/reports/funnel").await.ok()), [0; 8]);
    suite.app.person(Role::Legal, "/").get("/api/reports/funnel").await.refused(403, "forbidden");

    let earlier = "/api/reports/funnel?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z";
    assert_eq!(counts(&rep.get(earlier).await.ok()), [0; 8]);
    let backwards = "/api/reports/funnel?from=2027-02-01T00:00:00Z&to=2027-01-01T00:00:00Z";
    rep.get(backwards).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn stays_are_measured_by_stage() {
    let suite = start().await;
    let rep = suite.app.person(Role::SalesRep, ORG);
    let owner = rep.id().to_string();
    for n in 0..4 {
        let opened =
            OpportunityOpened { owner_id: owner.clone(), org: ORG.into(), stage: "lead".into(), ..Default::default() };
        suite.happen(&opened, id(2, n), 1).await;
    }
    for (n, hours) in [(0, 10), (1, 10), (2, 20)] {
        suite.app.clock.advance(Duration::hours(hours)).expect("moved");
        let moved = OpportunityStageChanged {
            owner_id: owner.clone(),
            org: ORG.into(),
            from: "lead".into(),
            to: "quote".into(),
            ..Default::default()
        };
        suite.happen(&moved, id(2, n), 2).await;
    }
    suite.applied(7).await;
    // Stays of 10, 20 and 40 hours; one opportunity has not moved.
    let report = rep.get("/api/reports/stage-dwell").await.ok();
    let lead = entry(&report["stages"], "stage", "lead");
    assert_eq!((&lead["left"], &lead["staying"], &lead["median_hours"]), (&json!(3), &json!(1), &json!(20.0)));
    let near = |name: &str, wanted: f64| {
        let value = lead[name].as_f64().expect("a number");
        assert!((value - wanted).abs() < 1e-9, "{name}: {value}");
    };
    near("mean_hours", 70.0 / 3.0);
    near("p90_hours", 36.0);
    near("variation", 14_f64.sqrt() / 7.0);
    assert_eq!(lead["left_opportunities"], json!([id(2, 2), id(2, 1), id(2, 0)]));
    assert_eq!(lead["staying_opportunities"], json!([id(2, 3)]));
    assert_eq!(entry(&report["stages"], "stage", "quote")["mean_hours"], json!(null));
    let far = suite.app.person(Role::SalesManager, "/huabei/");
    assert_eq!(far.get("/api/reports/stage-dwell").await.ok()["stages"], json!([]));
}
