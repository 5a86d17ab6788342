//! Receivables in pages, newest first, as far as the caller sees.

use authz::{ResourceKind, list_scope};
use journal::Caller;
use runtime::http::{Page, PageQuery};
use serde::Deserialize;
use uuid::Uuid;

use super::view::ReceivableView;
use crate::app::State;
use crate::domain::receivable::State as Standing;
use crate::error::CollectionsError;
use crate::store;
use crate::store::receivables::Filter;

/// What a list can be narrowed to.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReceivableQuery {
    pub state: Option<Standing>,
    /// 0 to 5.
    pub node: Option<i16>,
    pub customer_id: Option<Uuid>,
    pub contract_id: Option<Uuid>,
    pub owner_id: Option<Uuid>,
    /// True: only those whose blocker checklist is open.
    pub blocked: Option<bool>,
    /// Part of a contract number or of a company's name.
    pub text: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows on the page, 1 to 200; 50 when not given.
    pub limit: Option<i64>,
}

#[tracing::instrument(name = "collections.list_receivables", skip_all)]
pub async fn list_receivables(
    state: &State,
    caller: &Caller,
    query: ReceivableQuery,
) -> Result<Page<ReceivableView>, CollectionsError> {
    let page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after = page.after_time()?;
    let filter = Filter {
        state: query.state.map(|state| state.as_str().to_owned()),
        node: query.node,
        customer_id: query.customer_id,
        contract_id: query.contract_id,
        owner_id: query.owner_id,
        blocked: query.blocked,
        text: query.text,
    };
    let scope = list_scope(&caller.principal, ResourceKind::Receivable);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let rows = store::receivables::list(&mut tx, &filter, after, page.limit() + 1).await?;
    let page = Page::of(rows, page.limit(), store::receivables::position);
    Ok(Page { items: page.items.iter().map(ReceivableView::of).collect(), next_cursor: page.next_cursor })
}
