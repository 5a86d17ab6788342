//! Which rows a transaction sees: the settings that row-level security reads, and its rule in Rust.

use kernel::{Principal, Scope};
use sqlx::PgConnection;

use crate::Resource;

/// Creates the functions of row-level security in the first schema of the `search_path`.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// Makes the rest of the transaction see what `principal` sees under `scope`, and nothing else.
///
/// Outside a transaction this has no effect: the settings end with the statement.
pub async fn apply_scope(conn: &mut PgConnection, principal: &Principal, scope: Scope) -> sqlx::Result<()> {
    sqlx::query!(
        "select set_config('sluice.tenant', $1, true) as tenant, set_config('sluice.person', $2, true) as person,
                set_config('sluice.org', $3, true) as org, set_config('sluice.scope', $4, true) as scope,
                set_config('sluice.system', 'off', true) as system",
        principal.tenant.to_string(),
        principal.id.to_string(),
        principal.org.as_str(),
        scope.as_str(),
    )
    .fetch_one(conn)
    .await?;
    Ok(())
}

/// Makes the rest of the transaction see every tenant: for a service's own background work only.
pub async fn apply_system(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        "select set_config('sluice.tenant', '', true) as tenant, set_config('sluice.person', '', true) as person,
                set_config('sluice.org', '', true) as org, set_config('sluice.scope', 'none', true) as scope,
                set_config('sluice.system', 'on', true) as system",
    )
    .fetch_one(conn)
    .await?;
    Ok(())
}

/// What `sluice_visible` answers in SQL for `resource`'s row, after [`apply_scope`]: the rule that the tests hold
/// both PostgreSQL and the policies to.
pub fn is_visible(principal: &Principal, scope: Scope, resource: &Resource) -> bool {
    let own = resource.owner == Some(principal.id);
    resource.tenant == principal.tenant
        && match scope {
            Scope::None => false,
            Scope::Own => own,
            Scope::Team => resource.org == principal.org || own,
            Scope::Subtree => resource.org.is_within(&principal.org) || own,
            Scope::All => true,
        }
}
