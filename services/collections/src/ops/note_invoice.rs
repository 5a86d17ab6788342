//! The invoice application of a contract is the first node's evidence.

use authz::Action;
use journal::Caller;
use kernel::Evidence;
use uuid::Uuid;

use super::journey_step::{Step, enter_node};
use crate::app::State;
use crate::domain::node::Node;
use crate::error::CollectionsError;
use crate::store;

/// Reaches node ① once. Before the contract's own event has been handled this fails as unavailable, so that the event
/// comes again.
#[tracing::instrument(name = "collections.note_invoice", skip_all, fields(contract = %contract_id))]
pub async fn note_invoice(
    state: &State,
    caller: &Caller,
    contract_id: Uuid,
    application: Evidence,
) -> Result<(), CollectionsError> {
    let mut write = state.journal.begin(caller).await?;
    let found = store::receivables::lock_by_contract(write.db(), contract_id).await?;
    let mut receivable = found.ok_or(CollectionsError::NotOpenYet)?;
    authz::check(&caller.principal, write.now(), Action::ReceivableAdvance, &receivable.resource())?;
    if receivable.node != Node::Opened || !receivable.is_open() {
        return Ok(write.commit(()).await?);
    }
    let owner = receivable.owner_id;
    let step = Step { to: Node::InvoiceApplied, owner, evidence: vec![application], note: None };
    enter_node(state, &mut write, &mut receivable, step).await?;
    store::receivables::save(write.db(), &receivable).await?;
    Ok(write.commit(()).await?)
}
