//! Anybody who holds a printed quote can ask whether it is genuine and still holds.

use chrono::{DateTime, Utc};
use kernel::Money;
use serde::Serialize;

use crate::State;
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;
use crate::store::{quotes, revisions};

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct QuoteVerification {
    pub number: String,
    pub revision: i32,
    pub status: QuoteStatus,
    pub status_label: String,
    pub total: Money,
    /// True when the company stands by this price now.
    pub valid: bool,
    pub valid_until: Option<DateTime<Utc>>,
    /// SHA-256 of the content, as printed on the paper.
    pub content_sha256: String,
    /// SHA-256 of the file that was sent.
    pub pdf_sha256: Option<String>,
}

/// `code` is the only secret; nothing about the customer is answered.
#[tracing::instrument(name = "quote_contract.verify_quote", skip_all)]
pub async fn verify_quote(state: &State, code: &str) -> Result<QuoteVerification, Error> {
    let mut tx = state.journal.read_as_system().await?;
    let found = revisions::by_code(&mut tx, &code.trim().to_ascii_uppercase()).await?;
    let (id, number) = found.ok_or(Error::NotFound("quote"))?;
    let quote = quotes::find(&mut tx, id).await?.ok_or(Error::NotFound("quote"))?;
    let revision = revisions::find(&mut tx, id, number).await?.ok_or(Error::NotFound("quote"))?;
    let now = state.clock.now();
    Ok(QuoteVerification {
        number: quote.number,
        revision: revision.revision,
        status: revision.status,
        status_label: revision.status.label().to_owned(),
        total: revision.document.totals.total,
        valid: revision.status.is_live() && revision.valid_until.is_some_and(|until| now < until),
        valid_until: revision.valid_until,
        content_sha256: revision.content_sha256,
        pdf_sha256: revision.pdf_sha256,
    })
}
