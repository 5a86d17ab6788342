//! Types and rules of collections: pure, without I/O, clock or ids.

pub mod journey;
pub mod matching;
pub mod names;
pub mod next_step;
pub mod node;
pub mod plan;
pub mod receivable;
pub mod stall;
pub mod statement;
pub mod write_off;
