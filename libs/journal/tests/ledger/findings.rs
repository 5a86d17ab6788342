//! Each thing that can be wrong, and how it is named.

use std::fs;
use std::path::{Path, PathBuf};

use journal::ledger::{
    Finding, FindingKind, LedgerError, Line, Record, RecordLine, Report, Trust, leaf_hash, verify, verify_path,
};

use super::sealing::{Log, Plan, TENANT, signer, trust_in, with_new_trailer};

const SEED: u8 = 7;

/// Three customers: versions 1 to 3, 1 to 2 and 1. Six leaves sealed at 2, 4 and 6, one record not sealed.
fn plan() -> Plan {
    Plan::of("crm", &[0, 1, 0, 2, 0, 1, 2], &[2, 4, 6])
}

fn log() -> Log {
    Log::sealed(&plan(), SEED)
}

fn findings(export: impl AsRef<[u8]>, trust: Trust) -> Vec<Finding> {
    match verify(export.as_ref(), trust).expect("readable") {
        Report::Verified(verified) => panic!("verified: {verified}"),
        Report::Broken { findings, .. } => findings,
    }
}

fn kinds(log: &Log) -> Vec<FindingKind> {
    findings(log.export(), trust_in(SEED)).into_iter().map(|finding| finding.what).collect()
}

/// Replaces the text of a record and its hash.
fn replace(line: &mut RecordLine, change: impl FnOnce(&mut Record)) {
    let mut record = Record::parse(&line.record).expect("record");
    change(&mut record);
    line.record = record.to_text().expect("text");
    line.hash = leaf_hash(&line.record);
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/ledger_v1.ndjson")
}

#[test]
fn the_stored_sample_is_still_written_and_still_verifies() {
    let stored = fs::read(sample()).expect("sample");
    assert_eq!(String::from_utf8(log().export()).expect("text"), String::from_utf8(stored).expect("text"));
    let Report::Verified(verified) = verify_path(&sample(), trust_in(SEED)).expect("readable") else {
        panic!("the sample does not verify");
    };
    assert_eq!((verified.services, verified.records, verified.unsealed, verified.checkpoints), (1, 6, 1, 3));
    assert!(verified.keys_expected);
    assert_eq!(
        verified.to_string(),
        format!(
            "crm of tenant {TENANT}: 6 records, 1 unsealed, 3 checkpoints, root {}\n",
            hex::encode(verified.logs[0].root)
        )
    );
}

#[test]
fn an_altered_text_names_its_record_alone() {
    let mut log = log();
    log.records[2].record = log.records[2].record.replace("第 3 步", "第 9 步");
    let found = findings(log.export(), trust_in(SEED));
    let record = Record::parse(&log.records[2].record).expect("record");
    assert_eq!(
        found,
        [Finding {
            service: "crm".to_owned(),
            line: Some(5),
            index: Some(2),
            event_id: Some(record.id),
            aggregate: Some("customer".to_owned()),
            aggregate_id: Some(record.aggregate_id),
            version: Some(2),
            what: FindingKind::RecordAltered,
        }]
    );
    let expected = format!(
        "crm, line 5, leaf 2, customer {} version 2, event {}: the record's text does not match its hash\n",
        record.aggregate_id, record.id
    );
    let report = verify(log.export().as_slice(), trust_in(SEED)).expect("readable");
    assert_eq!(report.to_string(), expected);
}

#[test]
fn an_altered_record_with_a_fitting_hash_breaks_its_chain_and_the_root() {
    let mut log = log();
    replace(&mut log.records[2], |record| record.why = None);
    let found = findings(log.export(), trust_in(SEED));
    assert_eq!(found[0].what, FindingKind::RootDiffers { from: 2, to: 3 });
    assert_eq!((&found[1].what, found[1].version), (&FindingKind::BrokenChain, Some(3)));
    assert_eq!(found.len(), 2);
}

#[test]
fn a_removed_leaf_shows_in_the_log_and_in_its_aggregate() {
    let mut log = log();
    log.records.remove(2);
    for (size, _) in &mut log.checkpoints[1..] {
        *size -= 1;
    }
    let expected = [
        FindingKind::LeafOutOfSequence { expected: 2 },
        FindingKind::VersionOutOfSequence { expected: 2 },
        FindingKind::HeaderCount { header: 6, found: 5 },
    ];
    assert_eq!(kinds(&log), expected);
}

