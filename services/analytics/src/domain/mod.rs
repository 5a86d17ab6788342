//! What an event means for questions. Pure: the same event always gives the same rows.

pub mod fact;
pub mod happened;
pub mod payload;
pub mod project;
pub mod source;
