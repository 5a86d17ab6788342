//! One use case per file.

pub mod apply_event;
pub mod ask;
pub mod rebuild;

// What answers are made of; the HTTP layer knows operations only.
pub use crate::store::reports::StageDwell;
pub use crate::store::timeline::{Subject, TimelineEntry};
