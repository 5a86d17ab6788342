//! A tenant's rules and limits, kept in memory and read again when their version has moved.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use kernel::TenantId;
use sqlx::PgConnection;

use crate::app::State;
use crate::domain::deadline::Limits;
use crate::domain::rule::Rule;
use crate::error::LeadError;
use crate::store;

/// Past this many tenants the memory starts over.
const MOST_TENANTS: usize = 10_000;

/// What decides about a tenant's leads.
#[derive(Debug)]
pub struct Rulebook {
    pub rules: Vec<Rule>,
    pub limits: Limits,
    /// Of the rules, and of the published process definition.
    pub versions: (i64, Option<i32>),
}

/// The rulebooks of every tenant seen so far.
#[derive(Debug, Default)]
pub struct Rulebooks(RwLock<HashMap<TenantId, Arc<Rulebook>>>);

impl Rulebooks {
    pub fn remembered(&self, tenant: TenantId) -> Option<Arc<Rulebook>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&tenant).cloned()
    }

    fn remember(&self, tenant: TenantId, book: &Arc<Rulebook>) {
        let mut books = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if books.len() >= MOST_TENANTS {
            books.clear();
        }
        books.insert(tenant, book.clone());
    }
}

/// Reads a tenant's rulebook. The versions are read first: rules that change in between are read again next time.
pub async fn read(state: &State, db: &mut PgConnection, tenant: TenantId) -> Result<Arc<Rulebook>, LeadError> {
    let versions = store::rules::versions(db, tenant.0).await?;
    let rules = store::rules::list(db, tenant.0).await?;
    let mut limits = state.config.deadlines;
    if let Some(version) = versions.1.and_then(|version| u32::try_from(version).ok()) {
        limits = limits.overridden_by(&*state.definitions.version(db, tenant, "lead", version).await?);
    }
    let book = Arc::new(Rulebook { rules, limits, versions });
    state.rulebooks.remember(tenant, &book);
    Ok(book)
}

/// The limits in force.
pub async fn limits(state: &State, db: &mut PgConnection, tenant: TenantId) -> Result<Limits, LeadError> {
    let versions = store::rules::versions(db, tenant.0).await?;
    match state.rulebooks.remembered(tenant).filter(|book| book.versions == versions) {
        Some(book) => Ok(book.limits),
        None => Ok(read(state, db, tenant).await?.limits),
    }
}
