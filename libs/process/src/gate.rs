//! The gate: may this record make this move? A refusal lists everything that is missing at once,
//! and how to supply it.

use kernel::{AsProblem, Evidence, FieldError, Kind, Problem, Text};
use serde::Serialize;

use crate::definition::{ApprovalRule, Definition, EvidenceRule, Facts, Field, Gate, NotEvaluable, Transition};

/// A move that a record wants to make.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// The stage the record is in.
    pub from: &'a str,
    /// The stage it wants to be in.
    pub to: &'a str,
    /// The record, as a JSON object keyed by the definition's fields.
    pub facts: &'a serde_json::Value,
    pub evidence: &'a [Evidence],
}

/// The move is permitted by this version of this definition.
#[derive(Clone, Debug, Serialize)]
pub struct Passage<'d> {
    pub definition: &'d str,
    pub version: u32,
    pub transition: &'d Transition,
    /// The approvals this record needs for the move, before or with it, as the service handles it.
    pub approvals: Vec<&'d ApprovalRule>,
}

/// The move is refused by this version of this definition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("the move from {from} to {to} is closed under {definition} version {version}")]
pub struct Closed {
    pub definition: String,
    pub version: u32,
    pub from: String,
    pub to: String,
    /// Codes: `field_missing`, `evidence_missing`, `gate_closed`, `transition_unknown`.
    pub missing: Vec<FieldError>,
}

impl AsProblem for Closed {
    fn problem(&self) -> Problem {
        let unknown = self.missing.iter().any(|one| one.code == "transition_unknown");
        let problem = if unknown {
            Problem::new(Kind::Refused, "transition_unknown", "流程不允许这样流转", "the process has no such move")
        } else {
            Problem::new(
                Kind::Refused,
                "gate_closed",
                "条件尚未满足，不能进入下一阶段",
                "the gate to this stage is closed",
            )
        };
        problem.with_fields(self.missing.clone())
    }
}

/// How a service judges a move: [`pass`], or [`pass_without_approvals`] where nobody is asked.
pub type Judge = for<'d> fn(&'d Definition, Attempt<'_>) -> Result<Passage<'d>, Closed>;

/// Judges one move under one version of a definition.
pub fn pass<'d>(definition: &'d Definition, attempt: Attempt<'_>) -> Result<Passage<'d>, Closed> {
    let closed = |missing| Closed {
        definition: definition.name.clone(),
        version: definition.version,
        from: attempt.from.to_owned(),
        to: attempt.to.to_owned(),
        missing,
    };
    let Some(transition) = definition.transition(attempt.from, attempt.to) else {
        return Err(closed(vec![unknown_transition(definition, attempt)]));
    };
    let facts = Facts::new(attempt.from, attempt.to, attempt.facts, attempt.evidence);
    let missing = missing(transition, attempt, &facts);
    if !missing.is_empty() {
        return Err(closed(missing));
    }
    let approvals = transition.approvals.iter().filter(|rule| is_needed(rule, &facts)).collect();
    Ok(Passage { definition: &definition.name, version: definition.version, transition, approvals })
}

/// Judges one move where no approvals are asked for: a definition that needs one keeps the gate closed rather than
/// being passed over. Code: `approval_required`.
pub fn pass_without_approvals<'d>(definition: &'d Definition, attempt: Attempt<'_>) -> Result<Passage<'d>, Closed> {
    let passage = pass(definition, attempt)?;
    if passage.approvals.is_empty() {
        return Ok(passage);
    }
    Err(Closed {
        definition: definition.name.clone(),
        version: definition.version,
        from: attempt.from.to_owned(),
        to: attempt.to.to_owned(),
        missing: passage.approvals.into_iter().map(needed_approval).collect(),
    })
}

fn needed_approval(rule: &ApprovalRule) -> FieldError {
    let Text { zh, en } = &rule.title;
    let reason = Text::new(format!("需要审批“{zh}”"), format!("needs the approval {en:?}"));
    FieldError::new(&rule.id, "approval_required", reason)
}

