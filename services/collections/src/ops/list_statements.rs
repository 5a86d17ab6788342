//! Imported bank statements, newest first.

use authz::{Action, Resource, ResourceKind, list_scope};
use chrono::{DateTime, Utc};
use journal::Caller;
use runtime::http::{Page, PageQuery};
use serde::Serialize;
use uuid::Uuid;

use crate::app::State;
use crate::domain::statement::{Format, RowError};
use crate::error::CollectionsError;
use crate::store;
use crate::store::statements::Imported;

/// One file and what became of it when it was imported.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct StatementView {
    pub id: Uuid,
    pub format: Format,
    pub entries: i32,
    pub matched: i32,
    pub queued: i32,
    pub ignored: i32,
    pub repeated: i32,
    pub errors: Vec<RowError>,
    pub imported_at: DateTime<Utc>,
}

#[tracing::instrument(name = "collections.list_statements", skip_all)]
pub async fn list_statements(
    state: &State,
    caller: &Caller,
    page: PageQuery,
) -> Result<Page<StatementView>, CollectionsError> {
    let everything = Resource::tenant_wide(ResourceKind::Statement, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::StatementRead, &everything)?;
    let after = super::place(page.cursor()?)?;
    let mut tx = state.journal.read(&caller.principal, list_scope(&caller.principal, ResourceKind::Statement)).await?;
    let rows = store::statements::list(&mut tx, after, page.limit() + 1).await?;
    let views = rows.into_iter().map(view).collect();
    Ok(Page::of(views, page.limit(), |view: &StatementView| store::entries::position(view.id, view.imported_at)))
}

fn view(one: Imported) -> StatementView {
    StatementView {
        id: one.id,
        format: one.format,
        entries: one.entries,
        matched: one.matched,
        queued: one.queued,
        ignored: one.ignored,
        repeated: one.repeated,
        errors: one.errors,
        imported_at: one.imported_at,
    }
}
