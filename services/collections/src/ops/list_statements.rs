//! Imported bank statements, newest first.

use authz::{Action, Resource, ResourceKind, list_scope};
use journal::Caller;
use kernel::id::Cursor;
use runtime::http::{Page, PageQuery};

use crate::app::State;
use crate::domain::statement::Imported;
use crate::error::CollectionsError;
use crate::store;

#[tracing::instrument(name = "collections.list_statements", skip_all)]
pub async fn list_statements(
    state: &State,
    caller: &Caller,
    page: PageQuery,
) -> Result<Page<Imported>, CollectionsError> {
    let everything = Resource::tenant_wide(ResourceKind::Statement, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::StatementRead, &everything)?;
    let after = page.after_time()?;
    let mut tx = state.journal.read(&caller.principal, list_scope(&caller.principal, ResourceKind::Statement)).await?;
    let rows = store::statements::list(&mut tx, after, page.limit() + 1).await?;
    Ok(Page::of(rows, page.limit(), |one| Cursor::at(one.imported_at, one.id)))
}
