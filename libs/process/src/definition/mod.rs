//! Process definitions: stages, and for each move between them what it asks for and what it starts.
//!
//! [`Definition::parse`] reads YAML, checks all of it and compiles every CEL condition once.

mod bounds;
mod check;
mod condition;
mod error;
mod length;
mod model;
mod reachable;
mod source;
mod transition;

pub use condition::{Condition, Facts, NotEvaluable};
pub use error::{DefinitionError, Malformed};
pub use length::{BadLength, Length};
pub use model::{
    ApprovalLimit, ApprovalRule, Deadline, Definition, EvidenceRule, Field, Gate, NextAction, Policy, Stage, Transition,
};
