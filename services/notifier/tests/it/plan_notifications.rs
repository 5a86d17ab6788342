use contracts::collections::v1::{JourneyAdvanced, JourneyStalled};
use contracts::crm::v1::{CustomerHealthChanged, OpportunityFrozen};
use contracts::lead_routing::v1::{LeadAssigned, LeadReceived};
use contracts::notifier::v1::NotificationSent;
use contracts::quote_contract::v1::QuoteApprovalRequested;
use kernel::{Role, Text};
use uuid::Uuid;

use crate::support::{
    COMPANY, CUSTOMER, DIRECTOR, FINANCE, MANAGER, ORG, PRODUCT_DIRECTOR, REP, SECOND_MANAGER, TECHNICAL_LEAD,
    acting_as, administrator, in_sink_mode, inbox,
};

fn frozen(opportunity: Uuid) -> OpportunityFrozen {
    OpportunityFrozen {
        opportunity_id: opportunity.to_string(),
        customer_id: CUSTOMER.to_string(),
        owner_id: REP.to_string(),
        org: ORG.into(),
        disagreements: vec![
            Text::new("客户预算 90 万 < 成本底线 110 万", "customer's budget 900,000 < cost floor 1,100,000").into(),
        ],
        people: vec![REP.to_string(), TECHNICAL_LEAD.to_string(), FINANCE.to_string()],
    }
}

#[tokio::test]
async fn a_frozen_opportunity_is_told_to_three_people_in_their_languages() {
    let app = in_sink_mode().await;
    let opportunity = app.ids.new_id();
    app.publish(&frozen(opportunity), opportunity, 1).await;

    let owner = inbox(&app, REP, 1).await.remove(0);
    assert_eq!(owner["title"]["zh"], format!("商机已冻结：{COMPANY}"));
    assert!(
        owner["body"]["zh"].as_str().is_some_and(|body| body.ends_with("- 客户预算 90 万 < 成本底线 110 万")),
        "{owner}"
    );
    assert_eq!(owner["link"], format!("/opportunities/{opportunity}"));
    assert_eq!((&owner["role"], &owner["urgent"]), (&"owner".into(), &true.into()));
    inbox(&app, TECHNICAL_LEAD, 1).await;
    let finance = inbox(&app, FINANCE, 1).await.remove(0);
    assert_eq!(finance["title"]["en"], format!("Opportunity frozen: {COMPANY}"));
    let english = |body: &str| body.ends_with("- customer's budget 900,000 < cost floor 1,100,000");
    assert!(finance["body"]["en"].as_str().is_some_and(english), "{finance}");

    let sent = app.events::<NotificationSent>(6).await;
    let roles = |channel: &str| {
        let mut roles: Vec<_> =
            sent.iter().filter(|event| event.channel == channel).map(|event| event.role.clone()).collect();
        roles.sort();
        roles
    };
    assert_eq!(roles("in_app"), ["finance", "owner", "technical_lead"]);
    assert_eq!(roles("email"), ["finance", "owner", "technical_lead"]);
}

#[tokio::test]
async fn an_event_delivered_twice_is_told_once() {
    let app = in_sink_mode().await;
    let (opportunity, event) = (app.ids.new_id(), app.ids.new_id());
    app.publish_again(&frozen(opportunity), event, opportunity, 1).await;
    inbox(&app, REP, 1).await;
    // The consumer forgets, as after a restore: then the notification's own key has to hold.
    sqlx::query("delete from notifier.inbox").execute(&mut app.admin().await).await.expect("deleted");
    app.publish_again(&frozen(opportunity), event, opportunity, 1).await;
    app.eventually("the repetition is handled", async || {
        let handled =
            sqlx::query_scalar::<_, i64>("select count(*) from notifier.inbox where event_id = $1").bind(event);
        let handled = handled.fetch_one(&mut app.admin().await).await.expect("counted");
        (handled == 1).then_some(())
    })
    .await;
    app.publish_again(&frozen(opportunity), event, opportunity, 1).await;
    let next = app.ids.new_id();
    app.publish(&frozen(next), next, 1).await;
    assert_eq!(inbox(&app, REP, 2).await.len(), 2);
    assert_eq!(app.events::<NotificationSent>(12).await.len(), 12);
    assert_eq!(app.count_events::<NotificationSent>().await, 12);
}

#[tokio::test]
async fn events_without_a_rule_or_whose_condition_does_not_hold_tell_nobody() {
    let app = in_sink_mode().await;
    let lead = app.ids.new_id();
    app.publish(&LeadReceived { lead_id: lead.to_string(), org: ORG.into(), ..LeadReceived::default() }, lead, 1).await;
    let yellow = CustomerHealthChanged {
        customer_id: CUSTOMER.to_string(),
        health: "yellow".into(),
        owner_id: REP.to_string(),
        org: ORG.into(),
        reasons: vec![Text::new("两月未复购", "no order for two months").into()],
        ..CustomerHealthChanged::default()
    };
    app.publish(&yellow, CUSTOMER, 1).await;
    app.publish(&CustomerHealthChanged { health: "red".into(), ..yellow }, CUSTOMER, 2).await;
    let told = inbox(&app, REP, 1).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["cause_type"], "customer.health_changed.v1");
}

