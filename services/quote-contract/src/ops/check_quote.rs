//! Does a quote fit together, and does it fit budget and delivery? Findings, without changing anything.

use journal::Caller;
use kernel::TenantId;
use serde::Serialize;
use uuid::Uuid;

use super::ask_crm::Opportunity;
use super::{ask_capacity, ask_crm, read_quotes};
use crate::State;
use crate::domain::consistency::{self, Finding, Severity, Surroundings};
use crate::domain::quote::QuoteDocument;
use crate::error::Error;

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct QuoteCheck {
    /// True when nothing keeps the quote from being submitted.
    pub submittable: bool,
    pub findings: Vec<Finding>,
}

#[tracing::instrument(name = "quote_contract.check_quote", skip_all, fields(quote = %id))]
pub async fn check_quote(state: &State, caller: &Caller, id: Uuid) -> Result<QuoteCheck, Error> {
    let (quote, revision) = read_quotes::load_visible(state, &caller.principal, id, None).await?;
    let opportunity = ask_crm::opportunity(state, caller.tenant(), quote.opportunity_id).await?;
    let findings = findings(state, caller.tenant(), &revision.document, &opportunity).await;
    Ok(QuoteCheck { submittable: findings.iter().all(|one| one.severity != Severity::Error), findings })
}

/// Asks delivery about the week and checks everything.
pub async fn findings(
    state: &State,
    tenant: TenantId,
    document: &QuoteDocument,
    opportunity: &Opportunity,
) -> Vec<Finding> {
    let around = Surroundings {
        today: process::calendar::shanghai(state.clock.now()).date_naive(),
        authorised_low: opportunity.authorised_low,
        authorised_high: opportunity.authorised_high,
        free_slots: ask_capacity::free_slots(state, tenant, document.delivery_date).await,
    };
    consistency::check(document, around)
}
