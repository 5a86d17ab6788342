//! Properties: a random sealed export verifies, and nothing can be done to its sealed part unseen.

use journal::ledger::{Finding, FindingKind, Report, Trust, verify};
use proptest::prelude::*;
use proptest::sample::Index;

use super::sealing::{Log, Plan, plans, trust_in, with_new_trailer};

const SEED: u8 = 7;

fn findings(export: &[u8], trust: Trust) -> Vec<Finding> {
    match verify(export, trust).expect("readable") {
        Report::Verified(_) => Vec::new(),
        Report::Broken { findings, .. } => findings,
    }
}

fn is_found(export: &[u8]) -> bool {
    !findings(export, trust_in(SEED)).is_empty()
}

fn sealed(plan: &Plan) -> Log {
    Log::sealed(plan, SEED)
}

/// Some line of the sealed part, not the header.
fn sealed_line(log: &Log, at: Index) -> usize {
    1 + at.index(log.sealed_lines() - 1)
}

/// Every case signs a log, so half as many as usual; `PROPTEST_CASES` still scales them.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 2, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_untouched_export_verifies(plan in plans()) {
        let log = sealed(&plan);
        let trust = Trust { checkpoints: log.checkpoints.iter().map(|(_, note)| note.clone()).collect(), ..trust_in(SEED) };
        let Report::Verified(verified) = verify(log.export().as_slice(), trust).expect("readable") else {
            return Err(TestCaseError::fail("not verified"));
        };
        prop_assert_eq!(verified.records as usize, log.size());
        prop_assert_eq!(verified.unsealed as usize, log.records.len() - log.size());
        prop_assert_eq!(verified.checkpoints as usize, log.checkpoints.len());
        prop_assert_eq!(&verified.logs[0].last_checkpoint, &log.checkpoints.last().map(|(_, note)| note.clone()));
        prop_assert_eq!(with_new_trailer(&log.lines()), log.export());
    }

    #[test]
    fn a_changed_byte_anywhere_is_found(plan in plans(), at in any::<Index>(), flip in 1..=255_u8) {
        let mut export = sealed(&plan).export();
        let at = at.index(export.len());
        export[at] ^= flip;
        prop_assert!(is_found(&export));
    }

    #[test]
    fn a_changed_sealed_byte_is_found_under_a_new_trailer(
        plan in plans(), line in any::<Index>(), at in any::<Index>(), flip in 1..=255_u8,
    ) {
        let log = sealed(&plan);
        let mut lines = log.lines();
        let line = &mut lines[sealed_line(&log, line)];
        let at = at.index(line.len());
        line[at] ^= flip;
        prop_assert!(is_found(&with_new_trailer(&lines)));
    }

    #[test]
    fn an_inserted_or_removed_byte_is_found(plan in plans(), at in any::<Index>(), byte in any::<u8>()) {
        let log = sealed(&plan);
        let export = log.export();
        let at = at.index(export.len());
        let mut longer = export.clone();
        longer.insert(at, byte);
        prop_assert!(is_found(&longer));
        let mut shorter = export;
        shorter.remove(at);
        prop_assert!(is_found(&shorter));
    }

    #[test]
    fn white_space_between_json_tokens_is_found_under_a_new_trailer(plan in plans(), line in any::<Index>(), at in any::<Index>()) {
        let log = sealed(&plan);
        let mut lines = log.lines();
        let line = &mut lines[sealed_line(&log, line)];
        let gaps: Vec<usize> = (0..line.len()).filter(|i| b":,{}".contains(&line[*i])).collect();
        line.insert(gaps[at.index(gaps.len())], b' ');
        prop_assert!(is_found(&with_new_trailer(&lines)));
    }

    #[test]
    fn a_removed_line_is_found(plan in plans(), at in any::<Index>()) {
        let mut lines = sealed(&plan).lines();
        lines.remove(at.index(lines.len()));
        prop_assert!(is_found(&lines.concat()));
    }

    #[test]
    fn a_removed_leaf_or_last_checkpoint_is_found_under_a_new_trailer(plan in plans(), at in any::<Index>()) {
        let log = sealed(&plan);
        let mut lines = log.lines();
        let line = sealed_line(&log, at);
        let superseded = lines[line].starts_with(b"{\"checkpoint\"") && line + 1 != log.sealed_lines();
        prop_assume!(!superseded);
        lines.remove(line);
        prop_assert!(is_found(&with_new_trailer(&lines)));
    }

    #[test]
    fn a_repeated_line_is_found_under_a_new_trailer(plan in plans(), from in any::<Index>(), to in any::<Index>()) {
        let log = sealed(&plan);
        let mut lines = log.lines();
        let copy = lines[from.index(lines.len() - 1)].clone();
        lines.insert(sealed_line(&log, to), copy);
        prop_assert!(is_found(&with_new_trailer(&lines)));
    }

    #[test]
    fn two_exchanged_lines_are_found_under_a_new_trailer(plan in plans(), one in any::<Index>(), two in any::<Index>()) {
        let log = sealed(&plan);
        let mut lines = log.lines();
        let (one, two) = (sealed_line(&log, one), sealed_line(&log, two));
        prop_assume!(one != two);
        lines.swap(one, two);
        prop_assert!(is_found(&lines.concat()));
        prop_assert!(is_found(&with_new_trailer(&lines)));
    }

    #[test]
    fn a_cut_export_is_found(plan in plans(), at in any::<Index>()) {
        let export = sealed(&plan).export();
        prop_assert!(is_found(&export[..at.index(export.len())]));
    }

    #[test]
    fn an_export_cut_back_to_a_true_older_one_is_found_by_a_later_checkpoint(plan in plans(), at in any::<Index>()) {
        let log = sealed(&plan);
        let (_, newest) = log.checkpoints.last().expect("sealed").clone();
        let mut older = plan;
        older.steps.truncate(at.index(log.size()));
        let older = sealed(&older).export();
        prop_assert!(!is_found(&older));
        let trust = Trust { checkpoints: vec![newest], ..trust_in(SEED) };
        let found = findings(&older, trust);
        prop_assert!(matches!(found[0].what, FindingKind::OlderThanCheckpoint { .. }), "{:?}", found);
    }

    #[test]
    fn a_rewritten_history_is_found_between_two_checkpoints(plan in plans(), at in any::<Index>()) {
        let log = sealed(&plan);
        let altered = at.index(log.size());
        let mut other = plan;
        other.steps[altered].why.push('!');
        let forged = Log { checkpoints: log.checkpoints.clone(), ..sealed(&other) };
        let found = findings(&forged.export(), trust_in(SEED));
        prop_assert_eq!(found.len(), 1, "every hash and link was made to fit: {:?}", found);
        let from = log.checkpoints.iter().map(|(size, _)| *size).rfind(|size| *size <= altered).unwrap_or(0) as u64;
        let to = log.checkpoints.iter().map(|(size, _)| *size).find(|size| *size > altered).expect("sealed") as u64 - 1;
        prop_assert_eq!(&found[0].what, &FindingKind::RootDiffers { from, to });
    }

    #[test]
    fn a_history_rewritten_and_signed_by_another_key_is_found_by_what_was_kept(plan in plans(), at in any::<Index>()) {
        let log = sealed(&plan);
        let mut other = plan;
        other.steps[at.index(log.size())].why.push('!');
        let stranger = Log::sealed(&other, 8).export();
        prop_assert!(findings(&stranger, Trust::default()).is_empty());
        let found = findings(&stranger, trust_in(SEED));
        prop_assert!(matches!(found[0].what, FindingKind::UnexpectedKey(_)), "{:?}", found);

        let with_the_key = sealed(&other).export();
        prop_assert!(!is_found(&with_the_key));
        let (size, newest) = log.checkpoints.last().expect("sealed").clone();
        let found = findings(&with_the_key, Trust { checkpoints: vec![newest], ..trust_in(SEED) });
        prop_assert_eq!(&found[0].what, &FindingKind::NotAnExtension { size: size as u64 });
    }
}