#[tokio::test]
async fn purchasing_gets_a_short_message_with_the_expected_date() {
    let app = in_sink_mode().await;
    let receivable = app.ids.new_id();
    let advanced = |to| JourneyAdvanced {
        receivable_id: receivable.to_string(),
        customer_id: CUSTOMER.to_string(),
        from: to - 1,
        to,
        owner_id: REP.to_string(),
        org: ORG.into(),
        expected_payment_at: Some(contracts::Timestamp { seconds: 1_800_000_000, nanos: 0 }),
    };
    app.publish(&advanced(3), receivable, 1).await;
    app.publish(&advanced(2), receivable, 2).await;
    let administrator = administrator(&app);
    let message = app
        .eventually("a short message", async || {
            let page = administrator.get("/api/outbox-messages/sink").await.ok();
            page["items"].as_array().and_then(|items| items.first().cloned())
        })
        .await;
    assert_eq!((&message["channel"], &message["address"]), (&"sms".into(), &"138****0001".into()));
    assert!(
        message["body"].as_str().is_some_and(|body| body.contains("2027-01-15") && body.contains(COMPANY)),
        "{message}"
    );
    assert!(message["link"].is_null(), "customers get no link into the console");
    let sent: NotificationSent = app.event().await;
    assert_eq!((sent.role.as_str(), sent.channel.as_str()), ("customer_contact", "sms"));
    assert_eq!(sent.recipient_id, CUSTOMER.to_string());
}

#[tokio::test]
async fn a_stalled_journey_is_told_with_its_checklist() {
    let app = in_sink_mode().await;
    let receivable = app.ids.new_id();
    let stalled = JourneyStalled {
        receivable_id: receivable.to_string(),
        contract_number: "HT-2027-0001".into(),
        customer_id: CUSTOMER.to_string(),
        company: COMPANY.into(),
        node: 3,
        stalled_hours: 48,
        checklist: vec![
            Text::new("发票信息是否有误", "Is the invoice's data wrong?").into(),
            Text::new("客户流程是否变更", "Has their process changed?").into(),
        ],
        owner_id: REP.to_string(),
        org: ORG.into(),
    };
    app.publish(&stalled, receivable, 1).await;
    let (zh, en) =
        ("- 发票信息是否有误\n- 客户流程是否变更", "- Is the invoice's data wrong?\n- Has their process changed?");
    for person in [REP, FINANCE, DIRECTOR] {
        let told = inbox(&app, person, 1).await.remove(0);
        for (language, lines) in [("zh", zh), ("en", en)] {
            let body = told["body"][language].as_str().expect("a body");
            assert!(body.contains(lines) && body.contains("48"), "{body}");
        }
    }
}

#[tokio::test]
async fn an_approval_is_told_to_the_roles_that_the_event_names() {
    let app = in_sink_mode().await;
    let quote = app.ids.new_id();
    let requested = QuoteApprovalRequested {
        quote_id: quote.to_string(),
        number: "BJ-0001".into(),
        approval_id: app.ids.new_id().to_string(),
        owner_id: REP.to_string(),
        org: ORG.into(),
        approver_roles: vec![Role::SalesManager.as_str().into(), Role::ProductDirector.as_str().into()],
        reasons: vec![Text::new("第 2 行低于授权折扣", "line 2 is below the authorised discount").into()],
    };
    app.publish(&requested, quote, 1).await;
    for person in [MANAGER, SECOND_MANAGER, PRODUCT_DIRECTOR] {
        inbox(&app, person, 1).await;
    }
    assert_eq!(acting_as(&app, REP).get("/api/notifications").await.ok()["items"], serde_json::json!([]));
    // Two managers and a director sit in the same group: the robot spoke once.
    let sent = app.events::<NotificationSent>(4).await;
    assert_eq!(sent.iter().filter(|event| event.channel == "wecom").count(), 1);
}

#[tokio::test]
async fn a_message_that_cannot_be_written_becomes_a_dead_letter_that_names_the_field() {
    let app = in_sink_mode().await;
    let lead = app.ids.new_id();
    let assigned = LeadAssigned {
        lead_id: lead.to_string(),
        rep_id: REP.to_string(),
        org: ORG.into(),
        how: "rule".into(),
        ..LeadAssigned::default()
    };
    app.publish(&assigned, lead, 1).await;
    let administrator = administrator(&app);
    let letter = app
        .eventually("a dead letter", async || {
            let letters = administrator.get("/api/dead-letters/notifier").await.ok();
            letters.as_array().and_then(|letters| letters.first().cloned())
        })
        .await;
    assert_eq!(letter["consumer"], "notifier-lead-routing");
    let detail = letter["detail"].as_str().expect("what the log says");
    assert!(detail.contains("lead_assigned") && detail.contains("touchDueAt"), "{detail}");
    assert_eq!(app.count_events::<NotificationSent>().await, 0);
}
