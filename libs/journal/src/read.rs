//! Transactions that only read, limited by row-level security to what a principal may see.

use kernel::{Principal, Scope};
use sqlx::{PgConnection, Postgres, Transaction};

use crate::{Journal, JournalError};

impl Journal {
    /// Reads with the given width, for lists: row-level security hides everything beyond `scope`.
    pub async fn read(
        &self,
        principal: &Principal,
        scope: Scope,
    ) -> Result<Transaction<'static, Postgres>, JournalError> {
        let mut tx = self.pool().begin().await?;
        limit(&mut tx, principal, scope).await?;
        Ok(tx)
    }

    /// Reads across tenants, for the service's own background work.
    pub async fn read_as_system(&self) -> Result<Transaction<'static, Postgres>, JournalError> {
        let mut tx = self.pool().begin().await?;
        enter_system(&mut tx).await?;
        Ok(tx)
    }
}

/// Limits the transaction to the principal's tenant; single actions are then decided by policy.
pub(crate) async fn enter_tenant(db: &mut PgConnection, principal: &Principal) -> Result<(), JournalError> {
    limit(db, principal, Scope::All).await
}

/// Lifts the tenant limit for the service's own work, inside this transaction only.
pub(crate) async fn enter_system(db: &mut PgConnection) -> Result<(), JournalError> {
    sqlx::query("select set_config('sluice.system', 'on', true)").execute(db).await?;
    Ok(())
}

async fn limit(db: &mut PgConnection, principal: &Principal, scope: Scope) -> Result<(), JournalError> {
    sqlx::query(
        "select set_config('sluice.tenant', $1, true), set_config('sluice.scope', $2, true),
                set_config('sluice.org', $3, true), set_config('sluice.person', $4, true)",
    )
    .bind(principal.tenant.to_string())
    .bind(scope.as_str())
    .bind(principal.org.as_str())
    .bind(principal.id.to_string())
    .execute(db)
    .await?;
    Ok(())
}
