//! An approved revision becomes the one live promise to a customer for an opportunity.

use chrono::{DateTime, Duration, Utc};
use contracts::quote_contract::v1::{QuoteApproved, QuoteSuperseded};
use journal::{Entry, Timer, Write};
use kernel::Reason;
use serde_json::json;
use uuid::Uuid;

use super::quote_timers::{EXPIRED, EXPIRING};
use crate::State;
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;
use crate::store::quotes::Quote;
use crate::store::revisions::QuoteRevision;
use crate::store::{quotes, revisions};

/// By whom, how (`authority` or `approval`) and why.
pub struct Approved {
    pub by: Uuid,
    pub how: &'static str,
    pub why: Option<Reason>,
}

/// Loads a quote that is about to become the promise, and locks whatever that changes. Every promise takes its locks in
/// this order, so that no two wait for each other: the opportunity, the timers of the promise that is replaced (a timer
/// that fires has its own lock before the quote's), the quotes by id.
pub async fn lock(write: &mut Write, id: Uuid) -> Result<Quote, Error> {
    let quote = quotes::find(write.db(), id).await?.ok_or(Error::NotFound("quote"))?;
    revisions::reserve_promise(write.db(), quote.customer_id, quote.opportunity_id).await?;
    let mut changing = vec![id];
    if let Some((live, _)) = revisions::live(write.db(), quote.customer_id, quote.opportunity_id).await? {
        write.disarm(live, EXPIRING).await?;
        write.disarm(live, EXPIRED).await?;
        changing.push(live);
    }
    changing.sort_unstable();
    for quote in changing {
        quotes::lock(write.db(), quote).await?;
    }
    quotes::lock(write.db(), id).await?.ok_or(Error::NotFound("quote"))
}

/// Approves `revision`, takes back the promise it replaces, starts the clock of its validity and stores
/// both quote and revision. The quote comes from [`lock`].
pub async fn promise(
    state: &State,
    write: &mut Write,
    quote: &mut Quote,
    revision: &mut QuoteRevision,
    approved: Approved,
) -> Result<(), Error> {
    supersede(write, quote).await?;
    let (now, from) = (write.now(), quote.status);
    let valid_until = now + Duration::days(revision.document.validity_days);
    revision.status = QuoteStatus::Approved;
    revision.approved_by = Some(approved.by);
    revision.approved_how = Some(approved.how.to_owned());
    revision.approved_at = Some(now);
    revision.valid_until = Some(valid_until);
    quote.status = QuoteStatus::Approved;
    quote.version += 1;
    quote.updated_at = now;
    let event = QuoteApproved {
        quote_id: quote.id.to_string(),
        number: quote.number.clone(),
        opportunity_id: quote.opportunity_id.to_string(),
        customer_id: quote.customer_id.to_string(),
        owner_id: quote.owner_id.to_string(),
        org: quote.org.to_string(),
        approved_by: approved.by.to_string(),
        how: approved.how.to_owned(),
        total: Some(quote.total.into()),
    };
    let mut entry = Entry::new(&event, quote.id, quote.version)?.change(from.as_str(), QuoteStatus::Approved.as_str());
    if let Some(why) = approved.why {
        entry = entry.why(why);
    }
    write.record(entry);
    quotes::save(write.db(), quote).await?;
    revisions::save(write.db(), quote.tenant, revision).await?;
    let reminder = valid_until - Duration::days(state.config.expiry_reminder_days);
    arm(write, quote, EXPIRING, reminder.max(now)).await?;
    arm(write, quote, EXPIRED, valid_until).await
}

async fn arm(write: &mut Write, quote: &Quote, kind: &'static str, due_at: DateTime<Utc>) -> Result<(), Error> {
    let timer = Timer {
        aggregate: "quote",
        aggregate_id: quote.id,
        kind,
        generation: quote.revision,
        due_at,
        payload: json!({}),
    };
    Ok(write.arm(timer).await?)
}

/// Takes back the live promise, whether an earlier revision of this quote or another quote. It may have expired while
/// its lock was waited for.
async fn supersede(write: &mut Write, quote: &mut Quote) -> Result<(), Error> {
    let live = revisions::live(write.db(), quote.customer_id, quote.opportunity_id).await?;
    let Some((live_quote, live_revision)) = live else { return Ok(()) };
    let mut old = revisions::find(write.db(), live_quote, live_revision).await?.ok_or(Error::NotFound("quote"))?;
    let from = old.status;
    old.status = QuoteStatus::Superseded;
    revisions::save(write.db(), quote.tenant, &old).await?;
    if live_quote == quote.id {
        quote.version += 1;
        write.record(superseded(quote, live_revision, quote.id)?.change(from.as_str(), old.status.as_str()));
        return Ok(());
    }
    let mut other = quotes::lock(write.db(), live_quote).await?.ok_or(Error::NotFound("quote"))?;
    other.version += 1;
    other.updated_at = write.now();
    if other.revision == live_revision {
        other.status = QuoteStatus::Superseded;
    }
    quotes::save(write.db(), &other).await?;
    write.record(superseded(&other, live_revision, quote.id)?.change(from.as_str(), old.status.as_str()));
    Ok(())
}

fn superseded(quote: &Quote, revision: i32, by: Uuid) -> Result<Entry, Error> {
    let event = QuoteSuperseded {
        quote_id: quote.id.to_string(),
        number: quote.number.clone(),
        revision,
        by_quote_id: by.to_string(),
        owner_id: quote.owner_id.to_string(),
        org: quote.org.to_string(),
    };
    Ok(Entry::new(&event, quote.id, quote.version)?)
}
