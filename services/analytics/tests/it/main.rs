//! analytics as its clients see it, on real servers; the other services' ledgers are under the tests' control.
#![expect(clippy::expect_used, reason = "tests say what they rely on and stop where it fails")]

mod rebuild;
mod reports;
mod support;
mod timeline;
