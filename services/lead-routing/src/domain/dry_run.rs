//! What a change of the rules would have done with leads of the past.
//!
//! Both rulebooks are tried on the same leads, one after the other, with everybody present and without a limit: this
//! compares rules, not days. Loads and percentages begin at nothing and grow with each lead, as they do in life.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{Money, OrgPath};
use serde::Serialize;
use uuid::Uuid;

use super::availability::{Calendars, Circumstances};
use super::lead::Lead;
use super::rep::Rep;
use super::route::{Decision, Outcome, Question, Splits, route};
use super::rule::Rule;

/// Where a lead would go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Fate {
    /// The rule that decides; none when no rule finds anybody.
    pub rule: Option<String>,
    /// reps, `fallback_owner` or queue.
    pub outcome: &'static str,
    pub person_id: Option<Uuid>,
    pub name: Option<String>,
    /// The node in whose pool it waits, where the rule names one.
    pub org: Option<OrgPath>,
}

impl Fate {
    /// True when somebody else gets the lead, or nobody any more.
    pub fn differs_from(&self, other: &Self) -> bool {
        (self.outcome == "queue", self.person_id, &self.org) != (other.outcome == "queue", other.person_id, &other.org)
    }
}

/// Tries `rules` on every lead, in the order given.
pub fn fates(rules: &[Rule], reps: &[Rep], leads: &[Lead], calendars: &Calendars, novice_limit: Money) -> Vec<Fate> {
    let mut reps: Vec<Rep> = reps.iter().map(at_hand).collect();
    let mut splits = Splits::new();
    let mut all = Vec::with_capacity(leads.len());
    for lead in leads {
        let now = lead.received_at;
        for rep in &mut reps {
            rep.last_signed_in_at = Some(now);
        }
        let (facts, around) = (lead.facts(), Circumstances { now, calendars, without: &[], novice_limit });
        let decision = route(Question { facts: &facts, rules, reps: &reps, splits: &splits, around });
        let fate = fate_of(&decision, &reps);
        count(&mut reps, &mut splits, &decision, fate.person_id, now);
        all.push(fate);
    }
    all
}

/// The same person on a day on which nothing keeps them from taking leads.
fn at_hand(rep: &Rep) -> Rep {
    Rep {
        paused: false,
        travelling: false,
        leave_from: None,
        leave_to: None,
        on_duty: true,
        daily_cap: None,
        open_limit: i32::MAX,
        open_count: 0,
        day_assigned: 0,
        day_closed: 0,
        last_assigned_at: None,
        ..rep.clone()
    }
}

fn fate_of(decision: &Decision, reps: &[Rep]) -> Fate {
    let rule = decision.rule.as_ref().map(|rule| rule.name.clone());
    let (outcome, person_id, org) = match &decision.outcome {
        Outcome::Reps(order) => ("reps", order.first().copied(), None),
        Outcome::FallbackOwner(id) => ("fallback_owner", Some(*id), None),
        Outcome::Queue(node) => ("queue", None, node.clone()),
    };
    let name = reps.iter().find(|rep| Some(rep.person_id) == person_id).map(|rep| rep.name.clone());
    Fate { rule, outcome, person_id, name, org }
}

fn count(reps: &mut [Rep], splits: &mut Splits, decision: &Decision, taken: Option<Uuid>, now: DateTime<Utc>) {
    let Some(rep) = reps.iter_mut().find(|rep| Some(rep.person_id) == taken) else { return };
    *rep = rep.with_one_more(now);
    if let Some(rule) = decision.rule.as_ref().filter(|rule| rule.splits) {
        *splits.entry((rule.id, rep.person_id)).or_default() += 1;
    }
}

/// What somebody would have got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PersonShift {
    pub person_id: Uuid,
    pub name: String,
    /// How many of the leads, under the rules in force and under the changed ones.
    pub before: usize,
    pub after: usize,
}

/// Everybody who gets anything, by how much changes for them.
pub fn shifts(reps: &[Rep], before: &[Fate], after: &[Fate]) -> Vec<PersonShift> {
    let count = |fates: &[Fate]| {
        let mut counts: HashMap<Uuid, usize> = HashMap::new();
        for id in fates.iter().filter_map(|fate| fate.person_id) {
            *counts.entry(id).or_default() += 1;
        }
        counts
    };
    let (had, has) = (count(before), count(after));
    let of = |counts: &HashMap<Uuid, usize>, id| counts.get(&id).copied().unwrap_or(0);
    let shift = |rep: &Rep| PersonShift {
        person_id: rep.person_id,
        name: rep.name.clone(),
        before: of(&had, rep.person_id),
        after: of(&has, rep.person_id),
    };
    let mut all: Vec<_> = reps.iter().map(shift).filter(|shift| shift.before + shift.after > 0).collect();
    all.sort_by_key(|shift| (std::cmp::Reverse(shift.before.abs_diff(shift.after)), shift.person_id));
    all
}
