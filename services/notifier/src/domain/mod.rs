//! Pure types and rules: who is told what, how it is worded, when it is sent and tried again.

pub mod address;
pub mod backoff;
pub mod channel;
pub mod event_pattern;
pub mod fields;
pub mod format;
pub mod pattern;
pub mod providers;
pub mod quiet_hours;
pub mod rules;
pub mod rules_check;
pub mod signature;
pub mod target;
pub mod templates;
