//! A link with which the customer confirms or refuses, without signing in.

use authz::Action;
use chrono::{DateTime, Utc};
use contracts::delivery::v1::AcceptanceRequested;
use journal::{Caller, Entry, Write};
use kernel::{Evidence, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::checks::Checks;
use crate::app::State;
use crate::domain::link::{LinkState, token_digest, token_text};
use crate::domain::{Delivery, Link};
use crate::error::DeliveryError;
use crate::store;

/// What the customer is shown besides the contract's lines.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAcceptance {
    /// Documents (`file`) and videos (`recording`) of what was delivered.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// The link. Token and address are answered once; a repeated request gets the rest.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Issued {
    pub id: Uuid,
    pub delivery_id: Uuid,
    pub expires_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The customer's page, below the installation's public address: `/acceptance/{token}`. Systems look and answer at
    /// `/api/acceptances/{token}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Issues a link; links that were not answered stop working.
#[tracing::instrument(name = "delivery.issue_acceptance", skip_all, fields(delivery = %id))]
pub async fn issue_acceptance(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: NewAcceptance,
) -> Result<Issued, DeliveryError> {
    let mut write = state.journal.begin(caller).await?;
    let mut card = store::deliveries::lock(write.db(), id).await?.ok_or(DeliveryError::NotFound)?;
    authz::check(&caller.principal, write.now(), Action::DeliveryIssueAcceptance, &card.resource())?;
    Checks::default().evidence("evidence", &input.evidence).done()?;
    let before = card.state;
    card.ask()?;
    let token = token_text(state.ids.secret());
    let link = new_link(state, &write, input.evidence);
    store::links::supersede(write.db(), card.id).await?;
    store::links::insert(write.db(), &card, &link, token_digest(&token)).await?;
    let event = requested(&card, &link);
    let entry = Entry::new(&event, card.id, card.next_version())?.change(before.as_str(), card.state.as_str());
    write.record(entry.why(Text::new("请客户验收", "the customer was asked to accept")).evidence(link.shown));
    store::deliveries::save(write.db(), &card).await?;
    // What is committed is kept as the answer to repeated requests, so the token is added afterwards.
    let kept = Issued { id: link.id, delivery_id: card.id, expires_at: link.expires_at, token: None, url: None };
    let issued = write.commit(kept).await?;
    Ok(Issued { url: Some(format!("/acceptance/{token}")), token: Some(token), ..issued })
}

fn new_link(state: &State, write: &Write, shown: Vec<Evidence>) -> Link {
    Link {
        id: write.new_id(),
        state: LinkState::Open,
        shown,
        requested_by: write.caller().principal.id,
        requested_at: write.now(),
        expires_at: write.now() + state.config.acceptance_lasts(),
        reason: None,
        evidence: Vec::new(),
        signer: None,
        decided_at: None,
    }
}

fn requested(card: &Delivery, link: &Link) -> AcceptanceRequested {
    AcceptanceRequested {
        delivery_id: card.id.to_string(),
        customer_id: card.customer_id.to_string(),
        acceptance_id: link.id.to_string(),
        expires_at: Some(link.expires_at.into()),
        org: card.org.to_string(),
    }
}
