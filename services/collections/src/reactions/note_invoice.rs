//! An invoice was applied for: the journey's first node.

use contracts::quote_contract::v1::InvoiceApplied;
use journal::Caller;
use journal::consume::Delivered;
use kernel::{Evidence, EvidenceKind};

use super::id;
use crate::app::State;
use crate::domain::journey::INVOICE_APPLICATION;
use crate::error::CollectionsError;
use crate::ops::note_invoice::note_invoice;

pub async fn run(state: State, caller: Caller, applied: Delivered<InvoiceApplied>) -> Result<(), CollectionsError> {
    let contract = id("contract_id", &applied.event.contract_id)?;
    let application = Evidence {
        kind: EvidenceKind::Link,
        name: INVOICE_APPLICATION.into(),
        reference: format!("event:{} {}", applied.meta.event_id, applied.event.number).trim_end().to_owned(),
        sha256: None,
    };
    note_invoice(&state, &caller, contract, application).await
}
