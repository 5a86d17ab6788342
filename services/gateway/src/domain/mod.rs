//! Rules without I/O.

pub mod attempts;
pub mod base32;
pub mod csrf;
pub mod language;
pub mod mask;
pub mod merge;
pub mod org_unit;
pub mod page;
pub mod passwords;
pub mod person;
pub mod return_to;
pub mod routes;
pub mod saved_view;
pub mod secret;
pub mod update;
