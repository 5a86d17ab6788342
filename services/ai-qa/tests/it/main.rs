//! ai-qa as its clients see it, on real servers.
#![expect(clippy::expect_used, reason = "tests say what they rely on and stop where it fails")]

mod objections;
mod recordings;
mod support;
mod uploads;
