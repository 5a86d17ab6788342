//! "Which open records would this block or free?", asked of a definition before it is published.

use kernel::{Evidence, FieldError};
use serde::Serialize;
use uuid::Uuid;

use crate::definition::{Definition, Transition};
use crate::gate::{Attempt, Closed, Judge, Passage};

/// The most records a service hands over: its newest open ones.
pub const MOST_RECORDS: usize = 1_000;

/// A live record as its gate would see it.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: Uuid,
    pub stage: String,
    pub facts: serde_json::Value,
    pub evidence: Vec<Evidence>,
}

/// What a definition would do to the records there are, beside what the one in force does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Report {
    /// The version in force, and the one that was tried.
    pub in_force: u32,
    pub proposed: u32,
    /// How many records were tried.
    pub records: usize,
    /// True when there may be more open records than were tried.
    pub limited: bool,
    /// One entry per move, in the definition's order; then the moves that it takes away.
    pub transitions: Vec<TransitionReport>,
    /// Records in a stage that the definition does not know.
    pub stranded: Vec<Stranded>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct TransitionReport {
    pub from: String,
    pub to: String,
    /// How many records stand where this move begins.
    pub tried: usize,
    pub blocked: Vec<Blocked>,
    /// Records that could not make the move under the version in force, and could under this one.
    pub freed: Vec<Uuid>,
    /// Records that could make the move with approvals, now or under this version.
    pub approvals: Vec<ApprovalsAsked>,
}

/// A record that could not make the move, and everything it lacks. What comes with a move, such as a
/// reason, is lacking until somebody makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Blocked {
    pub id: Uuid,
    /// True when the record could make the move under the version in force.
    pub newly: bool,
    pub missing: Vec<FieldError>,
    /// The fields of `missing` that nothing is missing for under the version in force.
    pub newly_missing: Vec<String>,
}

/// The approval rules that hold for a record, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ApprovalsAsked {
    pub id: Uuid,
    pub rules: Vec<String>,
    /// Under the version in force.
    pub rules_in_force: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Stranded {
    pub id: Uuid,
    pub stage: String,
}

/// The version in force and the one that may follow it, judged by the service's own gate.
#[derive(Clone, Copy, Debug)]
pub struct Change<'d> {
    pub in_force: &'d Definition,
    pub proposed: &'d Definition,
    pub judge: Judge,
}

/// Tries every move out of each record's stage under both versions. Nothing is changed.
pub fn dry_run(change: Change<'_>, records: impl IntoIterator<Item = Record>) -> Report {
    let mut report = Report::empty(change);
    for record in records {
        report.records += 1;
        report.try_record(change, &record);
    }
    report.limited = report.records >= MOST_RECORDS;
    report
}

impl Report {
    fn empty(Change { in_force, proposed, .. }: Change<'_>) -> Self {
        let taken_away = in_force.transitions.iter().filter(|one| proposed.transition(&one.from, &one.to).is_none());
        Self {
            in_force: in_force.version,
            proposed: proposed.version,
            transitions: proposed.transitions.iter().chain(taken_away).map(TransitionReport::empty).collect(),
            ..Self::default()
        }
    }

    fn try_record(&mut self, change: Change<'_>, record: &Record) {
        if change.proposed.stage(&record.stage).is_none() {
            self.stranded.push(Stranded { id: record.id, stage: record.stage.clone() });
            return;
        }
        for transition in self.transitions.iter_mut().filter(|one| one.from == record.stage) {
            transition.try_record(change, record);
        }
    }
}

impl TransitionReport {
    fn empty(Transition { from, to, .. }: &Transition) -> Self {
        let (from, to) = (from.clone(), to.clone());
        Self { from, to, tried: 0, blocked: Vec::new(), freed: Vec::new(), approvals: Vec::new() }
    }

    fn try_record(&mut self, change: Change<'_>, record: &Record) {
        self.tried += 1;
        let Record { id, facts, evidence, .. } = record;
        let attempt = Attempt { from: &self.from, to: &self.to, facts, evidence };
        let before = (change.judge)(change.in_force, attempt);
        let after = (change.judge)(change.proposed, attempt);
        let (rules, rules_in_force) = (rules(&after), rules(&before));
        match after {
            Err(closed) => self.blocked.push(blocked(*id, closed, before.err().as_ref())),
            Ok(_) if before.is_err() => self.freed.push(*id),
            Ok(_) => {}
        }
        if !rules.is_empty() || !rules_in_force.is_empty() {
            self.approvals.push(ApprovalsAsked { id: *id, rules, rules_in_force });
        }
    }
}

fn blocked(id: Uuid, closed: Closed, before: Option<&Closed>) -> Blocked {
    let known = |field: &str| before.is_some_and(|closed| closed.missing.iter().any(|one| one.field == field));
    let fields = closed.missing.iter().map(|one| one.field.clone());
    let newly_missing = fields.filter(|field| !known(field)).collect();
    Blocked { id, newly: before.is_none(), newly_missing, missing: closed.missing }
}

fn rules(judged: &Result<Passage<'_>, Closed>) -> Vec<String> {
    let asked = judged.as_ref().map_or(&[][..], |passage| passage.approvals.as_slice());
    asked.iter().map(|rule| rule.id.clone()).collect()
}
