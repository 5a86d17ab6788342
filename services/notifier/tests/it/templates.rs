//! Every default rule can be written from the event it answers, in both languages.

use std::collections::BTreeMap;

use contracts::ai_qa::v1::{ObjectionDrawn, PracticeAssigned, PracticeDone, ReviewFlagged, ReviewNeedsHuman};
use contracts::collections::v1::{JourneyAdvanced, JourneyStalled, ReceivableCleared};
use contracts::crm::v1::{CustomerHealthChanged, OpportunityFrozen, RepurchaseDue, VisitDraftChanged};
use contracts::delivery::v1::{DeliveryAccepted, DeliveryCardCreated, DeliveryRejected, PromiseTurnedRed};
use contracts::lead_routing::v1::{
    LeadAssigned, LeadDuplicateFound, LeadRecalled, LeadReminderDue, LeadUnassignedOverdue,
};
use contracts::quote_contract::v1::{
    ContractApprovalRequested, ContractSigned, ContractTamperRefused, QuoteApprovalRequested, QuoteApproved,
    QuoteExpiring, QuoteRejected,
};
use contracts::{Event, Timestamp};
use kernel::{Money, Text};
use notifier::domain::fields::Fields;
use notifier::domain::rules::RuleSet;
use notifier::domain::templates::Templates;

fn at() -> Timestamp {
    Timestamp { seconds: 1_800_000_000, nanos: 0 }
}

fn money() -> contracts::shared::v1::Money {
    Money::cny(12_800_000).into()
}

/// The event with the fields its template needs; everything else is left out.
struct Samples(BTreeMap<&'static str, String>);

impl Samples {
    fn add<E: Event>(&mut self, event: &E) {
        self.0.insert(E::KIND.type_name, serde_json::to_string(event).expect("json"));
    }
}

fn samples() -> BTreeMap<&'static str, String> {
    let mut all = Samples(BTreeMap::new());
    let list = || vec![Text::new("一", "one").into(), Text::new("二", "two").into()];
    let sentence = || Some(Text::new("超时", "late").into());
    let id = || "0190a8f0".to_owned();
    all.add(&LeadUnassignedOverdue { lead_id: id(), received_at: Some(at()), ..Default::default() });
    all.add(&LeadReminderDue { lead_id: id(), ..Default::default() });
    all.add(&LeadRecalled { lead_id: id(), reason: sentence(), ..Default::default() });
    all.add(&LeadAssigned { lead_id: id(), touch_due_at: Some(at()), ..Default::default() });
    all.add(&LeadDuplicateFound { lead_id: id(), ..Default::default() });
    all.add(&OpportunityFrozen { opportunity_id: id(), disagreements: list(), ..Default::default() });
    all.add(&QuoteApprovalRequested { quote_id: id(), number: "B1".into(), reasons: list(), ..Default::default() });
    all.add(&QuoteApproved { quote_id: id(), number: "B1".into(), total: Some(money()), ..Default::default() });
    all.add(&QuoteRejected { quote_id: id(), number: "B1".into(), reason: "r".into(), ..Default::default() });
    all.add(&QuoteExpiring { quote_id: id(), number: "B1".into(), valid_until: Some(at()), ..Default::default() });
    all.add(&ContractApprovalRequested { contract_id: id(), number: "H1".into(), ..Default::default() });
    all.add(&ContractTamperRefused { contract_id: id(), clause_code: "C7".into(), ..Default::default() });
    all.add(&ContractSigned {
        contract_id: id(),
        number: "H1".into(),
        total: Some(money()),
        signed_at: Some(at()),
        ..Default::default()
    });
    all.add(&DeliveryCardCreated {
        delivery_id: id(),
        contract_number: "H1".into(),
        promised_at: Some(at()),
        ..Default::default()
    });
    all.add(&PromiseTurnedRed {
        delivery_id: id(),
        contract_number: "H1".into(),
        promised_at: Some(at()),
        scheduled_at: Some(at()),
        ..Default::default()
    });
    all.add(&DeliveryAccepted { delivery_id: id(), accepted_at: Some(at()), ..Default::default() });
    all.add(&DeliveryRejected { delivery_id: id(), reason: "r".into(), ..Default::default() });
    all.add(&JourneyAdvanced { to: 2, expected_payment_at: Some(at()), ..Default::default() });
    all.add(&JourneyStalled {
        receivable_id: id(),
        contract_number: "H1".into(),
        node: 3,
        stalled_hours: 48,
        checklist: list(),
        ..Default::default()
    });
    all.add(&ReceivableCleared { receivable_id: id(), amount: Some(money()), ..Default::default() });
    all.add(&CustomerHealthChanged { customer_id: id(), health: "red".into(), reasons: list(), ..Default::default() });
    all.add(&RepurchaseDue { customer_id: id(), reason: sentence(), ..Default::default() });
    all.add(&VisitDraftChanged { visit_id: id(), ..Default::default() });
    all.add(&ObjectionDrawn { review_id: id(), ..Default::default() });
    // A score of nothing is left out of the event.
    all.add(&ReviewFlagged { review_id: id(), ..Default::default() });
    all.add(&ReviewNeedsHuman { review_id: id(), reason: "silent".into(), ..Default::default() });
    all.add(&PracticeAssigned { practice_id: id(), due: "2027-01-20".into(), ..Default::default() });
    all.add(&PracticeDone { practice_id: id(), ..Default::default() });
    all.0
}

#[test]
fn every_default_rule_can_be_written_in_both_languages() {
    let templates = Templates::parse(include_str!("../../templates/templates.yaml")).expect("the templates");
    let rules = RuleSet::parse(include_str!("../../rules.yaml")).expect("the rules");
    let samples = samples();
    for rule in &rules.rules {
        let mut fields = Fields::parse(&samples[rule.event.as_str()]).expect("a payload");
        fields.set("company", "晨光精密制造");
        let written = templates.render(&rule.template, &fields).unwrap_or_else(|error| panic!("{error}"));
        for text in [&written.title.zh, &written.title.en, &written.body.zh, &written.body.en] {
            assert!(!text.is_empty() && !text.contains('{'), "{written:?}");
        }
    }
}
