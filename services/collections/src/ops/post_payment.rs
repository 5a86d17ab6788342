//! The step that posts one bank entry to one receivable, automatically or by hand.

use contracts::collections::v1::{PaymentPosted, ReceivableCleared};
use journal::{Entry, Write};
use kernel::{Evidence, EvidenceKind, Money, Text};
use uuid::Uuid;

use super::journey_step::{Step, enter_node};
use crate::app::State;
use crate::domain::journey::BANK_RECEIPT;
use crate::domain::node::Node;
use crate::domain::plan::{Allocation, allocate};
use crate::domain::receivable::{Receivable, State as Standing};
use crate::error::CollectionsError;
use crate::store;
use crate::store::entries::Booked;
use crate::store::payments::Payment;

/// Fills instalments in due order, keeps the rest as credit, and ends the journey when nothing is owed any more.
/// The entry must be stored, the receivable locked; both are in one currency and nothing is posted twice.
pub async fn post_payment(
    state: &State,
    write: &mut Write,
    receivable: &mut Receivable,
    entry: &Booked,
    explanation: Vec<Text>,
) -> Result<Payment, CollectionsError> {
    if receivable.state == Standing::WrittenOff {
        return Err(CollectionsError::Closed(receivable.state.as_str()));
    }
    if entry.amount.currency != receivable.amount.currency {
        return Err(CollectionsError::OtherCurrency);
    }
    let instalments = store::instalments::of(write.db(), receivable.id).await?;
    let allocation = allocate(&instalments, entry.amount)?;
    let payment = payment_of(write, receivable.id, entry, &allocation, explanation);
    store::payments::insert(write.db(), receivable.tenant.0, &payment, &allocation.parts).await?;
    for part in &allocation.parts {
        store::instalments::fill(write.db(), receivable.id, part).await?;
    }
    let allocated = entry.amount.checked_sub(allocation.unallocated)?;
    let clears = receivable.take(allocated, allocation.unallocated)?;
    let receipt = receipt(&payment, entry);
    let posted = Entry::new(&posted(receivable, &payment), receivable.id, receivable.next_version())?;
    write.record(posted.evidence([receipt.clone()]));
    if clears {
        clear(state, write, receivable, receipt).await?;
    }
    store::receivables::save(write.db(), receivable).await?;
    Ok(payment)
}

/// Node ⑤ and the end: the only way there.
async fn clear(
    state: &State,
    write: &mut Write,
    receivable: &mut Receivable,
    receipt: Evidence,
) -> Result<(), CollectionsError> {
    receivable.closed_at = Some(write.now());
    let owner = receivable.owner_id;
    let step = Step { to: Node::BankReceived, owner, evidence: vec![receipt.clone()], note: None };
    enter_node(state, write, receivable, step).await?;
    let event = ReceivableCleared {
        receivable_id: receivable.id.to_string(),
        contract_id: receivable.contract_id.to_string(),
        customer_id: receivable.customer_id.to_string(),
        amount: Some(receivable.amount.into()),
        owner_id: receivable.owner_id.to_string(),
        org: receivable.org.to_string(),
    };
    let entry = Entry::new(&event, receivable.id, receivable.next_version())?;
    write.record(entry.change("open", receivable.state.as_str()).evidence([receipt]));
    Ok(())
}

fn payment_of(
    write: &Write,
    receivable_id: Uuid,
    entry: &Booked,
    allocation: &Allocation,
    mut explanation: Vec<Text>,
) -> Payment {
    explanation.extend(allocation.parts.iter().map(|part| {
        let (amount, position) = (part.amount, part.position);
        Text::new(format!("{amount} 冲抵第 {position} 期"), format!("{amount} fills instalment {position}"))
    }));
    if allocation.unallocated.minor > 0 {
        explanation.push(credit(allocation.unallocated));
    }
    Payment {
        id: write.new_id(),
        receivable_id,
        entry_id: entry.id,
        amount: entry.amount,
        unallocated: allocation.unallocated,
        bank_reference: entry.bank_reference.clone(),
        booked_at: entry.booked_at,
        explanation,
        posted_by: write.caller().principal.id,
        posted_at: write.now(),
    }
}

fn credit(rest: Money) -> Text {
    Text::new(format!("多付 {rest}，记为未分配贷项"), format!("{rest} is beyond what is owed: unallocated credit"))
}

/// The evidence a posted payment is.
fn receipt(payment: &Payment, entry: &Booked) -> Evidence {
    Evidence {
        kind: EvidenceKind::Payment,
        name: BANK_RECEIPT.into(),
        reference: payment.id.to_string(),
        sha256: Some(entry.file_sha256.clone()),
    }
}

fn posted(receivable: &Receivable, payment: &Payment) -> PaymentPosted {
    PaymentPosted {
        payment_id: payment.id.to_string(),
        receivable_id: receivable.id.to_string(),
        contract_id: receivable.contract_id.to_string(),
        customer_id: receivable.customer_id.to_string(),
        amount: Some(payment.amount.into()),
        bank_reference: payment.bank_reference.clone().unwrap_or_default(),
        booked_at: Some(payment.booked_at.into()),
        owner_id: receivable.owner_id.to_string(),
        org: receivable.org.to_string(),
        explanation: payment.explanation.iter().cloned().map(Into::into).collect(),
    }
}