#[test]
fn an_unsealed_record_is_checked_too() {
    let mut log = log();
    replace(&mut log.records[6], |record| record.prev = [1; 32]);
    assert_eq!(kinds(&log), [FindingKind::BrokenChain]);
}

#[test]
fn a_record_of_another_service_is_found() {
    let mut log = log();
    replace(&mut log.records[6], |record| record.service = "delivery".to_owned());
    let expected = FindingKind::ForeignRecord { service: "delivery".to_owned(), tenant: TENANT.to_string() };
    assert_eq!(kinds(&log), [expected]);
}

#[test]
fn a_repeated_event_id_is_found() {
    let mut log = log();
    let first = Record::parse(&log.records[0].record).expect("record").id;
    replace(&mut log.records[6], |record| record.id = first);
    assert_eq!(kinds(&log), [FindingKind::RepeatedEvent]);
}

#[test]
fn an_unreadable_record_keeps_its_index() {
    let mut log = log();
    log.records[6].record = "{}".to_owned();
    log.records[6].hash = leaf_hash("{}");
    let found = findings(log.export(), trust_in(SEED));
    assert!(matches!(found[..], [Finding { line: Some(11), what: FindingKind::UnreadableRecord(_), .. }]), "{found:?}");
}

#[test]
fn checkpoints_of_other_logs_keys_and_sizes_are_found() {
    let foreign = Log::sealed(&Plan { service: "delivery".to_owned(), ..plan() }, SEED);
    let mut foreign_note = log();
    foreign_note.header.keys.extend(foreign.header.keys);
    foreign_note.checkpoints[0].1 = foreign.checkpoints[0].1.clone();
    let found = findings(foreign_note.export(), Trust::default());
    assert_eq!(found[0].what, FindingKind::ForeignCheckpoint(format!("sluice/delivery/{TENANT}")));

    let mut unknown_key = log();
    unknown_key.checkpoints[0].1 = Log::sealed(&plan(), 8).checkpoints[0].1.clone();
    assert_eq!(kinds(&unknown_key), [FindingKind::InvalidCheckpoint("no signature by a known key".to_owned())]);

    let mut moved = log();
    moved.checkpoints[0].0 = 3;
    assert_eq!(kinds(&moved), [FindingKind::CheckpointSize { size: 2, leaves: 3 }]);

    let mut repeated = log();
    let copy = repeated.checkpoints[0].clone();
    repeated.checkpoints.insert(0, copy);
    assert_eq!(kinds(&repeated), [FindingKind::RepeatedCheckpoint]);

    let mut late = log();
    late.checkpoints[2].0 = 7;
    assert_eq!(kinds(&late), [FindingKind::OutOfPlace("a checkpoint after an unsealed record")]);
}

#[test]
fn leaves_without_a_checkpoint_are_found() {
    let mut log = log();
    log.checkpoints.pop();
    assert_eq!(kinds(&log), [FindingKind::Uncovered { from: 4, to: 5 }]);
}

#[test]
fn wrong_counts_and_a_wrong_digest_are_found() {
    let text = String::from_utf8(log().export()).expect("text");
    let counted = text.replace("\"end\":{\"leaves\":6", "\"end\":{\"leaves\":5");
    let found = findings(counted, trust_in(SEED));
    assert_eq!(found[0].what, FindingKind::TrailerCount { what: "leaves", stated: 5, found: 6 });
    let dated = text.replacen("2024-", "2023-", 1);
    assert_ne!(dated, text);
    assert_eq!(findings(dated, trust_in(SEED))[0].what, FindingKind::DigestDiffers);
}

#[test]
fn inputs_without_an_export_are_found() {
    assert_eq!(findings("", Trust::default())[0].what, FindingKind::NoExport);
    let mut lines = log().lines();
    let last = lines.pop().expect("lines");
    assert_eq!(findings(lines.concat(), trust_in(SEED))[0].what, FindingKind::Truncated);
    let headless = findings([lines[1].clone(), last].concat(), trust_in(SEED));
    assert_eq!(headless[0].what, FindingKind::OutOfPlace("a line outside of any export"));
    assert_eq!(headless.len(), 2, "the first line and that there is no export: {headless:?}");
}

