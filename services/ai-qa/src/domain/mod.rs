//! Rules, free of transport and storage.

pub mod agreement;
pub mod calibration;
pub mod conclusion;
pub mod draw;
pub mod duration;
pub mod fields;
pub mod media;
pub mod mined_objection;
pub mod objection;
pub mod probe;
pub mod quality;
pub mod range;
pub mod recording;
pub mod review;
pub mod scoring;
pub mod suggestion;
