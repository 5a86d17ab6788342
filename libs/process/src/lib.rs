//! The process engine: what a stage change asks for, who approves it, and until when it must happen.
//!
//! - [`definition`]: processes written down in YAML, checked, with their CEL conditions compiled once
//! - [`gate`]: may this record make this move, and if not, everything that is missing
//! - [`dry_run`]: which live records a new definition would block or free
//! - [`approval`]: several people deciding one request, as a pure state machine
//! - [`calendar`]: working time in China, and due times on it
//! - [`store`]: the SQL of all of these; every function takes a connection inside the caller's transaction
//!
//! Nothing outside [`store`] does I/O, reads a clock or draws an id.

pub mod approval;
pub mod calendar;
pub mod definition;
pub mod dry_run;
pub mod error;
pub mod gate;
pub mod store;

pub use approval::{Approval, ApprovalError};
pub use calendar::{Calendar, DeadlineClock, Due};
pub use definition::{Definition, DefinitionError};
pub use error::ProcessError;
pub use gate::{Attempt, Closed, Passage};

/// The crate's tables, to be applied in the schema of each service that runs processes.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();
