//! One use case per file.

pub mod apply_event;
pub mod ask;
pub mod rebuild;
