//! One use case per file.

pub mod abandon_upload;
pub mod answer_objection;
pub mod append_content;
pub mod complete_upload;
pub mod decide_review;
pub mod delete_content;
pub mod draw_objection;
pub mod find_recording;
pub mod keep_objection;
pub mod list;
pub mod read_content;
pub mod start_upload;
pub mod views;

// What lists and views are made of; the HTTP layer knows operations only.
pub use crate::store::accesses::Access;
