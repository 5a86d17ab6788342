//! What somebody who holds an acceptance link is shown.

use chrono::{DateTime, Utc};
use kernel::{Evidence, Principal, Scope};
use serde::Serialize;

use crate::app::State;
use crate::domain::link::token_digest;
use crate::error::DeliveryError;
use crate::store;
use crate::store::details::Line;
use crate::store::links::Target;

/// What is to be accepted.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Offer {
    pub contract_number: String,
    pub company: String,
    pub lines: Vec<Line>,
    pub promised_at: Option<DateTime<Utc>>,
    pub scheduled_at: Option<DateTime<Utc>>,
    /// Documents and videos of what was delivered.
    pub evidence: Vec<Evidence>,
    /// Until when the link works.
    pub expires_at: DateTime<Utc>,
}

/// Where a token leads. Every token takes the same way: one digest, one look-up.
pub async fn find_target(state: &State, token: &str) -> Result<Target, DeliveryError> {
    let mut tx = state.journal.read_as_system().await?;
    store::links::target(&mut tx, token_digest(token)).await?.ok_or(DeliveryError::AcceptanceUnknown)
}

/// The holder of the token need not be signed in: the token is the permission.
#[tracing::instrument(name = "delivery.show_acceptance", skip_all)]
pub async fn show_acceptance(state: &State, token: &str) -> Result<Offer, DeliveryError> {
    let target = find_target(state, token).await?;
    let service = Principal::service(target.tenant, "delivery");
    let mut tx = state.journal.read(&service, Scope::All).await?;
    let link = store::links::find(&mut tx, target.acceptance_id).await?.ok_or(DeliveryError::AcceptanceUnknown)?;
    link.check_usable(state.clock.now())?;
    let card = store::deliveries::find(&mut tx, target.delivery_id).await?.ok_or(DeliveryError::AcceptanceUnknown)?;
    let lines = store::details::lines(&mut tx, card.id).await?;
    Ok(Offer {
        contract_number: card.contract_number,
        company: card.company,
        lines,
        promised_at: card.promised_at,
        scheduled_at: card.scheduled_at,
        evidence: link.shown,
        expires_at: link.expires_at,
    })
}
