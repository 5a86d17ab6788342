//! What of a well-formed definition would have no effect in a service. It is refused: nobody shall believe that a
//! requirement holds which nothing asks for.

use kernel::{FieldError, Text};
use process::Definition;
use process::definition::Transition;

use super::Processes;

pub(super) fn in_definition(processes: &Processes, definition: &Definition) -> Vec<FieldError> {
    let name = unknown_name(processes, definition);
    let stages = definition.stages.iter().map(|stage| stage.id.as_str());
    let stages = stages.filter(|stage| processes.stages.is_some_and(|known| !known.contains(stage)));
    let moves = definition.transitions.iter().filter(|one| !is_judged(processes, one) && asks_for_something(one));
    name.into_iter().chain(stages.map(unknown_stage)).chain(moves.map(without_gate)).collect()
}

fn unknown_name(processes: &Processes, definition: &Definition) -> Option<FieldError> {
    let names = processes.definitions.names();
    if names.contains(&definition.name.as_str()) {
        return None;
    }
    let names = names.join(", ");
    let reason = Text::new(format!("此服务只运行：{names}"), format!("this service runs only: {names}"));
    Some(FieldError::new("name", "unknown", reason))
}

fn unknown_stage(stage: &str) -> FieldError {
    let reason = Text::new(
        format!("此服务的记录不会进入阶段“{stage}”"),
        format!("no record of this service is ever in {stage:?}"),
    );
    FieldError::new(format!("stages.{stage}"), "no_effect", reason)
}

fn is_judged(processes: &Processes, transition: &Transition) -> bool {
    !processes.own_moves.contains(&(transition.from.as_str(), transition.to.as_str()))
}

fn asks_for_something(transition: &Transition) -> bool {
    let Transition { requires, evidence, gates, approvals, .. } = transition;
    !(requires.is_empty() && evidence.is_empty() && gates.is_empty() && approvals.is_empty())
}

fn without_gate(transition: &Transition) -> FieldError {
    let Transition { from, to, .. } = transition;
    let reason = Text::new(
        format!("从“{from}”到“{to}”由系统规则决定，不检查条件"),
        format!("the move from {from:?} to {to:?} follows rules of the service and asks no gate"),
    );
    FieldError::new(format!("transitions.{from}.{to}"), "no_effect", reason)
}
