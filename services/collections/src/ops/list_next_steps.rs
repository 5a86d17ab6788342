//! What to do next, the longest standing first: one sentence per open receivable.

use authz::{ResourceKind, list_scope};
use chrono::{DateTime, Utc};
use journal::Caller;
use kernel::{Money, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::show_receivable::first_stall;
use crate::app::State;
use crate::domain::journey::DEFINITION;
use crate::domain::next_step::next_step;
use crate::domain::receivable::Receivable;
use crate::error::CollectionsError;
use crate::store;

const MOST: i64 = 200;

#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NextStepQuery {
    /// Only this rep's receivables.
    pub owner_id: Option<Uuid>,
    /// 1 to 200; 50 when not given.
    pub limit: Option<i64>,
}

/// Such as "A 医院 卡在③ 已超时 36 h，今日 10 点前电话确认流程编号".
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct NextStepView {
    pub receivable_id: Uuid,
    pub contract_number: String,
    pub company: String,
    pub owner_id: Uuid,
    pub node: u8,
    pub outstanding: Money,
    pub moved_at: DateTime<Utc>,
    /// Hours beyond the time a node may take; 0 while there is time.
    pub overdue_hours: i64,
    pub sentence: Text,
}

#[tracing::instrument(name = "collections.list_next_steps", skip_all)]
pub async fn list_next_steps(
    state: &State,
    caller: &Caller,
    query: NextStepQuery,
) -> Result<Vec<NextStepView>, CollectionsError> {
    let scope = list_scope(&caller.principal, ResourceKind::Receivable);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let limit = query.limit.unwrap_or(50).clamp(1, MOST);
    let open = store::receivables::longest_standing(&mut tx, query.owner_id, limit).await?;
    let definition = state.definitions.current(&mut tx, caller.tenant(), DEFINITION).await?;
    let now = state.clock.now();
    let view = |receivable: Receivable| {
        let step = next_step(&definition, &receivable, first_stall(state, &definition, &receivable), now);
        NextStepView {
            receivable_id: receivable.id,
            outstanding: receivable.outstanding(),
            contract_number: receivable.contract_number,
            company: receivable.company,
            owner_id: receivable.owner_id,
            node: receivable.node.number(),
            moved_at: receivable.moved_at,
            overdue_hours: step.overdue_hours,
            sentence: step.sentence,
        }
    };
    Ok(open.into_iter().map(view).collect())
}
