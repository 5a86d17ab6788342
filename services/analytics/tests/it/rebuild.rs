use contracts::crm::v1::{OpportunityOpened, OpportunityStageChanged};
use contracts::lead_routing::v1::LeadReceived;
use kernel::Role;
use serde_json::{Value, json};
use testkit::Client;
use uuid::Uuid;

use crate::support::{Suite, start, types};

fn opportunity(n: u128) -> Uuid {
    Uuid::from_u128(0x100 + n)
}

async fn play(suite: &Suite) {
    for n in 0..5 {
        let opened = OpportunityOpened { stage: "lead".into(), org: "/huadong/".into(), ..Default::default() };
        suite.happen(&opened, opportunity(n), 1).await;
        let moved = OpportunityStageChanged { from: "lead".into(), to: "quote".into(), ..Default::default() };
        suite.happen(&moved, opportunity(n), 2).await;
        let lead = Uuid::from_u128(0x200 + n);
        suite.happen(&LeadReceived { lead_id: lead.to_string(), ..Default::default() }, lead, 1).await;
    }
    suite.applied(15).await;
}

async fn rebuild(who: &Client) -> Value {
    who.post("/api/reports/rebuild", &json!({})).await.ok()
}

/// The rows outside the live generation.
async fn shadows(suite: &Suite) -> i64 {
    let sql = "select (select count(*) from analytics.timeline where generation <> $1)
                    + (select count(*) from analytics.facts where generation <> $1)";
    sqlx::query_scalar(sql).bind(Uuid::nil()).fetch_one(&mut suite.app.admin().await).await.expect("counted")
}

#[tokio::test]
async fn the_ledgers_give_the_identical_projection() {
    let suite = start().await;
    play(&suite).await;
    let auditor = suite.app.person(Role::Auditor, "/");
    let rebuilt = rebuild(&auditor).await;
    assert_eq!((&rebuilt["identical"], &rebuilt["rows"]), (&json!(true), &json!(30)), "{rebuilt}");
    assert_eq!((&rebuilt["ahead"], &rebuilt["behind"]), (&json!(0), &json!(0)));
    assert_eq!(rebuilt["digest_live"], rebuilt["digest_rebuilt"]);
    assert_eq!(rebuild(&suite.app.person(Role::Administrator, "/")).await, rebuilt, "the digest is stable");
    assert_eq!(shadows(&suite).await, 0);
    let rep = suite.app.person(Role::SalesRep, "/huadong/");
    rep.post("/api/reports/rebuild", &json!({})).await.refused(403, "forbidden");
}

#[tokio::test]
async fn whatever_was_altered_is_found_and_put_right() {
    let suite = start().await;
    play(&suite).await;
    let auditor = suite.app.person(Role::Auditor, "/");
    let digest = rebuild(&auditor).await["digest_live"].clone();
    let alterations = [
        "update analytics.timeline set payload = '{}' where event_type = 'opportunity.opened.v1' and version = 1",
        "update analytics.facts set at = at + interval '1 hour' where name = 'quote'",
        "update analytics.timeline set version = 99 where event_type = 'opportunity.stage_changed.v1'",
        "delete from analytics.facts where name = 'received'",
        "delete from analytics.timeline where event_type = 'lead.received.v1'",
        "insert into analytics.facts select generation, gen_random_uuid(), tenant_id, aggregate_id, version, kind, 'signed',
             record_id, lead_id, opportunity_id, contract_id, org, owner_id, at from analytics.facts limit 1",
    ];
    for alteration in alterations {
        suite.corrupt(alteration).await;
        let found = rebuild(&auditor).await;
        assert_eq!((&found["identical"], &found["digest_rebuilt"]), (&json!(false), &digest), "{alteration}: {found}");
        assert_ne!(found["digest_live"], digest);
        let repaired = rebuild(&auditor).await;
        assert_eq!(
            (&repaired["identical"], &repaired["digest_live"]),
            (&json!(true), &digest),
            "{alteration}: {repaired}"
        );
    }
    assert_eq!(shadows(&suite).await, 0);
    let next = OpportunityStageChanged { to: "signing".into(), ..Default::default() };
    suite.happen(&next, opportunity(0), 3).await;
    suite.applied(16).await;
    assert_eq!(rebuild(&auditor).await["identical"], true, "live events go on where the rebuild has ended");
}

#[tokio::test]
async fn what_one_side_does_not_have_yet_is_no_difference() {
    let suite = start().await;
    play(&suite).await;
    let auditor = suite.app.person(Role::Auditor, "/");
    let (late, event) = (opportunity(9), OpportunityOpened { stage: "lead".into(), ..Default::default() });
    let id = suite.app.ids.new_id();
    suite.write_down(&event, id, late, 1);
    let unsealed = Uuid::from_u128(0x300);
    suite.app.publish(&LeadReceived { lead_id: unsealed.to_string(), ..Default::default() }, unsealed, 1).await;
    suite.applied(16).await;
    let rebuilt = rebuild(&auditor).await;
    assert_eq!(
        (&rebuilt["identical"], &rebuilt["ahead"], &rebuilt["behind"]),
        (&json!(true), &json!(1), &json!(1)),
        "{rebuilt}"
    );

    suite.corrupt("delete from analytics.facts where name = 'quote'").await;
    assert_eq!(rebuild(&auditor).await["identical"], false);
    suite.applied(17).await;
    assert_eq!(types(&auditor, &format!("lead_id={unsealed}")).await.len(), 1, "what is ahead stays");
    suite.app.publish_again(&event, id, late, 1).await;
    let rebuilt = rebuild(&auditor).await;
    assert_eq!((&rebuilt["identical"], &rebuilt["behind"]), (&json!(true), &json!(0)), "{rebuilt}");
}

#[tokio::test]
async fn a_ledger_with_a_hole_changes_nothing() {
    let suite = start().await;
    play(&suite).await;
    suite.tear_out(1);
    let auditor = suite.app.person(Role::Auditor, "/");
    auditor.post("/api/reports/rebuild", &json!({})).await.refused(500, "internal");
    assert_eq!(shadows(&suite).await, 0);
    suite.applied(15).await;
}
