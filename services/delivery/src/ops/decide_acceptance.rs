//! The customer's word: 确认可用, or not yet.

use chrono::{DateTime, Utc};
use contracts::delivery::v1::{DeliveryAccepted, DeliveryRejected};
use journal::{Caller, Entry};
use kernel::{Evidence, EvidenceKind, Reason, Text};
use serde::{Deserialize, Serialize};

use super::checks::Checks;
use crate::app::State;
use crate::domain::link::LinkState;
use crate::domain::{self, Delivery, Link};
use crate::error::DeliveryError;
use crate::store;
use crate::store::links::Target;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// 确认可用: it works, and counts as delivered.
    #[serde(alias = "确认可用")]
    Accepted,
    Rejected,
}

/// What the customer says.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub decision: Decision,
    /// Needed when the decision is `rejected`.
    #[serde(default)]
    pub reason: Option<String>,
    /// Documents (`file`) and videos (`recording`), with their digests. An acceptance rests on at least one,
    /// given here or shown with the link.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Who signs for the customer.
    pub signer: String,
}

/// What became of it.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
pub struct Decided {
    pub decision: Decision,
    pub state: domain::State,
    pub decided_at: DateTime<Utc>,
}

/// Takes the customer's answer. The holder of the link need not be signed in: the token, which led to
/// `target`, is the permission, and it is used up here.
#[tracing::instrument(name = "delivery.decide_acceptance", skip_all, fields(delivery = %target.delivery_id))]
pub async fn decide_acceptance(
    state: &State,
    caller: &Caller,
    target: Target,
    answer: Answer,
) -> Result<Decided, DeliveryError> {
    let mut write = state.journal.begin(caller).await?;
    // Whoever holds the card first decides; the other one finds the link used.
    let card = store::deliveries::lock(write.db(), target.delivery_id).await?;
    let mut card = card.ok_or(DeliveryError::AcceptanceUnknown)?;
    let link = store::links::find(write.db(), target.acceptance_id).await?;
    let mut link = link.ok_or(DeliveryError::AcceptanceUnknown)?;
    link.check_usable(write.now())?;
    check(&answer, &link)?;
    let before = card.state;
    let entry = decide(&mut card, &link, &answer, write.now())?;
    let entry = entry.change(before.as_str(), card.state.as_str()).evidence(answer.evidence.iter().cloned());
    write.record(entry.why(why(&answer)).personal("signer", &*answer.signer));
    let decision = answer.decision;
    settle(&mut link, answer, write.now());
    store::links::save_answer(write.db(), &link).await?;
    store::deliveries::save(write.db(), &card).await?;
    let decided = Decided { decision, state: card.state, decided_at: write.now() };
    Ok(write.commit(decided).await?)
}

fn check(answer: &Answer, link: &Link) -> Result<(), DeliveryError> {
    let mut checks = Checks::default();
    checks.text("signer", &answer.signer, 100).evidence("evidence", &answer.evidence);
    match answer.decision {
        Decision::Accepted => checks.optional_text("reason", answer.reason.as_deref(), 1000),
        Decision::Rejected => checks.text("reason", answer.reason.as_deref().unwrap_or(""), 1000),
    };
    checks.done()?;
    let mut carriers = answer.evidence.iter().chain(&link.shown);
    if answer.decision == Decision::Accepted && !carriers.any(is_document_or_video) {
        return Err(DeliveryError::AcceptanceEvidenceMissing);
    }
    Ok(())
}

fn is_document_or_video(carrier: &Evidence) -> bool {
    matches!(carrier.kind, EvidenceKind::File | EvidenceKind::Recording) && carrier.sha256.is_some()
}

fn decide(card: &mut Delivery, link: &Link, answer: &Answer, now: DateTime<Utc>) -> Result<Entry, DeliveryError> {
    match answer.decision {
        Decision::Accepted => {
            let first_pass = card.accept(now)?;
            let event = accepted(card, link, first_pass);
            Ok(Entry::new(&event, card.id, card.next_version())?)
        }
        Decision::Rejected => {
            card.reject()?;
            let event = rejected(card, words(answer));
            Ok(Entry::new(&event, card.id, card.next_version())?)
        }
    }
}

/// The customer's words; who accepts need not say more than that it works.
fn why(answer: &Answer) -> Reason {
    match words(answer) {
        "" => Text::new("确认可用", "it works").into(),
        words => words.into(),
    }
}

fn words(answer: &Answer) -> &str {
    answer.reason.as_deref().unwrap_or_default()
}

fn settle(link: &mut Link, answer: Answer, now: DateTime<Utc>) {
    link.state = match answer.decision {
        Decision::Accepted => LinkState::Accepted,
        Decision::Rejected => LinkState::Rejected,
    };
    link.reason = answer.reason;
    link.evidence = answer.evidence;
    link.signer = Some(answer.signer);
    link.decided_at = Some(now);
}

fn accepted(card: &Delivery, link: &Link, first_pass: bool) -> DeliveryAccepted {
    DeliveryAccepted {
        delivery_id: card.id.to_string(),
        contract_id: card.contract_id.to_string(),
        customer_id: card.customer_id.to_string(),
        acceptance_id: link.id.to_string(),
        accepted_at: card.accepted_at.map(Into::into),
        first_pass,
        owner_id: card.owner_id.to_string(),
        org: card.org.to_string(),
    }
}

fn rejected(card: &Delivery, reason: &str) -> DeliveryRejected {
    DeliveryRejected {
        delivery_id: card.id.to_string(),
        contract_id: card.contract_id.to_string(),
        customer_id: card.customer_id.to_string(),
        reason: reason.to_owned(),
        owner_id: card.owner_id.to_string(),
        org: card.org.to_string(),
    }
}
