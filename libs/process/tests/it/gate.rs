use kernel::{AsProblem, EvidenceKind};
use process::definition::Definition;
use process::gate::{Attempt, pass};
use serde_json::{Value, json};

use crate::support::{complete_facts, opportunity, readme_yaml, technical_confirmation};

fn codes(definition: &Definition, facts: &Value) -> Vec<(String, String)> {
    let attempt = Attempt { from: "qualified", to: "quoted", facts, evidence: &[] };
    let closed = pass(definition, attempt).expect_err("closed");
    closed.missing.into_iter().map(|one| (one.code, one.field)).collect()
}

#[test]
fn a_complete_record_passes_without_the_approval_it_does_not_need() {
    let (definition, facts) = (opportunity(), complete_facts());
    let evidence = [technical_confirmation(EvidenceKind::File)];
    let passage = pass(&definition, Attempt { from: "qualified", to: "quoted", facts: &facts, evidence: &evidence })
        .expect("open");
    assert_eq!((passage.version, passage.approvals.len()), (1, 0));
    assert_eq!(passage.transition.next_action.as_ref().expect("named").id, "present_quote");
}

#[test]
fn a_refusal_lists_everything_missing_with_its_remedy() {
    let definition = opportunity();
    let facts = json!({ "visits": ["first"] });
    let attempt = Attempt { from: "qualified", to: "quoted", facts: &facts, evidence: &[] };
    let closed = pass(&definition, attempt).expect_err("closed");
    let codes: Vec<_> = closed.missing.iter().map(|one| (one.code.as_str(), one.field.as_str())).collect();
    assert_eq!(
        codes,
        [
            ("field_missing", "budget.amount"),
            ("evidence_missing", "technical_confirmation"),
            ("gate_closed", "visited_twice"),
        ]
    );
    let remedies: Vec<_> = closed.missing.iter().map(|one| one.remedy.as_ref().expect("told").en.as_str()).collect();
    assert_eq!(
        remedies,
        ["Enter the budget on the opportunity", "upload or link \"Technical confirmation\"", "Record a second visit"]
    );
    let problem = closed.problem();
    assert_eq!((problem.code, problem.fields.len(), closed.version), ("gate_closed", 3, 1));
}

#[test]
fn blank_and_empty_values_are_missing() {
    let definition = opportunity();
    for empty in [json!(null), json!(" "), json!([]), json!({})] {
        let facts = json!({ "budget": { "amount": empty }, "visits": [1, 2] });
        let missing = codes(&definition, &facts);
        assert!(missing.contains(&("field_missing".into(), "budget.amount".into())), "{facts}");
    }
    let zero = json!({ "budget": { "amount": 0 }, "visits": [1, 2] });
    assert_eq!(codes(&definition, &zero), [("evidence_missing".into(), "technical_confirmation".into())]);
}

#[test]
fn evidence_of_another_kind_does_not_count() {
    let (definition, facts) = (opportunity(), complete_facts());
    let evidence = [technical_confirmation(EvidenceKind::Text)];
    let attempt = Attempt { from: "qualified", to: "quoted", facts: &facts, evidence: &evidence };
    let closed = pass(&definition, attempt).expect_err("closed");
    assert_eq!(closed.missing[0].code, "evidence_missing");
}

#[test]
fn a_condition_that_cannot_be_evaluated_is_closed_and_says_why() {
    let definition = opportunity();
    for (facts, why) in [
        (json!({ "budget": { "amount": 1 } }), "No such key: visits"),
        (json!({ "budget": { "amount": 1 }, "visits": 3 }), "no matching overload"),
        (json!({ "budget": { "amount": 1 }, "visits": vec![0; 301] }), "too large"),
        (json!({ "budget": { "amount": 1 }, "visits": vec![vec![0; 250]; 100] }), "too large"),
    ] {
        let attempt = Attempt { from: "qualified", to: "quoted", facts: &facts, evidence: &[] };
        let closed = pass(&definition, attempt).expect_err("closed");
        let gate = closed.missing.iter().find(|one| one.code == "gate_closed").expect("closed gate");
        assert!(gate.reason.en.contains(why), "{}", gate.reason.en);
    }
}

#[test]
fn a_condition_that_is_no_boolean_is_closed() {
    let yaml = readme_yaml().replacen("size(facts.visits) >= 2", "size(facts.visits)", 1);
    let definition = Definition::parse(&yaml).expect("valid");
    let missing = codes(&definition, &complete_facts());
    assert!(missing.contains(&("gate_closed".into(), "visited_twice".into())));
}

#[test]
fn approvals_are_asked_for_when_their_condition_holds_or_cannot_be_evaluated() {
    let definition = opportunity();
    let evidence = [technical_confirmation(EvidenceKind::Recording)];
    for discount in [json!(12), json!(10.5), json!("unknown"), json!(null)] {
        let mut facts = complete_facts();
        facts["discount_percent"] = discount;
        let attempt = Attempt { from: "qualified", to: "quoted", facts: &facts, evidence: &evidence };
        let passage = pass(&definition, attempt).expect("open");
        assert_eq!(passage.approvals[0].id, "price_below_authority", "{facts}");
    }
}

#[test]
fn a_move_that_is_not_in_the_process_names_the_possible_ones() {
    let (definition, facts) = (opportunity(), complete_facts());
    let closed =
        pass(&definition, Attempt { from: "qualified", to: "won", facts: &facts, evidence: &[] }).expect_err("closed");
    assert_eq!(closed.missing[0].code, "transition_unknown");
    assert_eq!(closed.missing[0].remedy.as_ref().expect("told").en, "possible from here: quoted, lost");
    assert_eq!(closed.problem().code, "transition_unknown");
}

#[test]
fn conditions_read_evidence_stages_and_whole_numbers() {
    for condition in [
        "evidence.exists(e, e.kind == 'file' && e.name.startsWith('technical'))",
        "from == 'qualified' && to == 'quoted'",
        "facts.discount_percent + 1 == 6 && facts.discount_percent < 5.5",
        "facts.visits.filter(v, v != 'first') == ['second']",
        "has(facts.budget.amount) && double(facts.budget.amount) > 1000.0",
        "facts.visits.exists(v, v.matches('^sec'))",
        "'first' in facts.visits && int('3') == 3 && string(4) == '4' && facts.visits[0].contains('irs')",
    ] {
        let yaml = readme_yaml().replacen("size(facts.visits) >= 2", &format!("\"{condition}\""), 1);
        let definition = Definition::parse(&yaml).unwrap_or_else(|error| panic!("{condition}: {error}"));
        let (facts, evidence) = (complete_facts(), [technical_confirmation(EvidenceKind::File)]);
        let attempt = Attempt { from: "qualified", to: "quoted", facts: &facts, evidence: &evidence };
        pass(&definition, attempt).unwrap_or_else(|closed| panic!("{condition}: {:?}", closed.missing));
    }
}

#[test]
fn definitions_can_be_shared_between_threads() {
    fn is_shared<T: Send + Sync + 'static>(_: &T) {}
    is_shared(&opportunity());
}
