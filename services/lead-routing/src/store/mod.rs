//! SQL only. Rows travel as JSON documents with the columns' names, and become domain types by `serde`.

pub mod assignments;
pub mod forms;
pub mod imports;
pub mod keys;
pub mod leads;
pub mod queue;
pub mod reps;
pub mod rules;
pub mod shares;
pub mod touches;
