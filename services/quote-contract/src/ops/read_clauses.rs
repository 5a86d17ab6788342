//! The clause library.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Utc};
use kernel::Principal;
use serde::Serialize;
use uuid::Uuid;

use crate::State;
use crate::domain::clause::{ClauseKind, RequiredFor};
use crate::error::Error;
use crate::store::clauses::{self, ClauseRevision};

/// One revision of a clause.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ClauseView {
    /// The clause's id, the same for all revisions.
    pub id: Uuid,
    pub code: String,
    pub revision: i32,
    pub title: String,
    pub body: String,
    pub kind: ClauseKind,
    pub required_for: RequiredFor,
    pub effective_from: DateTime<Utc>,
    /// SHA-256 of the canonical text.
    pub sha256: String,
    /// Absent while it is a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_by: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub created_by: Uuid,
}

impl From<ClauseRevision> for ClauseView {
    fn from(revision: ClauseRevision) -> Self {
        Self {
            id: revision.clause_id,
            code: revision.text.code,
            revision: revision.revision,
            title: revision.text.title,
            body: revision.text.body,
            kind: revision.kind,
            required_for: revision.required_for,
            effective_from: revision.effective_from,
            sha256: revision.sha256,
            published_at: revision.published_at,
            published_by: revision.published_by,
            created_at: revision.created_at,
            created_by: revision.created_by,
        }
    }
}

/// The latest revision of each clause, by code, one more than `limit` when there are more.
pub async fn list_clauses(
    state: &State,
    principal: &Principal,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<ClauseView>, Error> {
    check_read(state, principal)?;
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Clause)).await?;
    Ok(clauses::page(&mut tx, after, limit).await?.into_iter().map(ClauseView::from).collect())
}

/// Every revision of one clause, newest first.
pub async fn list_revisions(state: &State, principal: &Principal, id: Uuid) -> Result<Vec<ClauseView>, Error> {
    check_read(state, principal)?;
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Clause)).await?;
    let revisions = clauses::revisions(&mut tx, id).await?;
    if revisions.is_empty() {
        return Err(Error::NotFound("clause"));
    }
    Ok(revisions.into_iter().map(ClauseView::from).collect())
}

fn check_read(state: &State, principal: &Principal) -> Result<(), Error> {
    let library = Resource::tenant_wide(ResourceKind::Clause, principal.tenant);
    Ok(authz::check(principal, state.clock.now(), Action::ClauseRead, &library)?)
}
