//! The step every movement of a journey takes: gate, node, evidence, stall timer.

use contracts::collections::v1::JourneyAdvanced;
use journal::{Entry, Timer, Write};
use kernel::{Evidence, Text};
use process::Definition;
use uuid::Uuid;

use super::stall_journey::TIMER;
use crate::app::State;
use crate::domain::node::Node;
use crate::domain::receivable::Receivable;
use crate::domain::{journey, stall};
use crate::error::CollectionsError;
use crate::store;

/// What a movement rests on.
pub struct Step {
    pub to: Node,
    /// Who is responsible for the node.
    pub owner: Uuid,
    pub evidence: Vec<Evidence>,
    pub note: Option<String>,
}

/// Moves the receivable to a node when the definition's gate lets it; the caller saves the receivable.
pub async fn enter_node(
    state: &State,
    write: &mut Write,
    receivable: &mut Receivable,
    step: Step,
) -> Result<(), CollectionsError> {
    let definition = state.definitions.current(write.db(), receivable.tenant, journey::DEFINITION).await?;
    journey::judge(&definition, receivable, step.to, step.owner, &step.evidence)?;
    let from = std::mem::replace(&mut receivable.node, step.to);
    receivable.moved_at = write.now();
    let reached = store::nodes::Reached {
        node: step.to,
        owner_id: step.owner,
        evidence: step.evidence.clone(),
        note: step.note.clone(),
        definition_version: definition.version.cast_signed(),
        reached_at: write.now(),
        reached_by: write.caller().principal.id,
    };
    let now = write.now();
    store::nodes::insert(write.db(), receivable.tenant.0, receivable.id, &reached).await?;
    store::blockers::close_all(write.db(), receivable.id, now).await?;
    let entry = Entry::new(&advanced(receivable, from), receivable.id, receivable.next_version())?
        .change(from.stage(), step.to.stage())
        .why(by_process(&definition))
        .evidence(step.evidence);
    write.record(match step.note {
        Some(note) => entry.personal("note", note),
        None => entry,
    });
    arm_stall(state, write, &definition, receivable).await
}

fn by_process(definition: &Definition) -> Text {
    let (name, version) = (&definition.name, definition.version);
    Text::new(format!("按流程 {name} 第 {version} 版"), format!("by version {version} of the process {name}"))
}

fn advanced(receivable: &Receivable, from: Node) -> JourneyAdvanced {
    JourneyAdvanced {
        receivable_id: receivable.id.to_string(),
        customer_id: receivable.customer_id.to_string(),
        from: from.number().into(),
        to: receivable.node.number().into(),
        owner_id: receivable.owner_id.to_string(),
        org: receivable.org.to_string(),
        expected_payment_at: receivable.expected_payment_at.map(Into::into),
    }
}

/// Starts the next period without movement. Timers of earlier versions stay and fire without effect: taking them back
/// would wait for one that is firing and waits for this receivable.
pub async fn arm_stall(
    state: &State,
    write: &mut Write,
    definition: &Definition,
    receivable: &mut Receivable,
) -> Result<(), CollectionsError> {
    let Some(deadline) = stall::deadline(definition, receivable.node).filter(|_| receivable.is_open()) else {
        return Ok(());
    };
    let due_at = stall::next_stall(deadline, &state.calendar, receivable.moved_at, write.now());
    receivable.stall_generation =
        i32::try_from(receivable.version).map_err(|error| CollectionsError::stored("version", error))?;
    let timer = Timer {
        aggregate: "receivable",
        aggregate_id: receivable.id,
        kind: TIMER,
        generation: receivable.stall_generation,
        due_at,
        payload: serde_json::json!({ "node": receivable.node.number() }),
    };
    Ok(write.arm(timer).await?)
}
