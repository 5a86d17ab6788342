//! The main job, played through the public door on the whole suite; then every fact is looked up again,
//! in other services and behind their backs.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod demo_answers;
mod facts;
mod main_job;
