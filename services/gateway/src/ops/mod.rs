//! Use cases, one per file.

pub mod add_person;
pub mod advance_clock;
pub mod api_keys;
pub mod bootstrap;
pub mod change_password;
pub mod change_person;
pub mod console;
pub mod export_ledger;
pub mod find_people;
pub mod identify;
pub mod issue_access_token;
pub mod issue_api_key;
pub mod oidc;
pub mod openapi;
pub mod org_units;
pub mod passwords;
pub mod people;
pub mod revoke_api_key;
pub mod saved_views;
pub mod second_factor;
pub mod session;
pub mod sign_in;
mod sign_in_attempt;
pub mod step_up;
pub mod updates;
