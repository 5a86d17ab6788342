//! Every stage can be reached, and every stage that is no end can be left.

use std::collections::HashSet;

use kernel::Text;

use super::Definition;
use super::check::Findings;
use super::source::DefinitionSource;

pub(super) fn check(source: &DefinitionSource, definition: &Definition, findings: &mut Findings<'_>) {
    let reached = reached(definition);
    for stage in &source.stages {
        let (id, place) = (&stage.id.value, stage.id.referenced);
        if !reached.contains(id.as_str()) {
            let en = format!("the stage {id:?} cannot be reached from the first stage");
            findings.add(place, Text::new(format!("从首个阶段无法到达阶段“{id}”"), en));
        }
        if !stage.end && definition.transitions_from(id).next().is_none() {
            let en = format!("nothing leads out of the stage {id:?}; add a transition or mark it `end: true`");
            findings.add(place, Text::new(format!("阶段“{id}”没有出口；请添加流转或标记 end: true"), en));
        }
    }
}

fn reached(definition: &Definition) -> HashSet<&str> {
    let mut open: Vec<_> = definition.first_stage().map(|stage| stage.id.as_str()).into_iter().collect();
    let mut reached = HashSet::new();
    while let Some(stage) = open.pop() {
        if reached.insert(stage) {
            open.extend(definition.transitions.iter().filter(|t| t.from == stage).map(|t| t.to.as_str()));
        }
    }
    reached
}
