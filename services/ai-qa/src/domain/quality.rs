//! The share of high-quality visits, and of objections that were resolved.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The percentage from which a visit's answer is of high quality.
pub const HIGH_QUALITY: u8 = 80;

/// One judged answer of a visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JudgedAnswer {
    pub rep: Uuid,
    pub team: String,
    pub objection: Uuid,
    pub on: NaiveDate,
    /// The coach's percentage where there is one, the score's otherwise.
    pub percent: u8,
    /// Nothing forbidden was said and no number contradicts the price list.
    pub flawless: bool,
    /// Whether the objection was out of the way afterwards; absent when nobody knows.
    pub resolved: Option<bool>,
}

impl JudgedAnswer {
    pub fn is_high_quality(&self) -> bool {
        self.flawless && self.percent >= HIGH_QUALITY
    }
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Share {
    pub part: u32,
    pub of: u32,
}

impl Share {
    /// 0 to 1; absent when there is nothing to take a part of.
    pub fn ratio(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.part) / f64::from(self.of))
    }

    fn count(&mut self, yes: bool) {
        self.of += 1;
        self.part += u32::from(yes);
    }
}

/// The share of high quality for each key: a rep, a team, an objection.
pub fn high_quality_share<K: Ord>(answers: &[JudgedAnswer], key: impl Fn(&JudgedAnswer) -> K) -> BTreeMap<K, Share> {
    let mut shares: BTreeMap<K, Share> = BTreeMap::new();
    for answer in answers {
        shares.entry(key(answer)).or_default().count(answer.is_high_quality());
    }
    shares
}

/// The share of resolved objections for each key, of those of which it is known: by month, `|answer| (answer.on.year(), answer.on.month())`.
pub fn resolution_rate<K: Ord>(answers: &[JudgedAnswer], key: impl Fn(&JudgedAnswer) -> K) -> BTreeMap<K, Share> {
    let mut shares: BTreeMap<K, Share> = BTreeMap::new();
    for (answer, resolved) in answers.iter().filter_map(|answer| answer.resolved.map(|resolved| (answer, resolved))) {
        shares.entry(key(answer)).or_default().count(resolved);
    }
    shares
}

#[cfg(test)]
mod tests {
    use chrono::Datelike as _;

    use super::*;

    fn answer(team: &str, month: u32, percent: u8, flawless: bool, resolved: Option<bool>) -> JudgedAnswer {
        let on = NaiveDate::from_ymd_opt(2026, month, 5).unwrap();
        let id = Uuid::nil();
        JudgedAnswer { rep: id, team: team.into(), objection: id, on, percent, flawless, resolved }
    }

    #[test]
    fn a_forbidden_promise_is_never_of_high_quality() {
        let answers =
            [answer("east", 1, 95, false, None), answer("east", 1, 80, true, None), answer("west", 1, 79, true, None)];
        let shares = high_quality_share(&answers, |answer| answer.team.clone());
        assert_eq!(shares["east"], Share { part: 1, of: 2 });
        assert_eq!(shares["west"].ratio(), Some(0.0));
        assert_eq!(Share::default().ratio(), None);
    }

    #[test]
    fn what_nobody_knows_counts_neither_way() {
        let answers = [
            answer("east", 1, 95, true, Some(true)),
            answer("east", 1, 95, true, None),
            answer("east", 2, 95, true, Some(false)),
        ];
        let rates = resolution_rate(&answers, |answer| (answer.on.year(), answer.on.month()));
        assert_eq!(rates[&(2026, 1)], Share { part: 1, of: 1 });
        assert_eq!(rates[&(2026, 2)], Share { part: 0, of: 1 });
    }
}
