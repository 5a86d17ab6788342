//! A revision as a PDF. What was sent is kept; anything else is printed anew.

use kernel::Principal;
use uuid::Uuid;

use super::read_quotes::load_visible;
use crate::State;
use crate::error::Error;
use crate::pdf::{PdfError, QuotePaper};
use crate::store::quotes::Quote;
use crate::store::revisions::{self, QuoteRevision};

/// A file and what to call it.
pub struct Printed {
    pub file_name: String,
    pub pdf: Vec<u8>,
}

#[tracing::instrument(name = "quote_contract.print_quote", skip_all, fields(quote = %id))]
pub async fn print_quote(
    state: &State,
    principal: &Principal,
    id: Uuid,
    revision: Option<i32>,
) -> Result<Printed, Error> {
    let (quote, revision) = load_visible(state, principal, id, revision).await?;
    let file_name = format!("{}-r{}.pdf", quote.number, revision.revision);
    let kept = {
        let mut tx = state.journal.read(principal, kernel::Scope::All).await?;
        revisions::kept_pdf(&mut tx, id, revision.revision).await?
    };
    let pdf = match kept {
        Some(pdf) => pdf,
        None => render(state, &quote, &revision).await?,
    };
    Ok(Printed { file_name, pdf })
}

/// Prints off the async threads: setting type takes tens of milliseconds.
pub async fn render(state: &State, quote: &Quote, revision: &QuoteRevision) -> Result<Vec<u8>, Error> {
    let (printer, config, paper) = (state.printer.clone(), state.config.clone(), paper(state, quote, revision));
    let printed = tokio::task::spawn_blocking(move || printer.quote(&config.company, &paper)).await;
    Ok(printed.map_err(|error| PdfError::Unwritable(error.to_string()))??)
}

fn paper(state: &State, quote: &Quote, revision: &QuoteRevision) -> QuotePaper {
    // Once approved the paper never changes again, so that its hash holds for good.
    let watermark =
        if revision.status.was_approved() { quote.company.clone() } else { revision.status.label().to_owned() };
    QuotePaper {
        number: quote.number.clone(),
        revision: revision.revision,
        document: revision.document.clone(),
        watermark,
        created_at: revision.created_at,
        approved_at: revision.approved_at,
        valid_until: revision.valid_until,
        verification_code: revision.verification_code.clone(),
        verification_url: state.config.verification_url(&revision.verification_code),
        content_sha256: revision.content_sha256.clone(),
    }
}