#[test]
fn several_exports_verify_together_but_only_once_each() {
    let (crm, delivery) = (log().export(), Log::sealed(&Plan::of("delivery", &[0, 0], &[2]), SEED).export());
    let both = [crm.clone(), delivery].concat();
    let Report::Verified(verified) = verify(both.as_slice(), Trust::default()).expect("readable") else {
        panic!("not verified");
    };
    assert_eq!((verified.services, verified.records, verified.logs.len()), (2, 8, 2));
    assert!(!verified.keys_expected);
    let twice = findings([crm.clone(), crm].concat(), Trust::default());
    assert_eq!(twice[0].what, FindingKind::RepeatedLog);
}

#[test]
fn a_folder_of_exports_verifies_and_a_finding_names_its_service() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ledger_folder");
    fs::create_dir_all(&folder).expect("folder");
    fs::write(folder.join("crm.ndjson"), log().export()).expect("written");
    fs::write(folder.join("readme.txt"), "not an export").expect("written");
    let delivery = folder.join("delivery.ndjson");
    let mut other = Log::sealed(&Plan::of("delivery", &[0, 0], &[2]), SEED);
    fs::write(&delivery, other.export()).expect("written");
    assert!(matches!(verify_path(&folder, Trust::default()).expect("readable"), Report::Verified(_)));

    other.records[1].hash[0] ^= 1;
    fs::write(&delivery, other.export()).expect("written");
    let Report::Broken { findings, .. } = verify_path(&folder, Trust::default()).expect("readable") else {
        panic!("not found");
    };
    assert_eq!((findings[0].service.as_str(), findings[0].index), ("delivery", Some(1)));
    assert!(matches!(verify_path(&folder.join("missing.ndjson"), Trust::default()), Err(LedgerError::Io(_))));
}

#[test]
fn a_log_that_is_expected_but_missing_is_found() {
    let (_, note) = log().checkpoints.remove(0);
    let delivery = Log::sealed(&Plan::of("delivery", &[0], &[1]), SEED).export();
    let found = findings(delivery, Trust { checkpoints: vec![note], ..Trust::default() });
    assert_eq!(found[0].what, FindingKind::MissingLog(format!("sluice/crm/{TENANT}")));
    let nonsense = Trust { checkpoints: vec!["nonsense".to_owned()], ..Trust::default() };
    assert!(matches!(verify(log().export().as_slice(), nonsense), Err(LedgerError::Note(_))));
}

#[test]
fn an_earlier_checkpoint_by_another_key_is_not_believed() {
    let (_, note) = Log::sealed(&plan(), 8).checkpoints.remove(0);
    let found = findings(log().export(), Trust { checkpoints: vec![note], ..trust_in(SEED) });
    assert!(matches!(found[..], [Finding { what: FindingKind::InvalidEarlierCheckpoint(_), .. }]), "{found:?}");
}

#[test]
fn after_a_key_was_replaced_both_keys_are_named() {
    let mut log = log();
    let renewed = Log::sealed(&plan(), 9);
    log.checkpoints[2].1 = renewed.checkpoints[2].1.clone();
    log.header.keys.push(signer("crm", 9).verifier().clone());
    let trust = Trust { keys: log.header.keys.clone(), checkpoints: Vec::new() };
    assert!(matches!(verify(log.export().as_slice(), trust).expect("readable"), Report::Verified(_)));
    assert!(matches!(findings(log.export(), trust_in(SEED))[0].what, FindingKind::UnexpectedKey(_)));
}

#[test]
fn findings_are_bounded() {
    let mut lines = log().lines();
    let bad = b"not json\n".to_vec();
    lines.splice(1..1, std::iter::repeat_n(bad, 1200));
    let report = verify(with_new_trailer(&lines).as_slice(), trust_in(SEED)).expect("readable");
    let Report::Broken { findings, more } = &report else { panic!("not found") };
    assert_eq!((findings.len(), *more), (1000, 200));
    assert!(report.to_string().ends_with("and 200 more\n"));
    assert!(matches!(Line::parse("not json"), Err(LedgerError::UnknownLine)));
}
