//! A contract that came back from the counterpart, compared with ours clause by clause.

use super::clause::{ClauseKind, ClauseText, ContractClause};

/// What differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Locked clauses that were changed, left out or repeated: nothing of the document is taken over.
    pub tampered: Vec<String>,
    /// Clauses we do not have, and business clauses that were left out.
    pub foreign: Vec<String>,
    /// Business clauses with another text.
    pub edited: Vec<ClauseText>,
}

/// Compares what came back with what the contract holds. Order does not matter.
pub fn compare(ours: &[ContractClause], theirs: &[ClauseText]) -> Comparison {
    let mut comparison = Comparison::default();
    for clause in ours {
        let mut found = theirs.iter().filter(|text| text.code.trim() == clause.text.code);
        match (found.next(), found.next()) {
            (Some(text), None) => take_up(clause, text, &mut comparison),
            _ if clause.kind == ClauseKind::Locked => comparison.tampered.push(clause.text.code.clone()),
            _ => comparison.foreign.push(clause.text.code.clone()),
        }
    }
    let known = |text: &&ClauseText| !ours.iter().any(|clause| clause.text.code == text.code.trim());
    comparison.foreign.extend(theirs.iter().filter(known).map(|text| text.code.trim().to_owned()));
    comparison
}

/// Compares single texts that somebody wants to put in the place of ours.
pub fn compare_some(ours: &[ContractClause], wanted: &[ClauseText]) -> Comparison {
    let mut comparison = Comparison::default();
    for text in wanted {
        match ours.iter().find(|clause| clause.text.code == text.code.trim()) {
            Some(clause) => take_up(clause, text, &mut comparison),
            None => comparison.foreign.push(text.code.trim().to_owned()),
        }
    }
    comparison
}

fn take_up(clause: &ContractClause, text: &ClauseText, comparison: &mut Comparison) {
    if text.sha256() == clause.sha256 {
        return;
    }
    match clause.kind {
        ClauseKind::Locked => comparison.tampered.push(clause.text.code.clone()),
        ClauseKind::Business => comparison.edited.push(text.clone()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::clause::tests::{clause, text};

    fn ours() -> Vec<ContractClause> {
        vec![clause("FORCE-MAJEURE", ClauseKind::Locked), clause("DELIVERY", ClauseKind::Business)]
    }

    fn returned() -> Vec<ClauseText> {
        ours().into_iter().map(|clause| clause.text).collect()
    }

    #[test]
    fn an_unchanged_document_in_any_order_has_no_differences() {
        let mut theirs = returned();
        theirs.reverse();
        assert_eq!(compare(&ours(), &theirs), Comparison::default());
    }

    #[test]
    fn a_changed_missing_or_repeated_locked_clause_is_tampering() {
        let mut changed = returned();
        changed[0].body.push_str("（不适用）");
        let repeated = [returned(), returned()[..1].to_vec()].concat();
        for theirs in [changed, returned()[1..].to_vec(), repeated] {
            assert_eq!(compare(&ours(), &theirs).tampered, ["FORCE-MAJEURE"]);
        }
    }

    #[test]
    fn a_changed_business_clause_is_an_edit_and_an_unknown_one_is_foreign() {
        let mut theirs = returned();
        theirs[1].body = "十五日内交付。".into();
        theirs.push(text("NEW", "新增"));
        let comparison = compare(&ours(), &theirs);
        assert_eq!(comparison.edited, [theirs[1].clone()]);
        assert_eq!(comparison.foreign, ["NEW"]);
    }

    #[test]
    fn single_texts_do_not_miss_the_others() {
        assert_eq!(compare_some(&ours(), &[]), Comparison::default());
        assert_eq!(compare_some(&ours(), &[text("FORCE-MAJEURE", "无")]).tampered, ["FORCE-MAJEURE"]);
    }

    proptest! {
        #[test]
        fn no_change_of_a_locked_text_goes_unnoticed(insert in "[一-龥]{1,3}", at in 0_usize..20) {
            let mut theirs = returned();
            let byte = theirs[0].body.char_indices().nth(at).map_or(0, |(byte, _)| byte);
            theirs[0].body.insert_str(byte, &insert);
            prop_assert_eq!(compare(&ours(), &theirs).tampered, vec!["FORCE-MAJEURE".to_owned()]);
        }
    }
}
