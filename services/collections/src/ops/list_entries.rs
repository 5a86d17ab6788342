//! Bank entries in pages: the manual queue, or everything.

use authz::{Action, Resource, ResourceKind, list_scope};
use journal::Caller;
use kernel::id::Cursor;
use runtime::http::{Page, PageQuery};
use serde::Deserialize;
use uuid::Uuid;

use super::view::EntryView;
use crate::app::State;
use crate::error::CollectionsError;
use crate::store;
use crate::store::entries::EntryState;

#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EntryQuery {
    /// `queued` is the manual queue.
    pub state: Option<EntryState>,
    pub statement_id: Option<Uuid>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows on the page, 1 to 200; 50 when not given.
    pub limit: Option<i64>,
}

#[tracing::instrument(name = "collections.list_entries", skip_all)]
pub async fn list_entries(
    state: &State,
    caller: &Caller,
    query: EntryQuery,
) -> Result<Page<EntryView>, CollectionsError> {
    let everything = Resource::tenant_wide(ResourceKind::Statement, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::StatementRead, &everything)?;
    let page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after = page.after_time()?;
    let mut tx = state.journal.read(&caller.principal, list_scope(&caller.principal, ResourceKind::Statement)).await?;
    let rows = store::entries::list(&mut tx, query.state, query.statement_id, after, page.limit() + 1).await?;
    let views = rows.into_iter().map(EntryView::of).collect();
    Ok(Page::of(views, page.limit(), |view: &EntryView| Cursor::at(view.booked_at, view.id)))
}
