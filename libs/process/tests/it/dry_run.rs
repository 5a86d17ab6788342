use kernel::EvidenceKind;
use process::dry_run::{Record, Stranded, dry_run};
use serde_json::json;
use uuid::Uuid;

use crate::support::{complete_facts, opportunity, technical_confirmation};

fn record(number: u128, stage: &str) -> Record {
    let evidence = vec![technical_confirmation(EvidenceKind::File)];
    Record { id: Uuid::from_u128(number), stage: stage.into(), facts: complete_facts(), evidence }
}

#[test]
fn names_the_blocked_records_and_what_they_lack() {
    let mut poor = record(2, "qualified");
    poor.facts = json!({ "visits": [] });
    let records = [record(1, "qualified"), poor, record(3, "quoted"), record(4, "won"), record(5, "demo")];
    let report = dry_run(&opportunity(), records);
    assert_eq!(report.records, 5);
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
}
