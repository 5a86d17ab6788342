//! Health: a score from facts, a colour from the score, and the reasons in plain words.

use kernel::{Text, choices};
use serde::Deserialize;

choices! {
    /// Red sorts below yellow, yellow below green.
    Health { Red = "red", Yellow = "yellow", Green = "green" }
}

choices! {
    /// How the latest delivery was taken; better sorts higher.
    Acceptance {
        Rejected = "rejected",
        None = "none",
        /// Accepted after it had been rejected.
        Accepted = "accepted",
        FirstPass = "first_pass",
    }
}

/// What a fact adds or takes away, and where the colours begin.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HealthRules {
    /// Every customer starts here.
    pub base: i32,
    /// From this score on a customer is green.
    pub green_from: i32,
    /// Below this score a customer is red.
    pub red_below: i32,
    /// Without contact for longer than this the colour drops by one.
    pub stale_after_days: i64,
    pub recent_contact: i32,
    pub accepted_first_pass: i32,
    pub accepted: i32,
    pub rejected: i32,
    pub receivable_cleared: i32,
    pub journey_stalled: i32,
    pub promise_red: i32,
    pub orders_growing: i32,
    pub orders_shrinking: i32,
}

/// What is known about a customer now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HealthFacts {
    pub days_since_contact: i64,
    pub acceptance: Acceptance,
    /// Receivables cleared within a year.
    pub cleared: u32,
    /// Payment journeys that stand still.
    pub stalled: u32,
    /// Promises earlier than the schedule, of deliveries not yet accepted.
    pub red_promises: u32,
    /// Signed in the last half year, in minor units.
    pub orders_recent: i64,
    /// Signed in the half year before.
    pub orders_before: i64,
}

/// The judgement, with a sentence for every fact that counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub health: Health,
    pub score: i32,
    pub reasons: Vec<Text>,
}

/// Judges a customer. A better fact never lowers score or colour.
pub fn judge(facts: &HealthFacts, rules: &HealthRules) -> Judged {
    let counted = [contact(facts, rules), acceptance(facts, rules), payment(facts, rules), stall(facts, rules)];
    let counted = counted.into_iter().chain([promise(facts, rules), trend(facts, rules)]);
    let mut score = rules.base;
    let mut reasons = Vec::new();
    for (points, reason) in counted.flatten() {
        score = score.saturating_add(points);
        reasons.push(Text::new(format!("{}（{points:+}）", reason.zh), format!("{} ({points:+})", reason.en)));
    }
    let colour = colour(score, rules);
    if !is_stale(facts, rules) {
        return Judged { health: colour, score, reasons };
    }
    let days = rules.stale_after_days;
    reasons.push(Text::new(
        format!("超过 {days} 天没有联系，降一级"),
        format!("no contact for more than {days} days: one colour lower"),
    ));
    Judged { health: one_lower(colour), score, reasons }
}

type Counted = Option<(i32, Text)>;

fn contact(facts: &HealthFacts, rules: &HealthRules) -> Counted {
    let reason = match facts.days_since_contact {
        0 => Text::new("今天有联系或建档", "contact or registration today"),
        1 => Text::new("1 天前有联系", "last contact yesterday"),
        days => Text::new(format!("{days} 天前有联系"), format!("last contact {days} days ago")),
    };
    (!is_stale(facts, rules)).then_some((rules.recent_contact, reason))
}

fn acceptance(facts: &HealthFacts, rules: &HealthRules) -> Counted {
    let told = |points, zh, en| Some((points, Text::new(zh, en)));
    match facts.acceptance {
        Acceptance::FirstPass => {
            told(rules.accepted_first_pass, "最近一次交付一次验收通过", "the last delivery was accepted at once")
        }
        Acceptance::Accepted => told(
            rules.accepted,
            "最近一次交付整改后验收通过",
            "the last delivery was accepted after it had been rejected",
        ),
        Acceptance::Rejected => told(rules.rejected, "最近一次交付被拒收", "the last delivery was rejected"),
        Acceptance::None => None,
    }
}

fn payment(facts: &HealthFacts, rules: &HealthRules) -> Counted {
    let count = facts.cleared;
    let reason =
        || Text::new(format!("近一年结清 {count} 笔应收"), format!("receivables cleared within a year: {count}"));
    (count > 0).then(|| (rules.receivable_cleared, reason()))
}

fn stall(facts: &HealthFacts, rules: &HealthRules) -> Counted {
    times(facts.stalled, rules.journey_stalled, "笔回款流程停滞", "payment journeys at a standstill")
}

fn promise(facts: &HealthFacts, rules: &HealthRules) -> Counted {
    times(facts.red_promises, rules.promise_red, "个交付承诺早于排产", "delivery promises earlier than the schedule")
}

fn times(count: u32, each: i32, zh: &str, en: &str) -> Counted {
    let points = each.saturating_mul(i32::try_from(count).unwrap_or(i32::MAX));
    (count > 0).then(|| (points, Text::new(format!("{count} {zh}"), format!("{en}: {count}"))))
}

