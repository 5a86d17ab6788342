use kernel::EvidenceKind;
use process::Definition;
use process::dry_run::{Change, Record, Stranded, dry_run};
use process::gate::{pass, pass_without_approvals};
use serde_json::json;
use uuid::Uuid;

use crate::support::{complete_facts, opportunity, readme_yaml, technical_confirmation};

/// What changes from the README's definition to this text.
fn edited(yaml: &str) -> (Definition, Definition) {
    (opportunity(), Definition::parse(&yaml.replacen("version: 1", "version: 2", 1)).expect("valid"))
}

fn change((in_force, proposed): &(Definition, Definition)) -> Change<'_> {
    Change { in_force, proposed, judge: pass }
}

fn record(number: u128, stage: &str) -> Record {
    let evidence = vec![technical_confirmation(EvidenceKind::File)];
    Record { id: Uuid::from_u128(number), stage: stage.into(), facts: complete_facts(), evidence }
}

#[test]
fn names_the_blocked_records_and_what_they_lack() {
    let mut poor = record(2, "qualified");
    poor.facts = json!({ "visits": [] });
    let records = [record(1, "qualified"), poor, record(3, "quoted"), record(4, "won"), record(5, "demo")];
    let report = dry_run(change(&edited(readme_yaml())), records);
    assert_eq!((report.records, report.limited, report.in_force, report.proposed), (5, false, 1, 2));
    assert_eq!(report.stranded, [Stranded { id: Uuid::from_u128(5), stage: "demo".into() }]);
    let summary: Vec<_> = report
        .transitions
        .iter()
        .map(|one| (one.from.as_str(), one.to.as_str(), one.tried, one.blocked.len()))
        .collect();
    assert_eq!(
        summary,
        [("qualified", "quoted", 2, 1), ("quoted", "won", 1, 0), ("quoted", "lost", 1, 0), ("qualified", "lost", 2, 0)]
    );
    let blocked = &report.transitions[0].blocked[0];
    assert_eq!(blocked.id, Uuid::from_u128(2));
    let lacks: Vec<_> = blocked.missing.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(lacks, ["budget.amount", "visited_twice"]);
    assert!(!blocked.newly && blocked.newly_missing.is_empty(), "as under the version in force");
}

#[test]
fn tells_who_is_newly_blocked_and_who_is_freed() {
    let stricter = readme_yaml().replace("requires: [budget.amount]", "requires: [budget.amount, discount_percent]");
    let mut plain = record(1, "qualified");
    plain.facts = json!({ "budget": { "amount": "1.00" }, "visits": [1, 2] });
    let report = dry_run(change(&edited(&stricter)), [plain, record(2, "qualified")]);
    let blocked = &report.transitions[0].blocked;
    assert_eq!(blocked.iter().map(|one| (one.id, one.newly)).collect::<Vec<_>>(), [(Uuid::from_u128(1), true)]);
    assert_eq!(blocked[0].newly_missing, ["discount_percent"]);

    let looser = readme_yaml().replace(">= 2", ">= 1");
    let mut once = record(3, "qualified");
    once.facts["visits"] = json!([1]);
    let report = dry_run(change(&edited(&looser)), [once]);
    let moved = &report.transitions[0];
    assert_eq!((moved.blocked.len(), moved.freed.as_slice()), (0, &[Uuid::from_u128(3)][..]));
}

#[test]
fn a_move_that_is_taken_away_blocks_those_who_could_make_it() {
    let without = readme_yaml().replace("  - { from: qualified, to: lost }\n", "");
    let report = dry_run(change(&edited(&without)), [record(1, "qualified")]);
    let gone = report.transitions.last().expect("reported");
    assert_eq!((gone.from.as_str(), gone.to.as_str(), gone.tried), ("qualified", "lost", 1));
    assert_eq!((gone.blocked[0].newly, gone.blocked[0].missing[0].code.as_str()), (true, "transition_unknown"));
}

#[test]
fn approvals_are_told_apart_or_keep_the_gate_closed() {
    let sooner = readme_yaml().replace("discount_percent > 10", "discount_percent > 3");
    let versions = edited(&sooner);
    let report = dry_run(change(&versions), [record(1, "qualified")]);
    let asked = &report.transitions[0].approvals[0];
    assert_eq!(asked.rules, ["price_below_authority"]);
    assert!(asked.rules_in_force.is_empty() && report.transitions[0].blocked.is_empty());

    let closed = Change { judge: pass_without_approvals, ..change(&versions) };
    let report = dry_run(closed, [record(1, "qualified")]);
    assert_eq!(report.transitions[0].blocked[0].missing[0].code, "approval_required");
}
