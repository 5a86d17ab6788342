//! A quote was sent to the customer.

use chrono::{DateTime, Utc};
use contracts::quote_contract::v1::QuoteSent;
use journal::Caller;
use journal::consume::Delivered;

use super::event::id;
use crate::app::State;
use crate::domain::opportunity::SentQuote;
use crate::error::CrmError;
use crate::ops;

pub async fn run(state: State, caller: Caller, sent: Delivered<QuoteSent>) -> Result<(), CrmError> {
    let event = sent.event;
    let quote = SentQuote {
        quote_id: id("quote_id", &event.quote_id)?,
        number: event.number,
        pdf_sha256: event.pdf_sha256,
        valid_until: event.valid_until.and_then(|at| DateTime::<Utc>::try_from(at).ok()),
        sent_at: sent.meta.time,
    };
    let opportunity = id("opportunity_id", &event.opportunity_id)?;
    ops::note_quote_sent::note_quote_sent(&state, &caller, opportunity, quote).await
}