fn trend(facts: &HealthFacts, rules: &HealthRules) -> Counted {
    let told = |points, zh, en| Some((points, Text::new(zh, en)));
    match facts.orders_recent.cmp(&facts.orders_before) {
        std::cmp::Ordering::Greater => told(
            rules.orders_growing,
            "近半年订单多于前半年",
            "more ordered in the last half year than in the one before",
        ),
        std::cmp::Ordering::Less => told(
            rules.orders_shrinking,
            "近半年订单少于前半年",
            "less ordered in the last half year than in the one before",
        ),
        std::cmp::Ordering::Equal => None,
    }
}

fn is_stale(facts: &HealthFacts, rules: &HealthRules) -> bool {
    facts.days_since_contact > rules.stale_after_days
}

fn colour(score: i32, rules: &HealthRules) -> Health {
    if score >= rules.green_from {
        Health::Green
    } else if score >= rules.red_below {
        Health::Yellow
    } else {
        Health::Red
    }
}

fn one_lower(health: Health) -> Health {
    match health {
        Health::Green => Health::Yellow,
        Health::Yellow | Health::Red => Health::Red,
    }
}

impl HealthRules {
    /// True when the signs of the points keep a better fact from lowering the score.
    pub fn are_fair(&self) -> bool {
        let rewards = [self.recent_contact, self.receivable_cleared, self.orders_growing, self.accepted];
        let penalties = [self.journey_stalled, self.promise_red, self.orders_shrinking, self.rejected];
        rewards.iter().all(|points| *points >= 0)
            && penalties.iter().all(|points| *points <= 0)
            && self.accepted_first_pass >= self.accepted
            && self.green_from > self.red_below
            && self.stale_after_days > 0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rules() -> HealthRules {
        HealthRules {
            base: 50,
            green_from: 85,
            red_below: 45,
            stale_after_days: 30,
            recent_contact: 10,
            accepted_first_pass: 15,
            accepted: 5,
            rejected: -25,
            receivable_cleared: 15,
            journey_stalled: -20,
            promise_red: -25,
            orders_growing: 5,
            orders_shrinking: -10,
        }
    }

    const NEW: HealthFacts = HealthFacts {
        days_since_contact: 0,
        acceptance: Acceptance::None,
        cleared: 0,
        stalled: 0,
        red_promises: 0,
        orders_recent: 0,
        orders_before: 0,
    };

    #[test]
    fn a_new_customer_is_yellow_and_drops_without_contact() {
        assert_eq!(judge(&NEW, &rules()).health, Health::Yellow);
        let forgotten = judge(&HealthFacts { days_since_contact: 31, ..NEW }, &rules());
        assert_eq!(forgotten.health, Health::Red);
        assert!(forgotten.reasons[0].zh.contains("30 天"), "{:?}", forgotten.reasons);
    }

    #[test]
    fn delivered_and_paid_is_green() {
        let signed = HealthFacts { orders_recent: 1, ..NEW };
        let accepted = HealthFacts { acceptance: Acceptance::FirstPass, ..signed };
        let paid = HealthFacts { cleared: 1, ..accepted };
        let colours = [signed, accepted, paid].map(|facts| judge(&facts, &rules()).health);
        assert_eq!(colours, [Health::Yellow, Health::Yellow, Health::Green]);
        assert_eq!(judge(&HealthFacts { days_since_contact: 40, ..paid }, &rules()).health, Health::Yellow);
    }

    #[test]
    fn one_stalled_journey_or_red_promise_turns_a_new_customer_red() {
        assert_eq!(judge(&HealthFacts { stalled: 1, ..NEW }, &rules()).health, Health::Red);
        assert_eq!(judge(&HealthFacts { red_promises: 1, ..NEW }, &rules()).health, Health::Red);
    }

    fn any_facts() -> impl Strategy<Value = HealthFacts> {
        let outcome = prop::sample::select(Acceptance::ALL);
        (0_i64..90, outcome, 0_u32..4, 0_u32..4, 0_u32..4, 0_i64..100, 0_i64..100).prop_map(
            |(days_since_contact, acceptance, cleared, stalled, red_promises, orders_recent, orders_before)| {
                HealthFacts {
                    days_since_contact,
                    acceptance,
                    cleared,
                    stalled,
                    red_promises,
                    orders_recent,
                    orders_before,
                }
            },
        )
    }

    /// One fact made better.
    fn improved(facts: HealthFacts, which: usize, by: u32, best: Acceptance) -> HealthFacts {
        let mut better = facts;
        match which {
            0 => better.days_since_contact = (facts.days_since_contact - i64::from(by) * 10).max(0),
            1 => better.acceptance = facts.acceptance.max(best),
            2 => better.cleared += by,
            3 => better.stalled = facts.stalled.saturating_sub(by),
            4 => better.red_promises = facts.red_promises.saturating_sub(by),
            _ => better.orders_recent += i64::from(by) * 20,
        }
        better
    }

    proptest! {
        #[test]
        fn a_better_fact_never_lowers_score_or_colour(
            facts in any_facts(), which in 0_usize..6, by in 0_u32..5, best in prop::sample::select(Acceptance::ALL),
        ) {
            prop_assert!(rules().are_fair());
            let (before, after) = (judge(&facts, &rules()), judge(&improved(facts, which, by, best), &rules()));
            prop_assert!(after.score >= before.score && after.health >= before.health);
        }

        #[test]
        fn every_point_has_a_reason(facts in any_facts()) {
            let judged = judge(&facts, &rules());
            prop_assert!(judged.score == rules().base || !judged.reasons.is_empty());
        }
    }
}
