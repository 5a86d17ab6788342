//! Libraries in memory, one a tenant, each as new as the database.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::TenantId;
use sqlx::PgConnection;

use crate::domain::library::Library;
use crate::error::AiQaError;
use crate::store;

/// Clones are the same.
#[derive(Clone, Default)]
pub struct Libraries(Arc<Mutex<HashMap<TenantId, Arc<Library>>>>);

impl Libraries {
    /// The library of the tenant that `db` is limited to; read again only when something has changed.
    pub async fn current(&self, db: &mut PgConnection, tenant: TenantId) -> Result<Arc<Library>, AiQaError> {
        let stamp = store::talk_tracks::stamp(db).await?;
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&tenant).cloned();
        if let Some(kept) = kept.filter(|kept| kept.stamp == stamp) {
            return Ok(kept);
        }
        let library = Arc::new(Library::of(
            stamp,
            store::talk_tracks::list(db, None, None, i64::MAX).await?,
            store::comparison_sheets::list(db, None, i64::MAX).await?,
            store::price_facts::find(db).await?.0,
            store::calibrations::current(db).await?,
        ));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant, library.clone());
        Ok(library)
    }
}
