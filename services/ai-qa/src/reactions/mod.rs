//! What other services' events lead to.

pub mod draw_objection;
