//! SQL, and nothing else.

pub mod access_tokens;
pub mod api_keys;
pub mod attempt_quotas;
pub mod attempts;
pub mod oidc;
pub mod org_units;
pub mod people;
pub mod saved_views;
pub mod second_factors;
pub mod sessions;
pub mod tenants;
