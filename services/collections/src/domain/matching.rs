//! Which receivable a bank entry pays: scored, explained, and left to people when in doubt.

use chrono::{DateTime, Utc};
use kernel::{Money, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::names::{company_key, names_contract};
use super::plan::Instalment;

/// What speaks for a receivable, and how much is enough.
#[derive(Clone, Copy, Debug)]
pub struct Scores {
    pub contract_number: u32,
    pub amount: u32,
    pub counterparty: u32,
    pub automatic: u32,
    pub margin: u32,
}

/// What a bank entry says.
#[derive(Clone, Copy, Debug)]
pub struct Clue<'a> {
    pub amount: Money,
    pub counterparty: &'a str,
    pub remittance: &'a str,
}

/// A receivable that may be meant.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub receivable_id: Uuid,
    pub contract_number: String,
    pub company: String,
    pub is_open: bool,
    pub outstanding: Money,
    pub opened_at: DateTime<Utc>,
    pub instalments: Vec<Instalment>,
}

/// A receivable that came into question, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Suggestion {
    pub receivable_id: Uuid,
    pub contract_number: String,
    pub company: String,
    pub score: u32,
    pub reasons: Vec<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Posted without anybody looking.
    Automatic { suggestion: Suggestion, explanation: Vec<Text> },
    /// Waits for somebody, for this reason.
    Queue { reason: Text, suggestions: Vec<Suggestion> },
}

const MOST_SUGGESTIONS: usize = 5;

/// Decides one entry among the receivables it may pay.
pub fn decide(scores: &Scores, clue: Clue<'_>, candidates: &[Candidate]) -> Decision {
    let (open, closed): (Vec<_>, Vec<_>) = candidates.iter().partition(|candidate| candidate.is_open);
    let suggestions = suggestions(scores, clue, &open);
    let named = open.iter().filter(|one| names_contract(clue.remittance, &one.contract_number)).count();
    let queue = |reason, suggestions: Vec<Suggestion>| Decision::Queue { reason, suggestions };
    if let Some(paid) = closed.iter().find(|one| names_contract(clue.remittance, &one.contract_number)) {
        return queue(already_closed(paid), suggestions);
    }
    if named > 1 {
        return queue(several_contracts(named), suggestions);
    }
    let Some(best) = suggestions.first().cloned() else {
        return queue(nothing_fits(), suggestions);
    };
    let second = suggestions.get(1).map_or(0, |suggestion| suggestion.score);
    if best.score < scores.automatic {
        return queue(too_weak(&best, scores), suggestions);
    }
    if best.score - second < scores.margin.max(1) {
        return queue(too_close(&best, second), suggestions);
    }
    let mut explanation = best.reasons.clone();
    explanation.push(strong_enough(&best, second, scores));
    Decision::Automatic { suggestion: best, explanation }
}

/// Everything that anything speaks for, best first; older ones first among equals.
fn suggestions(scores: &Scores, clue: Clue<'_>, open: &[&Candidate]) -> Vec<Suggestion> {
    let scored = open.iter().map(|candidate| (candidate.opened_at, score(scores, clue, candidate)));
    let mut scored: Vec<_> = scored.filter(|(_, suggestion)| suggestion.score > 0).collect();
    scored.sort_by_key(|(opened_at, suggestion)| {
        (std::cmp::Reverse(suggestion.score), *opened_at, suggestion.receivable_id)
    });
    scored.into_iter().map(|(_, suggestion)| suggestion).take(MOST_SUGGESTIONS).collect()
}

