//! The connections a service works with.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::Deserialize;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use super::{DatabaseError, schema_name};

/// Prepared statements kept per connection; the largest service has fewer distinct queries.
const STATEMENTS: usize = 512;
/// A transaction that nobody continues holds locks that others wait for.
const IDLE_IN_TRANSACTION: &str = "60s";

/// Section `database` of a service's configuration.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `postgres://role:password@host:port/database`, as the service's own login role.
    pub url: String,
    /// The most connections this process opens.
    pub max_connections: u32,
    /// How long a request waits for a connection before it is refused, in milliseconds.
    pub acquire_timeout_ms: u64,
}

/// The URL holds a password and stays out of logs.
impl fmt::Debug for DatabaseConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatabaseConfig")
            .field("max_connections", &self.max_connections)
            .field("acquire_timeout_ms", &self.acquire_timeout_ms)
            .finish_non_exhaustive()
    }
}

/// A bounded pool for `service`, proven by one connection.
pub async fn connect(config: &DatabaseConfig, service: &str) -> Result<PgPool, DatabaseError> {
    let options = connect_options(config, service)?;
    let pool = PgPoolOptions::new()
        .max_connections(config.max_connections)
        .acquire_timeout(Duration::from_millis(config.acquire_timeout_ms))
        .connect_with(options)
        .await;
    pool.map_err(|source| DatabaseError::Connect { service: service.to_owned(), source })
}

fn connect_options(config: &DatabaseConfig, service: &str) -> Result<PgConnectOptions, DatabaseError> {
    let schema = schema_name(service)?;
    let options = PgConnectOptions::from_str(&config.url).map_err(DatabaseError::Url)?;
    Ok(options.application_name(service).statement_cache_capacity(STATEMENTS).options([
        ("search_path", format!("{schema},public")),
        ("timezone", "UTC".to_owned()),
        ("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION.to_owned()),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(url: &str) -> DatabaseConfig {
        DatabaseConfig { url: url.to_owned(), max_connections: 4, acquire_timeout_ms: 50 }
    }

    #[test]
    fn a_password_stays_out_of_debug_output() {
        assert!(!format!("{:?}", config("postgres://crm:secret@db/sluice")).contains("secret"));
    }

    #[test]
    fn connections_carry_the_service_and_its_schema() {
        let options = connect_options(&config("postgres://crm:secret@db:5433/sluice"), "ai-qa").expect("valid");
        assert_eq!(options.get_application_name(), Some("ai-qa"));
        assert!(options.get_options().is_some_and(|options| options.contains("search_path=ai_qa,public")));
        assert!(matches!(connect_options(&config("nonsense"), "ai-qa"), Err(DatabaseError::Url(_))));
    }
}
