//! Rules, free of transport and storage.

pub mod agreement;
pub mod answer;
pub mod calibration;
pub mod coaching;
pub mod comparison_sheet;
pub mod conclusion;
pub mod content_link;
pub mod draw;
pub mod duration;
pub mod fields;
pub mod library;
pub mod measure;
pub mod media;
pub mod mined_objection;
pub mod objection;
pub mod offer;
pub mod probe;
pub mod quality;
pub mod range;
pub mod recording;
pub mod review;
pub mod scoring;
pub mod suggestion;
pub mod talk_track;
pub mod transcript;
