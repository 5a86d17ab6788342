//! What the play did: each step with its ids, outcome and duration.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The whole play.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    pub steps: Vec<Step>,
    pub milliseconds: u64,
}

/// One step of the play.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Step {
    pub chapter: String,
    pub name: String,
    pub status: Status,
    /// What came out: ids, counts, reasons, as the product answered them.
    pub facts: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    pub milliseconds: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Done,
    Failed,
}

impl Report {
    pub fn succeeded(&self) -> bool {
        !self.steps.is_empty() && self.steps.iter().all(|step| step.status == Status::Done)
    }

    /// A fact of a step, by the step's name.
    pub fn fact(&self, step: &str, fact: &str) -> Option<&Value> {
        self.steps.iter().find(|known| known.name == step)?.facts.get(fact)
    }
}
