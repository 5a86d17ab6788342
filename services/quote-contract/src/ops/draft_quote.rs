//! Drafts a quote for an opportunity.

use authz::{Action, Resource, ResourceKind};
use chrono::{Datelike, NaiveDate};
use contracts::quote_contract::v1::QuoteDrafted;
use custom_fields::{Values, first_values};
use journal::{Caller, Entry, JournalError};
use kernel::Currency;
use serde::Deserialize;
use uuid::Uuid;

use super::ask_crm::{self, Customer, Opportunity};
use super::quote_content::{self, QuoteContent};
use super::quote_view::QuoteView;
use super::read_catalogue::may_read_costs;
use crate::State;
use crate::domain::quote::LineRequest;
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;
use crate::store::quotes::Quote;
use crate::store::revisions::QuoteRevision;
use crate::store::{counters, quotes, revisions};

/// The fields of [`QuoteContent`] and the opportunity they are for.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuote {
    pub opportunity_id: Uuid,
    pub lines: Vec<LineRequest>,
    #[serde(default)]
    pub currency: Option<Currency>,
    #[serde(default)]
    pub validity_days: Option<i64>,
    pub delivery_date: NaiveDate,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub custom: Values,
}

impl NewQuote {
    fn into_content(self) -> QuoteContent {
        QuoteContent {
            lines: self.lines,
            currency: self.currency,
            validity_days: self.validity_days,
            delivery_date: self.delivery_date,
            note: self.note,
            custom: self.custom,
        }
    }
}

#[tracing::instrument(name = "quote_contract.draft_quote", skip_all, fields(opportunity = %input.opportunity_id))]
pub async fn draft_quote(state: &State, caller: &Caller, input: NewQuote) -> Result<QuoteView, Error> {
    let asked = ask(state, caller, input.opportunity_id).await;
    let mut write = state.journal.begin(caller).await?;
    let (opportunity, customer) = asked?;
    let tenant = caller.tenant();
    let place = Resource::owned(ResourceKind::Quote, tenant, opportunity.org.clone(), opportunity.owner_id);
    authz::check(&caller.principal, write.now(), Action::QuoteCreate, &place)?;
    let content = input.into_content();
    let document = quote_content::build(state, write.db(), &content, &opportunity, &customer).await?;
    let custom = first_values(write.db(), custom_fields::Resource::Quote, content.custom).await?;
    let year = process::calendar::shanghai(write.now()).year();
    let number = counters::next(write.db(), tenant, "Q", year).await?;
    let quote = Quote {
        tenant,
        id: write.new_id(),
        opportunity_id: opportunity.id,
        customer_id: opportunity.customer_id,
        company: customer.company,
        subject: opportunity.subject,
        owner_id: opportunity.owner_id,
        org: opportunity.org,
        revision: 1,
        status: QuoteStatus::Draft,
        total: document.totals.total,
        custom,
        version: 1,
        created_at: write.now(),
        updated_at: write.now(),
        number,
    };
    let revision = first_state(state, &quote, document)?;
    quotes::save(write.db(), &quote).await?;
    revisions::save(write.db(), tenant, &revision).await?;
    write.record(drafted(&quote)?.change("", QuoteStatus::Draft.as_str()));
    let costs = may_read_costs(&caller.principal, write.now());
    Ok(write.commit(QuoteView::new(&quote, revision, costs)?).await?)
}

async fn ask(state: &State, caller: &Caller, opportunity: Uuid) -> Result<(Opportunity, Customer), Error> {
    let opportunity = ask_crm::moving_opportunity(state, caller.tenant(), opportunity).await?;
    let customer = ask_crm::customer(state, caller.tenant(), opportunity.customer_id).await?;
    Ok((opportunity, customer))
}

/// The latest revision as it begins: a draft with a verification code of its own.
pub fn first_state(
    state: &State,
    quote: &Quote,
    document: crate::domain::quote::QuoteDocument,
) -> Result<QuoteRevision, Error> {
    Ok(QuoteRevision {
        quote_id: quote.id,
        revision: quote.revision,
        customer_id: quote.customer_id,
        opportunity_id: quote.opportunity_id,
        status: QuoteStatus::Draft,
        content_sha256: quote_content::content_sha256(&quote.number, quote.revision, &document)?,
        verification_code: hex::encode(state.ids.secret()).split_off(44).to_ascii_uppercase(),
        document,
        submitted_by: None,
        approval_id: None,
        approved_by: None,
        approved_how: None,
        approved_at: None,
        valid_until: None,
        sent_at: None,
        pdf_sha256: None,
        created_at: quote.updated_at,
    })
}

/// What is recorded whenever a draft is written.
pub fn drafted(quote: &Quote) -> Result<Entry, JournalError> {
    let event = QuoteDrafted {
        quote_id: quote.id.to_string(),
        number: quote.number.clone(),
        opportunity_id: quote.opportunity_id.to_string(),
        customer_id: quote.customer_id.to_string(),
        owner_id: quote.owner_id.to_string(),
        org: quote.org.to_string(),
        revision: quote.revision,
        total: Some(quote.total.into()),
    };
    Entry::new(&event, quote.id, quote.version)
}
