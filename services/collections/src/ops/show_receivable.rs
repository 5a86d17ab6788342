//! One receivable: plan, journey, payments, blockers, next step.

use authz::{ResourceKind, list_scope};
use journal::Caller;
use process::Definition;
use sqlx::PgConnection;
use uuid::Uuid;

use super::view::{
    InstalmentView, NodeView, PaymentView, ReceivableDetail, ReceivableView, WriteOffView, blocker_views,
};
use crate::app::State;
use crate::domain::journey::DEFINITION;
use crate::domain::next_step::next_step;
use crate::domain::node::Node;
use crate::domain::receivable::Receivable;
use crate::domain::stall;
use crate::error::CollectionsError;
use crate::store;
use crate::store::nodes::Reached;

#[tracing::instrument(name = "collections.show_receivable", skip_all, fields(receivable = %id))]
pub async fn show_receivable(state: &State, caller: &Caller, id: Uuid) -> Result<ReceivableDetail, CollectionsError> {
    let scope = list_scope(&caller.principal, ResourceKind::Receivable);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let receivable = store::receivables::find(&mut tx, id).await?.ok_or(CollectionsError::NotFound)?;
    detail(state, &mut tx, &receivable).await
}

async fn detail(
    state: &State,
    db: &mut PgConnection,
    receivable: &Receivable,
) -> Result<ReceivableDetail, CollectionsError> {
    let (id, currency, now) = (receivable.id, receivable.amount.currency, state.clock.now());
    let definition = state.definitions.current(db, receivable.tenant, DEFINITION).await?;
    let plan = store::instalments::of(db, id).await?;
    let journey = store::nodes::of(db, id).await?;
    let payments = store::payments::of(db, id, currency).await?;
    let blockers = blocker_views(&state.config, store::blockers::of(db, id).await?);
    let (open_blockers, closed_blockers) = blockers.into_iter().partition(|blocker| blocker.closed_at.is_none());
    let write_off = store::write_offs::waiting(db, id, currency).await?;
    let stalls_at = first_stall(state, &definition, receivable);
    let next_step = receivable.is_open().then(|| next_step(&definition, receivable, stalls_at, now).sentence);
    Ok(ReceivableDetail {
        receivable: ReceivableView::of(receivable),
        plan: plan.into_iter().map(|one| InstalmentView::of(one, now)).collect(),
        journey: nodes(&definition, journey),
        payments: payments.into_iter().map(PaymentView::of).collect(),
        open_blockers,
        closed_blockers,
        write_off: write_off.as_ref().map(WriteOffView::of),
        next_step,
    })
}

/// When the time a journey may stand at its node is up; now and always where the definition sets no limit.
pub fn first_stall(state: &State, definition: &Definition, receivable: &Receivable) -> chrono::DateTime<chrono::Utc> {
    let (node, moved_at) = (receivable.node, receivable.moved_at);
    stall::deadline(definition, node).map_or(moved_at, |deadline| deadline.due(&state.calendar, moved_at).at)
}

/// All five nodes with what is known of each.
fn nodes(definition: &Definition, reached: Vec<Reached>) -> Vec<NodeView> {
    let all = std::iter::successors(Node::Opened.next(), |node| node.next());
    let view = |node: Node| {
        let found = reached.iter().find(|one| one.node == node);
        let title = definition.stage(node.stage()).map(|stage| stage.title.clone()).unwrap_or_default();
        NodeView {
            node: node.number(),
            stage: node.stage(),
            title,
            owner_id: found.map(|one| one.owner_id),
            evidence: found.map(|one| one.evidence.clone()).unwrap_or_default(),
            note: found.and_then(|one| one.note.clone()),
            reached_at: found.map(|one| one.reached_at),
            reached_by: found.map(|one| one.reached_by),
        }
    };
    all.map(view).collect()
}
