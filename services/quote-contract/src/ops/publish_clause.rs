//! Legal publishes a clause's draft, with a second factor: new contracts carry it from its effective date.

use authz::{Action, Resource, ResourceKind};
use contracts::quote_contract::v1::ClausePublished;
use journal::{Caller, Entry};
use uuid::Uuid;

use super::read_clauses::ClauseView;
use crate::State;
use crate::error::Error;
use crate::store::clauses;

#[tracing::instrument(name = "quote_contract.publish_clause", skip_all, fields(clause = %id))]
pub async fn publish_clause(state: &State, caller: &Caller, id: Uuid) -> Result<ClauseView, Error> {
    let mut write = state.journal.begin(caller).await?;
    let (tenant, now) = (caller.tenant(), write.now());
    let library = Resource::tenant_wide(ResourceKind::Clause, tenant);
    authz::check(&caller.principal, now, Action::ClausePublish, &library)?;
    let mut clause = clauses::lock(write.db(), id).await?.ok_or(Error::NotFound("clause"))?;
    let latest = clauses::revisions(write.db(), id).await?.into_iter().next();
    let mut revision = latest.filter(|latest| latest.published_at.is_none()).ok_or(Error::ClauseNotDraft)?;
    revision.published_at = Some(now);
    revision.published_by = Some(caller.principal.id);
    clause.version += 1;
    clause.updated_at = now;
    clauses::save(write.db(), tenant, &clause).await?;
    clauses::save_revision(write.db(), tenant, &revision).await?;
    let event = ClausePublished {
        clause_id: id.to_string(),
        code: clause.code.clone(),
        revision: revision.revision,
        sha256: revision.sha256.clone(),
        effective_from: Some(revision.effective_from.into()),
    };
    write.record(Entry::new(&event, id, clause.version)?.change("draft", "published"));
    Ok(write.commit(ClauseView::from(revision)).await?)
}
