use sqlx::migrate::MigrateError;

/// Why a service's database could not be prepared or reached.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    #[error(
        "`{0}` cannot name a database schema; a service's name is 1 to 50 lower-case letters, digits and hyphens, and starts with a letter"
    )]
    ServiceName(String),

    #[error("two migrations of service {service} have version {version}; give one of them another number")]
    DuplicateVersion { service: String, version: i64 },

    #[error("the migrations of service {service} failed: {source}; the service cannot start on the old tables")]
    Migrate { service: String, source: MigrateError },

    #[error("cannot {action}: {source}")]
    Sql { action: &'static str, source: sqlx::Error },

    #[error("the database URL is not valid: {0}; it looks like postgres://role:password@host:5432/database")]
    Url(sqlx::Error),

    #[error(
        "cannot connect to the database of service {service}: {source}; check `database.url` and that the server accepts connections"
    )]
    Connect { service: String, source: sqlx::Error },
}

impl DatabaseError {
    pub(super) fn sql(action: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Sql { action, source }
    }
}
