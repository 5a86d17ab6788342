//! SQL. Reports and the timeline read generation [`LIVE`].

pub mod generations;
pub mod reports;
pub mod rows;
pub mod timeline;

use uuid::Uuid;

/// The generation that is shown.
pub const LIVE: Uuid = Uuid::nil();
