//! Legal writes a clause, or the next revision of one. Nothing holds until it is published.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Utc};
use contracts::quote_contract::v1::ClauseDrafted;
use journal::{Caller, Entry};
use serde::Deserialize;

use super::read_clauses::ClauseView;
use crate::State;
use crate::domain::clause::{ClauseKind, ClauseText, RequiredFor};
use crate::error::Error;
use crate::store::clauses::{self, Clause, ClauseRevision};

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClause {
    /// Upper case, such as FORCE-MAJEURE. The same code again writes the next revision.
    pub code: String,
    pub title: String,
    pub body: String,
    pub kind: ClauseKind,
    #[serde(default)]
    pub required_for: RequiredFor,
    /// From when on contracts carry it; at once when not given.
    #[serde(default)]
    pub effective_from: Option<DateTime<Utc>>,
}

#[tracing::instrument(name = "quote_contract.draft_clause", skip_all, fields(code = %input.code))]
pub async fn draft_clause(state: &State, caller: &Caller, input: NewClause) -> Result<ClauseView, Error> {
    let mut write = state.journal.begin(caller).await?;
    let (tenant, now) = (caller.tenant(), write.now());
    let library = Resource::tenant_wide(ResourceKind::Clause, tenant);
    authz::check(&caller.principal, now, Action::ClauseWrite, &library)?;
    let text = ClauseText { code: input.code, title: input.title, body: input.body };
    let faults = text.faults();
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let before = clauses::lock_by_code(write.db(), tenant, &text.code).await?;
    let clause = next_state(&mut write, before, &text.code).await?;
    let revision = ClauseRevision {
        clause_id: clause.id,
        revision: clause.revision,
        sha256: text.sha256(),
        text,
        kind: input.kind,
        required_for: input.required_for,
        effective_from: input.effective_from.unwrap_or(now),
        published_at: None,
        published_by: None,
        created_at: now,
        created_by: caller.principal.id,
    };
    clauses::save(write.db(), tenant, &clause).await?;
    clauses::save_revision(write.db(), tenant, &revision).await?;
    let event =
        ClauseDrafted { clause_id: clause.id.to_string(), code: clause.code.clone(), revision: clause.revision };
    write.record(Entry::new(&event, clause.id, clause.version)?.change("", "draft"));
    Ok(write.commit(ClauseView::from(revision)).await?)
}

/// A revision that is not published yet is written again; a published one gets a successor.
async fn next_state(write: &mut journal::Write, before: Option<Clause>, code: &str) -> Result<Clause, Error> {
    let now = write.now();
    let Some(mut clause) = before else {
        return Ok(Clause { id: write.new_id(), code: code.to_owned(), revision: 1, version: 1, updated_at: now });
    };
    let latest = clauses::revisions(write.db(), clause.id).await?;
    if latest.first().is_some_and(|revision| revision.published_at.is_some()) {
        clause.revision += 1;
    }
    clause.version += 1;
    clause.updated_at = now;
    Ok(clause)
}
