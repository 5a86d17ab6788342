//! A signed contract becomes one delivery card.

use contracts::delivery::v1::DeliveryCardCreated;
use journal::{Caller, Entry};
use kernel::{Evidence, EvidenceKind, Text};

use crate::app::State;
use crate::domain::Delivery;
use crate::error::DeliveryError;
use crate::store;
use crate::store::details::{Line, Payment};

/// A card that is not stored yet, with what the contract says.
pub struct NewCard {
    pub card: Delivery,
    pub lines: Vec<Line>,
    pub payments: Vec<Payment>,
}

#[tracing::instrument(name = "delivery.create_card", skip_all, fields(contract = %new.card.contract_id))]
pub async fn create_card(state: &State, caller: &Caller, new: NewCard) -> Result<(), DeliveryError> {
    let mut write = state.journal.begin(caller).await?;
    let NewCard { card, lines, payments } = new;
    authz::check(&caller.principal, write.now(), authz::Action::DeliverySchedule, &card.resource())?;
    // The same contract told in another event: its card stays the only one.
    if !store::deliveries::insert(write.db(), &card).await? {
        return Ok(write.commit(()).await?);
    }
    store::details::insert_lines(write.db(), &card, &lines).await?;
    store::details::insert_payments(write.db(), &card, &payments).await?;
    let entry = Entry::new(&created(&card), card.id, card.version)?;
    write.record(
        entry
            .change("", card.state.as_str())
            .why(Text::new("合同已签署", "the contract is signed"))
            .evidence([signed_document(&card)]),
    );
    Ok(write.commit(()).await?)
}

fn created(card: &Delivery) -> DeliveryCardCreated {
    DeliveryCardCreated {
        delivery_id: card.id.to_string(),
        contract_id: card.contract_id.to_string(),
        contract_number: card.contract_number.clone(),
        opportunity_id: card.opportunity_id.map(|id| id.to_string()).unwrap_or_default(),
        customer_id: card.customer_id.to_string(),
        company: card.company.clone(),
        owner_id: card.owner_id.to_string(),
        org: card.org.to_string(),
        promised_at: card.promised_at.map(Into::into),
    }
}

fn signed_document(card: &Delivery) -> Evidence {
    Evidence {
        kind: EvidenceKind::File,
        name: "signed_contract".into(),
        reference: format!("contract:{}", card.contract_id),
        sha256: (!card.signed_sha256.is_empty()).then(|| card.signed_sha256.clone()),
    }
}
