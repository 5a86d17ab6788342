//! What holds for every decision, whatever the people and rules are.

use std::sync::LazyLock;

use chrono::{DateTime, Duration, Utc};
use kernel::{Money, OrgPath, TenantId};
use process::calendar::WorkingHours;
use proptest::prelude::*;
use uuid::Uuid;

use super::availability::{Calendars, Circumstances};
use super::condition::{Condition, Facts};
use super::explanation::Naming;
use super::rep::{Level, Rep, day_of};
use super::route::{Decision, Outcome, Question, Splits, route};
use super::rule::{Action, Candidate, Fallback, Rule};
use super::source::Source;

/// Monday 2027-01-04, 09:00 in Shanghai.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_799_024_400, 0).expect("valid")
}

static CALENDARS: LazyLock<Calendars> = LazyLock::new(|| Calendars::new(WorkingHours::default()).expect("calendars"));

fn facts() -> Facts {
    Facts {
        source: Source::WebForm,
        budget: Some(Money::cny(10_000_000)),
        region: Some("上海".into()),
        industry: Some("化工".into()),
        company: "华辰".into(),
        domain: None,
        note: None,
    }
}

fn rep(id: u128) -> Rep {
    Rep {
        tenant_id: TenantId(Uuid::nil()),
        person_id: Uuid::from_u128(id),
        org: OrgPath::root(),
        name: format!("测试{id}"),
        version: 1,
        active: true,
        paused: false,
        level: Level::Senior,
        skills: vec!["化工".into()],
        daily_cap: None,
        open_limit: 1_000,
        last_signed_in_at: Some(now()),
        travelling: false,
        leave_from: None,
        leave_to: None,
        hours: vec![],
        on_duty: false,
        revision: 1,
        open_count: 0,
        day: day_of(now()),
        day_assigned: 0,
        day_closed: 0,
        assigned_total: 0,
        last_assigned_at: None,
    }
}

fn rule(action: Action) -> Rule {
    Rule {
        id: Uuid::from_u128(99),
        position: 1,
        name: "全部".into(),
        enabled: true,
        version: 1,
        condition: Condition::default(),
        action,
    }
}

fn decide(reps: &[Rep], rules: &[Rule], at: DateTime<Utc>) -> Decision {
    let splits = Splits::new();
    let novice_limit = Money::cny(5_000_000);
    let around = Circumstances { now: at, calendars: &CALENDARS, without: &[], novice_limit };
    route(Question { facts: &facts(), rules, reps, splits: &splits, around })
}

fn first(decision: &Decision) -> Option<Uuid> {
    match &decision.outcome {
        Outcome::Reps(order) => order.first().copied(),
        _ => None,
    }
}

prop_compose! {
    fn any_rep()(
        id in 1_u128..1_000, open in 0..12_i32, day_assigned in 0..6_i32, cap in prop::option::of(0..6_i32),
        flags in prop::array::uniform5(prop::bool::weighted(0.2)), signed_in_days in prop::option::of(0_i64..14),
        leave in prop::option::of(-3_i64..3), novice in any::<bool>(), skilled in prop::bool::weighted(0.8),
        other_day in any::<bool>(),
    ) -> Rep {
        let [inactive, paused, travelling, on_duty, late_shift] = flags;
        let late = serde_json::json!([{"weekdays": ["Mon"], "from": "18:00:00", "to": "23:00:00"}]);
        Rep {
            active: !inactive, paused, travelling, on_duty, open_count: open, open_limit: 8, daily_cap: cap, day_assigned,
            day: if other_day { day_of(now()).pred_opt().expect("a day") } else { day_of(now()) },
            last_signed_in_at: signed_in_days.map(|days| now() - Duration::days(days)),
            leave_from: leave.map(|day| now() + Duration::days(day)),
            leave_to: leave.map(|day| now() + Duration::days(day + 1)),
            level: if novice { Level::Novice } else { Level::Senior },
            skills: if skilled { vec!["化工".into()] } else { vec![] },
            hours: if late_shift { serde_json::from_value(late).expect("hours") } else { vec![] },
            ..rep(id)
        }
    }
}

prop_compose! {
    fn any_reps()(mut reps in prop::collection::vec(any_rep(), 0..15)) -> Vec<Rep> {
        reps.sort_by_key(|rep| rep.person_id);
        reps.dedup_by_key(|rep| rep.person_id);
        reps
    }
}

