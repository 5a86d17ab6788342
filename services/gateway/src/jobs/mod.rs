//! Background work.

pub mod forget_expired;
pub mod refresh_openapi;
