//! Rules, free of transport and storage.

pub mod draw;
pub mod duration;
pub mod fields;
pub mod media;
pub mod objection;
pub mod probe;
pub mod range;
pub mod recording;
pub mod review;
