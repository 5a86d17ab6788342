//! Transactions that only read, limited by row-level security to what a principal may see.

use kernel::{Principal, Scope};
use sqlx::{PgConnection, Postgres, Transaction};

use crate::transaction::{ANSI, ONE_MOMENT, begin};
use crate::{Journal, JournalError};

impl Journal {
    /// Reads with the given width, for lists: row-level security hides everything beyond `scope`. All of it is of one
    /// moment, and nothing can be written.
    pub async fn read(
        &self,
        principal: &Principal,
        scope: Scope,
    ) -> Result<Transaction<'static, Postgres>, JournalError> {
        let mut tx = begin(self.pool(), ONE_MOMENT).await?;
        limit(&mut tx, principal, scope).await?;
        Ok(tx)
    }

    /// Reads across tenants, for the service's own background work.
    pub async fn read_as_system(&self) -> Result<Transaction<'static, Postgres>, JournalError> {
        let mut tx = begin(self.pool(), ANSI).await?;
        enter_system(&mut tx).await?;
        Ok(tx)
    }
}

/// The principal's whole tenant: single actions are then decided by policy.
pub(crate) async fn enter_tenant(db: &mut PgConnection, principal: &Principal) -> Result<(), JournalError> {
    limit(db, principal, Scope::All).await
}

/// Makes the rest of the transaction see every tenant, for the service's own work.
///
/// Outside a transaction this has no effect: the settings end with the statement.
pub async fn enter_system(db: &mut PgConnection) -> Result<(), JournalError> {
    sqlx::query!(
        "select set_config('sluice.tenant', '', true) as tenant, set_config('sluice.person', '', true) as person,
                set_config('sluice.org', '', true) as org, set_config('sluice.scope', 'none', true) as scope,
                set_config('sluice.system', 'on', true) as system",
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// Makes the rest of the transaction see what `principal` sees under `scope`, and nothing else.
///
/// Outside a transaction this has no effect: the settings end with the statement.
pub async fn limit(db: &mut PgConnection, principal: &Principal, scope: Scope) -> Result<(), JournalError> {
    sqlx::query!(
        "select set_config('sluice.tenant', $1, true) as tenant, set_config('sluice.person', $2, true) as person,
                set_config('sluice.org', $3, true) as org, set_config('sluice.scope', $4, true) as scope,
                set_config('sluice.system', 'off', true) as system",
        principal.tenant.to_string(),
        principal.id.to_string(),
        principal.org.as_str(),
        scope.as_str(),
    )
    .fetch_one(db)
    .await?;
    Ok(())
}
