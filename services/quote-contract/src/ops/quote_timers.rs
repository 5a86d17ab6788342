//! The validity of a live promise runs out: first a reminder, then the end.

use contracts::quote_contract::v1::{QuoteExpired, QuoteExpiring};
use journal::timers::Fired;
use journal::{Caller, Entry};

use crate::State;
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;
use crate::store::{quotes, revisions};

pub const EXPIRING: &str = "quote_expiring";
pub const EXPIRED: &str = "quote_expired";

/// Reminds the owner some days before. The timer's generation is the revision.
#[tracing::instrument(name = "quote_contract.remind_of_expiry", skip_all, fields(quote = %fired.aggregate_id))]
pub async fn remind_of_expiry(state: State, caller: Caller, fired: Fired) -> Result<(), Error> {
    let mut write = state.journal.begin(&caller).await?;
    let Some(mut quote) = quotes::lock(write.db(), fired.aggregate_id).await? else {
        return Ok(write.commit(()).await?);
    };
    let revision = revisions::find(write.db(), quote.id, fired.generation).await?;
    let Some(until) = revision.filter(|revision| revision.status.is_live()).and_then(|revision| revision.valid_until)
    else {
        return Ok(write.commit(()).await?);
    };
    quote.version += 1;
    quotes::save(write.db(), &quote).await?;
    let event = QuoteExpiring {
        quote_id: quote.id.to_string(),
        number: quote.number.clone(),
        owner_id: quote.owner_id.to_string(),
        org: quote.org.to_string(),
        valid_until: Some(until.into()),
    };
    write.record(Entry::new(&event, quote.id, quote.version)?);
    Ok(write.commit(()).await?)
}

/// Takes the promise back at the end of its validity.
#[tracing::instrument(name = "quote_contract.expire_quote", skip_all, fields(quote = %fired.aggregate_id))]
pub async fn expire_quote(state: State, caller: Caller, fired: Fired) -> Result<(), Error> {
    let mut write = state.journal.begin(&caller).await?;
    let Some(mut quote) = quotes::lock(write.db(), fired.aggregate_id).await? else {
        return Ok(write.commit(()).await?);
    };
    let revision = revisions::find(write.db(), quote.id, fired.generation).await?;
    let Some(mut revision) = revision.filter(|revision| revision.status.is_live()) else {
        return Ok(write.commit(()).await?);
    };
    let from = revision.status;
    revision.status = QuoteStatus::Expired;
    if quote.revision == revision.revision {
        quote.status = QuoteStatus::Expired;
    }
    quote.version += 1;
    quote.updated_at = write.now();
    revisions::save(write.db(), quote.tenant, &revision).await?;
    quotes::save(write.db(), &quote).await?;
    let event = QuoteExpired {
        quote_id: quote.id.to_string(),
        number: quote.number.clone(),
        owner_id: quote.owner_id.to_string(),
        org: quote.org.to_string(),
    };
    write.record(Entry::new(&event, quote.id, quote.version)?.change(from.as_str(), QuoteStatus::Expired.as_str()));
    Ok(write.commit(()).await?)
}