fn missing(transition: &Transition, attempt: Attempt<'_>, facts: &Facts) -> Vec<FieldError> {
    let fields = transition.requires.iter().filter(|field| !is_present(attempt.facts, &field.id)).map(missing_field);
    let evidence = transition.evidence.iter().filter(|rule| !is_proven(rule, attempt.evidence)).map(missing_evidence);
    let gates = transition.gates.iter().filter_map(|gate| closed_gate(gate, facts));
    fields.chain(evidence).chain(gates).collect()
}

/// A condition that cannot be evaluated asks for the approval: doubt never lets a decision pass.
fn is_needed(rule: &ApprovalRule, facts: &Facts) -> bool {
    rule.when.as_ref().is_none_or(|condition| condition.holds(facts).unwrap_or(true))
}

/// Whether a path leads to a value; null, blank text and empty lists or objects are no value.
fn is_present(facts: &serde_json::Value, path: &str) -> bool {
    match path.split('.').try_fold(facts, |value, segment| value.get(segment)) {
        None | Some(serde_json::Value::Null) => false,
        Some(serde_json::Value::String(text)) => !text.trim().is_empty(),
        Some(serde_json::Value::Array(items)) => !items.is_empty(),
        Some(serde_json::Value::Object(entries)) => !entries.is_empty(),
        Some(_) => true,
    }
}

fn is_proven(rule: &EvidenceRule, evidence: &[Evidence]) -> bool {
    evidence
        .iter()
        .any(|one| one.name == rule.name && rule.kinds.contains(&one.kind) && !one.reference.trim().is_empty())
}

fn missing_field(field: &Field) -> FieldError {
    let Text { zh, en } = &field.title;
    let default = || Text::new(format!("填写“{zh}”"), format!("fill in {en:?}"));
    FieldError::new(&field.id, "field_missing", Text::new(format!("缺少“{zh}”"), format!("{en:?} is missing")))
        .with_remedy(field.remedy.clone().unwrap_or_else(default))
}

fn missing_evidence(rule: &EvidenceRule) -> FieldError {
    let Text { zh, en } = &rule.title;
    let default = || Text::new(format!("上传或关联“{zh}”"), format!("upload or link {en:?}"));
    FieldError::new(
        &rule.name,
        "evidence_missing",
        Text::new(format!("缺少证据“{zh}”"), format!("no evidence of {en:?}")),
    )
    .with_remedy(rule.remedy.clone().unwrap_or_else(default))
}

fn closed_gate(gate: &Gate, facts: &Facts) -> Option<FieldError> {
    let reason = match gate.condition.holds(facts) {
        Ok(true) => return None,
        Ok(false) => gate.reason.clone(),
        Err(error) => unclear(&gate.reason, &error),
    };
    Some(FieldError::new(&gate.id, "gate_closed", reason).with_remedy(gate.remedy.clone()))
}

fn unclear(reason: &Text, error: &NotEvaluable) -> Text {
    Text::new(
        format!("{}（条件无法判断：{error}）", reason.zh),
        format!("{} (the condition cannot be evaluated: {error})", reason.en),
    )
}

fn unknown_transition(definition: &Definition, attempt: Attempt<'_>) -> FieldError {
    let reason = Text::new(
        format!("流程中没有从“{}”到“{}”的流转", attempt.from, attempt.to),
        format!("there is no move from {:?} to {:?}", attempt.from, attempt.to),
    );
    let next: Vec<_> = definition.transitions_from(attempt.from).map(|transition| transition.to.as_str()).collect();
    let remedy = match next.join(", ") {
        none if none.is_empty() => Text::new("该阶段没有后续阶段", "no stage follows this one"),
        list => Text::new(format!("可以进入：{list}"), format!("possible from here: {list}")),
    };
    FieldError::new("stage", "transition_unknown", reason).with_remedy(remedy)
}
