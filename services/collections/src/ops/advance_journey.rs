//! A person moves a journey to its next node, with evidence.

use authz::Action;
use chrono::{DateTime, Utc};
use journal::{Caller, Write};
use kernel::{Evidence, FieldError, Text};
use runtime::http::IfMatch;
use serde::Deserialize;
use uuid::Uuid;

use super::journey_step::{Step, enter_node};
use super::view::ReceivableView;
use crate::app::State;
use crate::domain::node::Node;
use crate::domain::receivable::Receivable;
use crate::domain::{journey, plan};
use crate::error::CollectionsError;
use crate::store;

/// A movement as a person asks for it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// The next node: 2 invoice received, 3 purchasing started, 4 finance paid. Node 1 follows the invoice application
    /// and node 5 the bank.
    #[schema(example = 2)]
    pub to: u32,
    /// What proves it, named as the process definition names it, such as `invoice_receipt`.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    #[serde(default)]
    pub note: Option<String>,
    /// Who is responsible for the node; the receivable's owner when not given.
    #[serde(default)]
    pub owner_id: Option<Uuid>,
    /// When the customer says the money will come; at node 2 the next due date when not given.
    #[serde(default)]
    pub expected_payment_at: Option<DateTime<Utc>>,
}

#[tracing::instrument(name = "collections.advance_journey", skip_all, fields(receivable = %id, to = input.to))]
pub async fn advance_journey(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: &IfMatch,
    input: Advance,
) -> Result<ReceivableView, CollectionsError> {
    CollectionsError::check(check(&input, state.clock.now()))?;
    let mut write = state.journal.begin(caller).await?;
    let mut receivable = store::receivables::lock(write.db(), id).await?.ok_or(CollectionsError::NotFound)?;
    authz::check(&caller.principal, write.now(), Action::ReceivableAdvance, &receivable.resource())?;
    seen.check(receivable.version)?;
    if !receivable.is_open() {
        return Err(CollectionsError::Closed(receivable.state.as_str()));
    }
    let to = journey::asked_node(receivable.node, input.to)?;
    receivable.expected_payment_at = expected(&mut write, &receivable, to, input.expected_payment_at).await?;
    let owner = input.owner_id.unwrap_or(receivable.owner_id);
    let step = Step { to, owner, evidence: input.evidence.into_iter().collect(), note: input.note };
    enter_node(state, &mut write, &mut receivable, step).await?;
    store::receivables::save(write.db(), &receivable).await?;
    Ok(write.commit(ReceivableView::of(&receivable)).await?)
}

fn check(input: &Advance, now: DateTime<Utc>) -> Vec<FieldError> {
    let mut errors: Vec<FieldError> = input.evidence.iter().flat_map(journey::check_evidence).collect();
    if let Some(note) = &input.note {
        errors.extend(super::check_text("note", note, 500));
    }
    if input.expected_payment_at.is_some_and(|at| at <= now) {
        let reason = Text::new("须在将来", "must lie in the future");
        errors.push(FieldError::new("expected_payment_at", "in_the_past", reason));
    }
    errors
}

/// What was said now or before; when the invoice is received and nothing was, the next due date that is still to come.
async fn expected(
    write: &mut Write,
    receivable: &Receivable,
    to: Node,
    given: Option<DateTime<Utc>>,
) -> Result<Option<DateTime<Utc>>, CollectionsError> {
    let known = given.or(receivable.expected_payment_at);
    if known.is_some() || to != Node::InvoiceReceived {
        return Ok(known);
    }
    let instalments = store::instalments::of(write.db(), receivable.id).await?;
    Ok(plan::next_due(&instalments).map(|one| one.due_at).filter(|due| *due > write.now()))
}