/// What speaks for one receivable.
pub fn score(scores: &Scores, clue: Clue<'_>, candidate: &Candidate) -> Suggestion {
    let mut suggestion = Suggestion {
        receivable_id: candidate.receivable_id,
        contract_number: candidate.contract_number.clone(),
        company: candidate.company.clone(),
        score: 0,
        reasons: Vec::new(),
    };
    if clue.amount.currency != candidate.outstanding.currency {
        return suggestion;
    }
    let mut add = |points: u32, zh: String, en: String| {
        suggestion.score += points;
        suggestion.reasons.push(Text::new(format!("{zh}（{points} 分）"), format!("{en} ({points} points)")));
    };
    if names_contract(clue.remittance, &candidate.contract_number) {
        let number = &candidate.contract_number;
        add(
            scores.contract_number,
            format!("附言中有合同号 {number}"),
            format!("the remittance information names contract {number}"),
        );
    }
    if let Some((zh, en)) = equal_amount(clue.amount, candidate) {
        add(scores.amount, zh, en);
    }
    let payer = company_key(clue.counterparty);
    if !payer.is_empty() && payer == company_key(&candidate.company) {
        add(scores.counterparty, "付款方与合同客户一致".into(), "the payer is the contract's customer".into());
    }
    suggestion
}

fn equal_amount(amount: Money, candidate: &Candidate) -> Option<(String, String)> {
    if amount == candidate.outstanding {
        return Some((format!("金额等于全部未收款 {amount}"), format!("the amount equals all that is owed, {amount}")));
    }
    let instalment = candidate.instalments.iter().find(|one| one.outstanding() == amount)?;
    let position = instalment.position;
    Some((
        format!("金额等于第 {position} 期未收款 {amount}"),
        format!("the amount equals what is owed of instalment {position}, {amount}"),
    ))
}

fn strong_enough(best: &Suggestion, second: u32, scores: &Scores) -> Text {
    let (score, line, lead) = (best.score, scores.automatic, best.score - second);
    Text::new(
        format!("合计 {score} 分，达到自动匹配线 {line} 分，领先其他应收 {lead} 分"),
        format!("{score} points in all: at or above {line}, and {lead} ahead of any other receivable"),
    )
}

fn too_weak(best: &Suggestion, scores: &Scores) -> Text {
    let (score, line) = (best.score, scores.automatic);
    Text::new(
        format!("最接近的应收只有 {score} 分，低于自动匹配线 {line} 分"),
        format!("the closest receivable has {score} points, below {line}"),
    )
}

fn too_close(best: &Suggestion, second: u32) -> Text {
    let score = best.score;
    Text::new(
        format!("两笔应收难以区分：{score} 分与 {second} 分"),
        format!("two receivables cannot be told apart: {score} and {second} points"),
    )
}

fn several_contracts(count: usize) -> Text {
    Text::new(
        format!("附言中有 {count} 个合同号，需人工拆分确认"),
        format!("the remittance information names {count} contracts"),
    )
}

fn already_closed(candidate: &Candidate) -> Text {
    let number = &candidate.contract_number;
    Text::new(
        format!("附言中的合同 {number} 已结清或核销，可能重复付款"),
        format!("contract {number} in the remittance information is already closed: perhaps paid twice"),
    )
}