proptest! {
    #[test]
    fn nobody_gets_a_lead_that_they_must_not_get(reps in any_reps(), hour in 0_i64..24) {
        let at = now() + Duration::hours(hour);
        let needs_skill = Action { industry_skill: true, ..Action::default() };
        let Some(chosen) = first(&decide(&reps, &[rule(needs_skill)], at)) else { return Ok(()) };
        let rep = reps.iter().find(|rep| rep.person_id == chosen).expect("one of them");
        prop_assert!(rep.active && !rep.paused && !rep.travelling);
        prop_assert!(rep.open_count < rep.open_limit);
        prop_assert!(rep.daily_cap.is_none_or(|cap| rep.assigned_on(day_of(at)) < cap));
        prop_assert!(rep.last_signed_in_at.is_some_and(|signed| at - signed <= Duration::days(7)));
        prop_assert!(!(rep.leave_from.is_some_and(|from| from <= at) && rep.leave_to.is_some_and(|to| at < to)));
        prop_assert!(rep.on_duty || !rep.hours.is_empty() || hour < 9);
        prop_assert!(rep.level == Level::Senior, "the budget is above a novice's");
        prop_assert!(rep.skills.contains(&"化工".to_owned()));
    }

    #[test]
    fn everybody_is_either_considered_or_skipped_with_a_reason(reps in any_reps()) {
        let decision = decide(&reps, &[rule(Action::default())], now());
        let explained = decision.explanation.considered.len() + decision.explanation.skipped.len();
        prop_assert_eq!(explained, reps.len());
        prop_assert!(decision.explanation.sentences(Naming::Names).len() > explained, "and the rule says what came of it");
        prop_assert_eq!(first(&decision).is_some(), !decision.explanation.considered.is_empty());
    }

    #[test]
    fn the_order_in_which_people_are_listed_changes_nothing(reps in any_reps(), seed in any::<u64>()) {
        let mut shuffled = reps.clone();
        shuffled.sort_by_key(|rep| rep.person_id.as_u128().wrapping_mul(u128::from(seed) | 1));
        let rules = [rule(Action::default())];
        prop_assert_eq!(decide(&reps, &rules, now()).outcome, decide(&shuffled, &rules, now()).outcome);
    }

    #[test]
    fn shares_follow_the_weights_within_one_lead_however_fast_people_finish(
        weights in prop::collection::vec(1_u32..10, 1..8), finishing in prop::collection::vec(any::<bool>(), 1..120),
    ) {
        let mut reps: Vec<Rep> = (0..weights.len()).map(|at| rep(at as u128 + 1)).collect();
        let candidate = |(rep, weight): (&Rep, &u32)| Candidate { person_id: rep.person_id, weight: *weight };
        let rules = [rule(Action { candidates: reps.iter().zip(&weights).map(candidate).collect(), ..Action::default() })];
        let total: u32 = weights.iter().sum();
        for (given, finishes) in finishing.iter().enumerate() {
            let chosen = first(&decide(&reps, &rules, now())).expect("somebody");
            let at = reps.iter().position(|rep| rep.person_id == chosen).expect("one of them");
            reps[at] = reps[at].with_one_more(now() + Duration::seconds(given as i64));
            if *finishes {
                reps[at].open_count -= 1;
                reps[at].day_closed += 1;
            }
        }
        for (rep, weight) in reps.iter().zip(&weights) {
            let share = finishing.len() as f64 * f64::from(*weight) / f64::from(total);
            prop_assert!((f64::from(rep.day_assigned) - share).abs() < 1.0, "{} of {share}", rep.day_assigned);
        }
    }
}

#[test]
fn without_anybody_the_rule_decides_where_the_lead_waits() {
    let queue = Fallback::Queue("/huadong/".parse().expect("a path"));
    let outcome = |fallback| {
        decide(&[Rep { paused: true, ..rep(1) }], &[rule(Action { fallback, ..Action::default() })], now()).outcome
    };
    assert_eq!(outcome(Some(queue)), Outcome::Queue(Some("/huadong/".parse().expect("a path"))));
    assert_eq!(outcome(Some(Fallback::Owner(Uuid::from_u128(1)))), Outcome::FallbackOwner(Uuid::from_u128(1)));
    assert_eq!(outcome(Some(Fallback::Owner(Uuid::from_u128(2)))), Outcome::Queue(None), "unknown people get nothing");
    assert_eq!(outcome(None), Outcome::Queue(None));
}

#[test]
fn a_rule_that_finds_nobody_hands_over_to_the_next() {
    let narrow = rule(Action { skills: vec!["焊接".into()], ..Action::default() });
    let wide = Rule { id: Uuid::from_u128(100), name: "兜底".into(), ..rule(Action::default()) };
    let decision = decide(&[rep(1)], &[narrow, wide], now());
    assert_eq!(first(&decision), Some(Uuid::from_u128(1)));
    let results: Vec<_> = decision.explanation.rules.iter().map(|tried| tried.result.as_str()).collect();
    assert_eq!(results, ["nobody_fits", "chosen"]);
}
