//! Lists the leads a reader may see, newest first.

use authz::ResourceKind;
use custom_fields::{Resource, condition};
use journal::Caller;
use kernel::id::Cursor;
use runtime::http::{Page, PageQuery};
use serde::Deserialize;
use uuid::Uuid;

use super::view::LeadView;
use crate::app::State;
use crate::domain::lead::LeadState;
use crate::domain::source::Source;
use crate::error::LeadError;
use crate::store;
use crate::store::leads::Filter;

/// What the list is narrowed to.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LeadQuery {
    /// `unassigned` shows the pool.
    #[param(inline)]
    pub state: Option<LeadState>,
    #[param(inline)]
    pub source: Option<Source>,
    pub owner: Option<Uuid>,
    /// The beginning of the region.
    pub region: Option<String>,
    /// Part of the company's name.
    pub q: Option<String>,
    /// `key:value` of a custom field: text matches in part, everything else exactly.
    pub custom: Option<String>,
    pub cursor: Option<String>,
    /// Rows on the page, 1 to 200; 50 when not given.
    pub limit: Option<i64>,
}

pub async fn list_leads(state: &State, caller: &Caller, query: LeadQuery) -> Result<Page<LeadView>, LeadError> {
    let page = PageQuery { cursor: query.cursor, limit: query.limit };
    let (after, limit) = (page.after_time()?, page.limit());
    let pool = query.state == Some(LeadState::Unassigned);
    let kind = if pool { ResourceKind::LeadPool } else { ResourceKind::Lead };
    let mut filter = Filter {
        state: query.state.map(|state| state.as_str().to_owned()),
        source: query.source.map(|source| source.as_str().to_owned()),
        owner: query.owner,
        region: query.region,
        text: query.q,
        pool,
        custom: None,
    };
    let mut tx = state.journal.read(&caller.principal, authz::list_scope(&caller.principal, kind)).await?;
    filter.custom = condition(&mut tx, Resource::Lead, query.custom.as_deref()).await?;
    let leads = store::leads::list(&mut tx, &filter, after, limit).await?;
    let views = leads.into_iter().map(|lead| LeadView::of(lead, &caller.principal)).collect();
    Ok(Page::of(views, limit, |lead: &LeadView| Cursor::at(lead.received_at, lead.id)))
}
