//! Preparing a service's own schema and roles, and connecting to them.
//!
//! - [`provision`]: roles, schema, migrations and least privilege, from an administrator's connection
//! - [`connect`]: the bounded pool a service works with

mod error;
mod grants;
mod pool;
mod provision;
mod roles;

pub use error::DatabaseError;
pub use pool::{DatabaseConfig, connect};
pub use provision::{ServiceSchema, provision, schema_name, service_url};
