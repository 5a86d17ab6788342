//! What other services ask.

mod capacity;

pub use capacity::Capacity;
