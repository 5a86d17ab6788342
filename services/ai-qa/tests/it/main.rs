//! ai-qa as its clients see it, on real servers.
#![expect(clippy::expect_used, reason = "tests say what they rely on and stop where it fails")]

mod coaching;
mod ear;
mod findings;
mod hostile;
mod objections;
mod recordings;
mod rpcs;
mod scoring;
mod shipped_model;
mod support;
mod talk_tracks;
mod transcripts;
mod turns;
mod uploads;
