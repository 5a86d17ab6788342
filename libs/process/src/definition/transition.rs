//! Checks of one transition.

use kernel::Text;

use super::check::Findings;
use super::condition::Condition;
use super::source::{
    ApprovalSource, DeadlineSource, GateSource, LimitSource, NextActionSource, TransitionSource, Word,
};
use super::{
    ApprovalLimit, ApprovalRule, Deadline, Definition, DefinitionError, Gate, Length, NextAction, Policy, Transition,
};
use crate::calendar::DeadlineClock;

impl Findings<'_> {
    pub(super) fn transition(&mut self, source: &TransitionSource, known: &Definition) -> Transition {
        self.stage_exists(&source.from, known);
        self.stage_exists(&source.to, known);
        self.unique("gate", source.gates.iter().map(|gate| gate.id.clone()));
        self.unique("approval", source.approvals.iter().map(|approval| approval.id.clone()));
        self.unique("deadline", source.deadlines.iter().map(|deadline| deadline.kind.clone()));
        self.next_action_is_named(source, known);
        Transition {
            from: source.from.value.clone(),
            to: source.to.value.clone(),
            requires: self.declared("field", &source.requires, &known.fields, |field| &field.id),
            evidence: self.declared("evidence", &source.evidence, &known.evidence, |rule| &rule.name),
            gates: source.gates.iter().filter_map(|gate| self.gate(gate, known)).collect(),
            approvals: source.approvals.iter().filter_map(|rule| self.approval(rule, known)).collect(),
            deadlines: source.deadlines.iter().map(|deadline| self.deadline(deadline)).collect(),
            next_action: source.next_action.as_ref().map(|action| self.next_action(action)),
        }
    }

    fn stage_exists(&mut self, word: &Word, known: &Definition) {
        if known.stage(&word.value).is_none() {
            let stages: Vec<_> = known.stages.iter().map(|stage| stage.id.as_str()).collect();
            self.unknown("stage", word, &stages);
        }
    }

    /// Every stage advance triggers the next action; only an end may leave it out.
    fn next_action_is_named(&mut self, source: &TransitionSource, known: &Definition) {
        let ends = known.stage(&source.to.value).is_none_or(|stage| stage.end);
        if source.next_action.is_none() && !ends {
            let reason =
                Text::new("进入非终点阶段必须写明下一步动作", "a move to a stage that is no end needs a next action");
            self.add(source.from.referenced, reason);
        }
    }

    /// Looks names up among what the definition declares.
    fn declared<T: Clone>(&mut self, what: &str, words: &[Word], known: &[T], name: fn(&T) -> &String) -> Vec<T> {
        self.unique(what, words.iter().cloned());
        let mut found = Vec::with_capacity(words.len());
        for word in words {
            match known.iter().find(|one| *name(one) == word.value) {
                Some(one) => found.push(one.clone()),
                None => self.unknown(what, word, &known.iter().map(|one| name(one).as_str()).collect::<Vec<_>>()),
            }
        }
        found
    }

    fn gate(&mut self, source: &GateSource, known: &Definition) -> Option<Gate> {
        let (id, reason) = (self.identifier(&source.id), self.text(&source.reason));
        let remedy = self.text(&source.remedy);
        Some(Gate { id, condition: self.condition(&source.condition, known)?, reason, remedy })
    }

    fn approval(&mut self, source: &ApprovalSource, known: &Definition) -> Option<ApprovalRule> {
        if source.roles.is_empty() {
            self.add(source.id.referenced, Text::new("审批至少需要一个角色", "an approval needs at least one role"));
        }
        let id = self.identifier(&source.id);
        let when = match &source.when {
            Some(word) => Some(self.condition(word, known)?),
            None => None,
        };
        Some(ApprovalRule {
            id,
            title: self.text(&source.title),
            when,
            policy: self.policy(&source.policy),
            roles: self.roles(&source.roles),
            two_roles: source.two_roles,
            limit: source.limit.as_ref().map(|limit| self.limit(limit)),
            escalate_to: self.role(&source.escalate_to),
        })
    }

    fn policy(&mut self, word: &Word) -> Policy {
        Policy::ALL.into_iter().find(|policy| policy.as_str() == word.value).unwrap_or_else(|| {
            self.unknown("policy", word, &Policy::ALL.map(Policy::as_str));
            Policy::All
        })
    }

    fn limit(&mut self, source: &LimitSource) -> ApprovalLimit {
        ApprovalLimit { length: self.length(&source.after), clock: self.clock(&source.clock) }
    }

    fn deadline(&mut self, source: &DeadlineSource) -> Deadline {
        Deadline {
            kind: self.identifier(&source.kind),
            after: self.length(&source.after),
            clock: self.clock(&source.clock),
            then: self.identifier(&source.then),
            tell: self.roles(&source.tell),
        }
    }

    fn next_action(&mut self, source: &NextActionSource) -> NextAction {
        NextAction { id: self.identifier(&source.id), title: self.text(&source.title), role: self.role(&source.role) }
    }

    fn length(&mut self, word: &Word) -> Length {
        word.value.parse().unwrap_or_else(|error: super::BadLength| {
            let zh = format!("“{}”不是合法时长，例如 30m、2h、3d，最长 3660d", word.value);
            self.add(word.referenced, Text::new(zh, error.to_string()));
            Length::default()
        })
    }

    fn clock(&mut self, word: &Word) -> DeadlineClock {
        let clocks = [DeadlineClock::Working, DeadlineClock::Elapsed];
        clocks.into_iter().find(|clock| clock.as_str() == word.value).unwrap_or_else(|| {
            self.unknown("clock", word, &clocks.map(DeadlineClock::as_str));
            DeadlineClock::Elapsed
        })
    }

    fn condition(&mut self, word: &Word, known: &Definition) -> Option<Condition> {
        let facts: Vec<_> = known.fields.iter().map(|field| field.id.as_str()).collect();
        match Condition::compile(&word.value, &facts) {
            Ok(condition) => Some(condition),
            Err(errors) => {
                let placed = errors.into_iter().map(|error| place_in_text(self.source, word, error));
                self.errors.extend(placed);
                None
            }
        }
    }
}

/// A place inside an expression, moved to where the expression stands in the YAML text. A block
/// scalar is placed at its first line; lines that YAML folds into one count as that line.
fn place_in_text(source: &str, word: &Word, error: DefinitionError) -> DefinitionError {
    let (line, column) = (word.referenced.line(), word.referenced.column());
    let index = |at: u64| usize::try_from(at.saturating_sub(1)).unwrap_or(usize::MAX);
    let text = source.lines().nth(index(line)).unwrap_or_default();
    let opening = text.chars().nth(index(column)).filter(|c| matches!(c, '"' | '\'') && !word.value.starts_with(*c));
    let reason = Text::new(
        format!("条件第 {} 行第 {} 列：{}", error.line, error.column, error.reason.zh),
        format!("condition, line {}, column {}: {}", error.line, error.column, error.reason.en),
    );
    let column = column + error.column - 1 + u64::from(opening.is_some());
    DefinitionError { line: line + error.line - 1, column, reason }
}