fn nothing_fits() -> Text {
    Text::new("没有应收与此笔到账相符", "no receivable fits this entry")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SCORES: Scores = Scores { contract_number: 60, amount: 35, counterparty: 30, automatic: 60, margin: 20 };

    fn candidate(n: u128, minor: i64) -> Candidate {
        let opened_at = DateTime::from_timestamp(1_800_000_000, 0).expect("valid");
        Candidate {
            receivable_id: Uuid::from_u128(n),
            contract_number: format!("HT-2027-{n:04}"),
            company: "云杉医疗科技有限公司".into(),
            is_open: true,
            outstanding: Money::cny(minor),
            opened_at,
            instalments: vec![Instalment {
                position: 1,
                kind: "prepayment".into(),
                percent: 30,
                amount: Money::cny(minor * 3 / 10),
                paid: Money::cny(0),
                due_at: opened_at,
            }],
        }
    }

    fn clue<'a>(minor: i64, counterparty: &'a str, remittance: &'a str) -> Clue<'a> {
        Clue { amount: Money::cny(minor), counterparty, remittance }
    }

    fn automatic(decision: &Decision) -> Option<Uuid> {
        match decision {
            Decision::Automatic { suggestion, .. } => Some(suggestion.receivable_id),
            Decision::Queue { .. } => None,
        }
    }

    #[test]
    fn the_exact_contract_number_is_enough() {
        let both = [candidate(1, 100_000), candidate(10, 100_000)];
        let decision = decide(&SCORES, clue(5_000, "某某贸易", "付HT-2027-0001货款"), &both);
        assert_eq!(automatic(&decision), Some(Uuid::from_u128(1)));
    }

    #[test]
    fn amount_and_payer_together_are_enough_when_nothing_else_fits() {
        let decision = decide(&SCORES, clue(30_000, "云杉医疗科技有限责任公司", "货款"), &[candidate(1, 100_000)]);
        let Decision::Automatic { explanation, suggestion } = decision else { panic!("{decision:?}") };
        assert_eq!((suggestion.score, explanation.len()), (65, 3));
    }

    #[test]
    fn two_contracts_of_one_customer_with_equal_amounts_wait_for_somebody() {
        let both = [candidate(1, 100_000), candidate(2, 100_000)];
        let decision = decide(&SCORES, clue(30_000, "云杉医疗科技有限公司", "货款"), &both);
        let Decision::Queue { suggestions, .. } = decision else { panic!("{decision:?}") };
        assert_eq!(suggestions.len(), 2);
    }

    #[test]
    fn an_amount_alone_or_a_payer_alone_waits() {
        for clue in [clue(30_000, "某某", "货款"), clue(777, "云杉医疗科技有限公司", "货款")] {
            assert_eq!(automatic(&decide(&SCORES, clue, &[candidate(1, 100_000)])), None);
        }
    }

    #[test]
    fn a_closed_contract_several_contracts_and_another_currency_wait() {
        let closed = Candidate { is_open: false, ..candidate(1, 0) };
        assert_eq!(automatic(&decide(&SCORES, clue(9, "", "HT-2027-0001"), &[closed])), None);
        let both = [candidate(1, 100_000), candidate(2, 100_000)];
        assert_eq!(automatic(&decide(&SCORES, clue(9, "", "HT-2027-0001、HT-2027-0002"), &both)), None);
        let dollars =
            Clue { amount: Money::new(9, kernel::Currency::USD), counterparty: "", remittance: "HT-2027-0001" };
        assert_eq!(automatic(&decide(&SCORES, dollars, &both)), None);
    }

    proptest! {
        #[test]
        fn what_is_matched_is_open_strong_and_alone(
            rows in prop::collection::vec((1_u128..30, 1_i64..5, any::<bool>()), 0..6),
            minor in 1_i64..5, named in 0_u128..30, same_payer in any::<bool>(),
        ) {
            let mut rows = rows;
            rows.sort_unstable();
            rows.dedup_by_key(|row| row.0);
            let candidates: Vec<_> = rows.iter().map(|(n, minor, is_open)| Candidate { is_open: *is_open, ..candidate(*n, minor * 1_000) }).collect();
            let payer = if same_payer { "云杉医疗科技有限公司" } else { "别家公司" };
            let remittance = format!("付 HT-2027-{named:04}");
            let clue = clue(minor * 1_000, payer, &remittance);
            if let Decision::Automatic { suggestion, explanation } = decide(&SCORES, clue, &candidates) {
                let chosen = candidates.iter().find(|one| one.receivable_id == suggestion.receivable_id).expect("a candidate");
                prop_assert!(chosen.is_open && suggestion.score >= SCORES.automatic && !explanation.is_empty());
                for other in candidates.iter().filter(|one| one.is_open && one.receivable_id != chosen.receivable_id) {
                    prop_assert!(score(&SCORES, clue, other).score + SCORES.margin <= suggestion.score);
                }
            }
        }
    }
}
