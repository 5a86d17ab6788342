//! Recordings as people send them: whole, cut, damaged, misnamed, hostile, very long.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod formats;
mod hostile;
mod long;
mod speech;
mod support;
