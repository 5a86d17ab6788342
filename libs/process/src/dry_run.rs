//! "Which open records would this block?", asked of a definition before it is published.

use kernel::{Evidence, FieldError};
use serde::Serialize;
use uuid::Uuid;

use crate::definition::{Definition, Transition};
use crate::gate::{self, Attempt};

/// A live record as its gate would see it.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: Uuid,
    pub stage: String,
    pub facts: serde_json::Value,
    pub evidence: Vec<Evidence>,
}

/// What a definition would do to the records there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub records: usize,
    /// One entry per transition, in the definition's order.
    pub transitions: Vec<TransitionReport>,
    /// Records in a stage that the definition does not know.
    pub stranded: Vec<Stranded>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TransitionReport {
    pub from: String,
    pub to: String,
    /// How many records stand where this transition begins.
    pub tried: usize,
    pub blocked: Vec<Blocked>,
}

/// A record that could not make the move, and everything it lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Blocked {
    pub id: Uuid,
    pub missing: Vec<FieldError>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stranded {
    pub id: Uuid,
    pub stage: String,
}

/// Tries every transition out of each record's stage. Nothing is changed.
pub fn dry_run(definition: &Definition, records: impl IntoIterator<Item = Record>) -> Report {
    let transitions = definition.transitions.iter().map(empty_report).collect();
    let mut report = Report { transitions, ..Report::default() };
    for record in records {
        report.records += 1;
        report.try_record(definition, &record);
    }
    report
}

fn empty_report(transition: &Transition) -> TransitionReport {
    let Transition { from, to, .. } = transition;
    TransitionReport { from: from.clone(), to: to.clone(), tried: 0, blocked: Vec::new() }
}

impl Report {
    fn try_record(&mut self, definition: &Definition, record: &Record) {
        if definition.stage(&record.stage).is_none() {
            self.stranded.push(Stranded { id: record.id, stage: record.stage.clone() });
            return;
        }
        for transition in self.transitions.iter_mut().filter(|one| one.from == record.stage) {
            transition.try_record(definition, record);
        }
    }
}

impl TransitionReport {
    fn try_record(&mut self, definition: &Definition, record: &Record) {
        self.tried += 1;
        let Record { id, facts, evidence, .. } = record;
        if let Err(closed) = gate::pass(definition, Attempt { from: &self.from, to: &self.to, facts, evidence }) {
            self.blocked.push(Blocked { id: *id, missing: closed.missing });
        }
    }
}
