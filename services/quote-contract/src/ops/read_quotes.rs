//! Quotes as a principal may see them.

use authz::ResourceKind;
use chrono::{DateTime, Utc};
use custom_fields::{Resource, condition};
use kernel::Principal;
use uuid::Uuid;

use super::quote_view::{QuoteSummary, QuoteView, RevisionView};
use super::read_catalogue::may_read_costs;
use crate::State;
use crate::error::Error;
use crate::store::quotes::{Filter, Quote};
use crate::store::revisions::QuoteRevision;
use crate::store::{quotes, revisions};

/// Newest first, one more than `limit` when there are more.
pub async fn list_quotes(
    state: &State,
    principal: &Principal,
    mut filter: Filter,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<QuoteSummary>, Error> {
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Quote)).await?;
    filter.custom = condition(&mut tx, Resource::Quote, filter.custom.as_deref()).await?;
    Ok(quotes::page(&mut tx, &filter, after, limit).await?.iter().map(QuoteSummary::from).collect())
}

pub async fn get_quote(state: &State, principal: &Principal, id: Uuid) -> Result<QuoteView, Error> {
    let (quote, revision) = load_visible(state, principal, id, None).await?;
    QuoteView::new(&quote, revision, may_read_costs(principal, state.clock.now()))
}

/// Every revision, newest first.
pub async fn list_revisions(state: &State, principal: &Principal, id: Uuid) -> Result<Vec<RevisionView>, Error> {
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Quote)).await?;
    quotes::find(&mut tx, id).await?.ok_or(Error::NotFound("quote"))?;
    let costs = may_read_costs(principal, state.clock.now());
    let all = revisions::of_quote(&mut tx, id).await?;
    all.into_iter().map(|revision| RevisionView::new(revision, costs)).collect()
}

/// A quote the principal may see.
pub async fn find_visible(state: &State, principal: &Principal, id: Uuid) -> Result<Quote, Error> {
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Quote)).await?;
    quotes::find(&mut tx, id).await?.ok_or(Error::NotFound("quote"))
}

/// A quote the principal may see, with one revision: the latest when none is named.
pub async fn load_visible(
    state: &State,
    principal: &Principal,
    id: Uuid,
    revision: Option<i32>,
) -> Result<(Quote, QuoteRevision), Error> {
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Quote)).await?;
    let quote = quotes::find(&mut tx, id).await?.ok_or(Error::NotFound("quote"))?;
    let number = revision.unwrap_or(quote.revision);
    let revision = revisions::find(&mut tx, id, number).await?.ok_or(Error::NotFound("quote"))?;
    Ok((quote, revision))
}
