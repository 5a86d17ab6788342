//! Changes a quote: a draft in place, anything later by a new revision. A live promise stands until the
//! new revision is approved.

use authz::Action;
use custom_fields::{Resource, changed_values};
use journal::Caller;
use runtime::http::IfMatch;
use uuid::Uuid;

use super::ask_crm::{self, Customer, Opportunity};
use super::draft_quote::{drafted, first_state};
use super::quote_content::{self, QuoteContent};
use super::quote_view::QuoteView;
use super::read_catalogue::may_read_costs;
use crate::State;
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;
use crate::store::{quotes, revisions};

#[tracing::instrument(name = "quote_contract.revise_quote", skip_all, fields(quote = %id))]
pub async fn revise_quote(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: IfMatch,
    content: QuoteContent,
) -> Result<QuoteView, Error> {
    let asked = ask(state, caller, id).await;
    let mut write = state.journal.begin(caller).await?;
    let (opportunity, customer) = asked?;
    let mut quote = quotes::lock(write.db(), id).await?.ok_or(Error::NotFound("quote"))?;
    authz::check(&caller.principal, write.now(), Action::QuoteCreate, &quote.resource())?;
    seen.check(quote.version).map_err(Error::Worded)?;
    let from = quote.status;
    match from {
        QuoteStatus::PendingApproval => return Err(Error::QuoteAwaitsDecision),
        QuoteStatus::Contracted => return Err(Error::QuoteContracted),
        QuoteStatus::Draft => {}
        _ => quote.revision += 1,
    }
    let document = quote_content::build(state, write.db(), &content, &opportunity, &customer).await?;
    quote.custom = changed_values(write.db(), Resource::Quote, &quote.custom, content.custom).await?;
    quote.status = QuoteStatus::Draft;
    quote.total = document.totals.total;
    quote.version += 1;
    quote.updated_at = write.now();
    let mut revision = first_state(state, &quote, document)?;
    if let Some(before) = revisions::find(write.db(), id, quote.revision).await? {
        revision.verification_code = before.verification_code;
        revision.created_at = before.created_at;
    }
    quotes::save(write.db(), &quote).await?;
    revisions::save(write.db(), quote.tenant, &revision).await?;
    write.record(drafted(&quote)?.change(from.as_str(), QuoteStatus::Draft.as_str()));
    let costs = may_read_costs(&caller.principal, write.now());
    Ok(write.commit(QuoteView::new(&quote, revision, costs)?).await?)
}

async fn ask(state: &State, caller: &Caller, id: Uuid) -> Result<(Opportunity, Customer), Error> {
    let quote = super::read_quotes::find_visible(state, &caller.principal, id).await?;
    let opportunity = ask_crm::moving_opportunity(state, caller.tenant(), quote.opportunity_id).await?;
    let customer = ask_crm::customer(state, caller.tenant(), opportunity.customer_id).await?;
    Ok((opportunity, customer))
}
