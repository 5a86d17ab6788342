//! Clauses: their text, its hash, and when a contract must carry them.

use kernel::{FieldError, Text, choices};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const LONGEST_BODY: usize = 20_000;

choices! {
    /// Who may change a clause's text once it stands in a contract.
    ClauseKind {
        /// Sales may adapt it to the deal.
        Business = "business",
        /// Nobody may: 灰色条款.
        Locked = "locked",
    }
}

/// Which contracts must carry a clause. An empty list asks for nothing; all lists must be met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RequiredFor {
    pub product_categories: Vec<String>,
    pub destinations: Vec<String>,
    pub customer_types: Vec<String>,
}

/// What a clause says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClauseText {
    pub code: String,
    pub title: String,
    pub body: String,
}

/// A clause as it stands in one contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ContractClause {
    #[serde(flatten)]
    pub text: ClauseText,
    pub kind: ClauseKind,
    /// Of the clause library.
    pub revision: i32,
    /// Of the text in this contract.
    pub sha256: String,
    /// Of the text in the library when the contract was made.
    pub library_sha256: String,
}

impl RequiredFor {
    /// Whether a contract for these goods, this destination and this kind of customer needs the clause.
    pub fn applies(&self, categories: &[&str], destination: &str, customer_type: &str) -> bool {
        let asks =
            |list: &[String], given: &[&str]| list.is_empty() || list.iter().any(|one| given.contains(&one.as_str()));
        asks(&self.product_categories, categories)
            && asks(&self.destinations, &[destination])
            && asks(&self.customer_types, &[customer_type])
    }
}

impl ClauseText {
    /// The text without what a mail program or an editor changes by itself: line ends, trailing blanks,
    /// blank lines around it.
    pub fn canonical(&self) -> String {
        let body: Vec<_> = self.body.lines().map(str::trim_end).collect();
        format!("{}\n{}\n{}\n", self.code.trim(), self.title.trim(), body.join("\n").trim())
    }

    /// SHA-256 of the canonical text, in hex.
    pub fn sha256(&self) -> String {
        hex::encode(Sha256::digest(self.canonical()))
    }

    /// Everything wrong with it, field by field.
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let legal = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
        if self.code.is_empty() || self.code.len() > 40 || !self.code.chars().all(legal) {
            let reason = Text::new("1–40 个大写字母、数字或 -", "1 to 40 upper-case letters, digits or -");
            faults.push(FieldError::new("code", "malformed", reason));
        }
        if self.title.trim().is_empty() || self.title.chars().count() > 120 {
            faults.push(FieldError::new("title", "out_of_range", Text::new("1–120 个字符", "1 to 120 characters")));
        }
        if self.body.trim().is_empty() || self.body.chars().count() > LONGEST_BODY {
            let reason = Text::new(format!("1–{LONGEST_BODY} 个字符"), format!("1 to {LONGEST_BODY} characters"));
            faults.push(FieldError::new("body", "out_of_range", reason));
        }
        faults
    }
}

impl ContractClause {
    /// True when the text still hashes to what was recorded, and a locked one to what the library holds.
    pub fn is_consistent(&self) -> bool {
        let found = self.text.sha256();
        found == self.sha256 && (self.kind == ClauseKind::Business || found == self.library_sha256)
    }
}

/// One hash over all clauses, in order.
pub fn clauses_sha256(clauses: &[ContractClause]) -> String {
    let line = |digest: Sha256, clause: &ContractClause| {
        digest.chain_update(format!("{}:{}\n", clause.text.code, clause.sha256))
    };
    hex::encode(clauses.iter().fold(Sha256::new(), line).finalize())
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;

    pub fn text(code: &str, body: &str) -> ClauseText {
        ClauseText { code: code.into(), title: "不可抗力".into(), body: body.into() }
    }

    pub fn clause(code: &str, kind: ClauseKind) -> ContractClause {
        let text = text(code, "因不可抗力不能履行的，部分或者全部免除责任。");
        let sha256 = text.sha256();
        ContractClause { text, kind, revision: 1, library_sha256: sha256.clone(), sha256 }
    }

    #[test]
    fn line_ends_and_trailing_blanks_do_not_count_as_a_change() {
        let (unix, windows) = (text("A", "一\n二"), text("A", "\r\n一  \r\n二\r\n\r\n"));
        assert_eq!(unix.sha256(), windows.sha256());
        assert_ne!(unix.sha256(), text("A", "一\n三").sha256());
    }

    #[test]
    fn empty_lists_ask_for_nothing_and_all_others_must_be_met() {
        let export = RequiredFor { destinations: vec!["export".into()], ..RequiredFor::default() };
        assert!(RequiredFor::default().applies(&[], "domestic", "standard"));
        assert!(export.applies(&["pump"], "export", "standard"));
        assert!(!export.applies(&["pump"], "domestic", "standard"));
        let both = RequiredFor { product_categories: vec!["valve".into()], ..export };
        assert!(!both.applies(&["pump"], "export", "standard"));
    }

    #[test]
    fn an_edited_business_clause_is_consistent_and_an_edited_locked_one_is_not() {
        for (kind, consistent) in [(ClauseKind::Business, true), (ClauseKind::Locked, false)] {
            let mut edited = clause("A", kind);
            edited.text.body.push('改');
            assert!(!edited.is_consistent(), "the recorded hash does not follow by itself");
            edited.sha256 = edited.text.sha256();
            assert_eq!(edited.is_consistent(), consistent);
        }
    }

    proptest! {
        #[test]
        fn any_changed_character_changes_the_hash(at in 0_usize..20, put in "[甲乙丙丁0-9]") {
            let before = text("A", "因不可抗力不能履行的，部分或者全部免除责任。");
            let mut characters: Vec<char> = before.body.chars().collect();
            let new = put.chars().next().expect("one");
            prop_assume!(characters[at] != new);
            characters[at] = new;
            prop_assert_ne!(before.sha256(), text("A", &characters.into_iter().collect::<String>()).sha256());
        }
    }
}
