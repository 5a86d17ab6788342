//! Sends the approved revision: its PDF is kept, so that what the customer has can be proven.

use authz::Action;
use contracts::quote_contract::v1::QuoteSent;
use journal::{Caller, Entry, JournalError};
use kernel::{Evidence, EvidenceKind, Scope};
use uuid::Uuid;

use super::quote_view::QuoteView;
use super::read_catalogue::may_read_costs;
use super::{ask_crm, print_quote};
use crate::State;
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;
use crate::pdf;
use crate::store::quotes::Quote;
use crate::store::revisions::QuoteRevision;
use crate::store::{quotes, revisions};

struct Prepared {
    version: i64,
    pdf: Vec<u8>,
}

#[tracing::instrument(name = "quote_contract.send_quote", skip_all, fields(quote = %id))]
pub async fn send_quote(state: &State, caller: &Caller, id: Uuid) -> Result<QuoteView, Error> {
    let prepared = prepare(state, caller, id).await;
    let mut write = state.journal.begin(caller).await?;
    let prepared = prepared?;
    let mut quote = quotes::lock(write.db(), id).await?.ok_or(Error::NotFound("quote"))?;
    if quote.version != prepared.version {
        return Err(JournalError::Overtaken.into());
    }
    let mut revision = revisions::find(write.db(), id, quote.revision).await?.ok_or(Error::NotFound("quote"))?;
    let sha256 = pdf::sha256(&prepared.pdf);
    revision.status = QuoteStatus::Sent;
    revision.sent_at = Some(write.now());
    revision.pdf_sha256 = Some(sha256.clone());
    quote.status = QuoteStatus::Sent;
    quote.version += 1;
    quote.updated_at = write.now();
    quotes::save(write.db(), &quote).await?;
    revisions::save(write.db(), quote.tenant, &revision).await?;
    revisions::keep_pdf(write.db(), &revision, &prepared.pdf, &sha256).await?;
    write.record(sent(&quote, &revision, &sha256)?);
    let costs = may_read_costs(&caller.principal, write.now());
    Ok(write.commit(QuoteView::new(&quote, revision, costs)?).await?)
}

async fn prepare(state: &State, caller: &Caller, id: Uuid) -> Result<Prepared, Error> {
    let (quote, revision) = {
        let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
        let quote = quotes::find(&mut tx, id).await?.ok_or(Error::NotFound("quote"))?;
        authz::check(&caller.principal, state.clock.now(), Action::QuoteSend, &quote.resource())?;
        let revision = revisions::find(&mut tx, id, quote.revision).await?.ok_or(Error::NotFound("quote"))?;
        (quote, revision)
    };
    match revision.status {
        QuoteStatus::Approved => {}
        QuoteStatus::Sent => return Err(Error::QuoteAlreadySent),
        QuoteStatus::Expired => return Err(Error::QuoteExpired),
        _ => return Err(Error::QuoteNotApproved),
    }
    if revision.valid_until.is_none_or(|until| until <= state.clock.now()) {
        return Err(Error::QuoteExpired);
    }
    ask_crm::moving_opportunity(state, caller.tenant(), quote.opportunity_id).await?;
    Ok(Prepared { version: quote.version, pdf: print_quote::render(state, &quote, &revision).await? })
}

fn sent(quote: &Quote, revision: &QuoteRevision, sha256: &str) -> Result<Entry, JournalError> {
    let event = QuoteSent {
        quote_id: quote.id.to_string(),
        number: quote.number.clone(),
        opportunity_id: quote.opportunity_id.to_string(),
        customer_id: quote.customer_id.to_string(),
        owner_id: quote.owner_id.to_string(),
        org: quote.org.to_string(),
        pdf_sha256: sha256.to_owned(),
        valid_until: revision.valid_until.map(Into::into),
    };
    let file = Evidence {
        kind: EvidenceKind::File,
        name: "quote_pdf".into(),
        reference: format!("/api/quotes/{}/pdf?revision={}", quote.id, revision.revision),
        sha256: Some(sha256.to_owned()),
    };
    let entry = Entry::new(&event, quote.id, quote.version)?;
    Ok(entry.change(QuoteStatus::Approved.as_str(), QuoteStatus::Sent.as_str()).evidence([file]))
}
