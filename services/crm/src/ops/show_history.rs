//! What happened with a customer, from this service's own journal.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Utc};
use journal::Caller;
use journal::ledger::Record;
use kernel::{Evidence, Principal, PrincipalKind, Reason, Role, Scope};
use runtime::http::{Page, PageQuery};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::app::State;
use crate::domain::budgets::BudgetKind;
use crate::error::CrmError;
use crate::store;
use crate::store::history::{self, Line};

/// One thing that happened.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HistoryLine {
    pub event_id: Uuid,
    /// Such as `opportunity.stage_changed.v1`.
    #[serde(rename = "type")]
    pub type_name: String,
    pub at: DateTime<Utc>,
    pub aggregate: String,
    pub aggregate_id: Uuid,
    pub version: u64,
    #[schema(value_type = String)]
    pub actor_kind: PrincipalKind,
    pub actor_id: Uuid,
    #[schema(value_type = String)]
    pub actor_role: Role,
    pub from: Option<String>,
    pub to: Option<String>,
    pub why: Option<Reason>,
    pub evidence: Vec<Evidence>,
    /// The event's payload; null where the caller may not see its figures.
    #[schema(value_type = Object)]
    pub data: Value,
}

#[tracing::instrument(name = "crm.show_history", skip_all, fields(customer = %id))]
pub async fn show_history(
    state: &State,
    caller: &Caller,
    id: Uuid,
    page: PageQuery,
) -> Result<Page<HistoryLine>, CrmError> {
    let principal = &caller.principal;
    let scope = authz::list_scope(principal, ResourceKind::Customer);
    let mut tx = state.journal.read(principal, scope).await?;
    store::customers::find(&mut tx, id).await?.ok_or(CrmError::CustomerNotFound)?;
    let lines = history::of_customer(&mut tx, id, &visible_kinds(principal), page.after_time()?, page.limit()).await?;
    let Page { items, next_cursor } = Page::of(lines, page.limit(), history::position);
    let sees_cost = may_see_cost(principal, state.clock.now());
    let items = items.into_iter().map(|line| read(line, sees_cost)).collect::<Result<_, _>>()?;
    Ok(Page { items, next_cursor })
}

/// The aggregates of which the caller sees any at all.
fn visible_kinds(principal: &Principal) -> Vec<String> {
    let kinds = [ResourceKind::Customer, ResourceKind::Opportunity, ResourceKind::Visit, ResourceKind::SalesAction];
    let seen = kinds.into_iter().filter(|kind| authz::list_scope(principal, *kind) != Scope::None);
    seen.map(|kind| kind.as_str().to_owned()).collect()
}

/// Whether the caller may see what things cost.
pub fn may_see_cost(principal: &Principal, now: DateTime<Utc>) -> bool {
    let catalogue = Resource::tenant_wide(ResourceKind::Product, principal.tenant);
    authz::check(principal, now, Action::ProductReadCost, &catalogue).is_ok()
}

fn read(line: Line, sees_cost: bool) -> Result<HistoryLine, CrmError> {
    let corrupt = |error: String| CrmError::Corrupt("journal record", error);
    let record = Record::parse(&line.record).map_err(|error| corrupt(error.to_string()))?;
    let data: Value = serde_json::from_str(record.data.get()).map_err(|error| corrupt(error.to_string()))?;
    let is_cost = data.get("kind").and_then(Value::as_str) == Some(BudgetKind::CostFloor.as_str());
    Ok(HistoryLine {
        event_id: record.id,
        type_name: record.event_type,
        at: record.at,
        aggregate: record.aggregate,
        aggregate_id: record.aggregate_id,
        version: record.version,
        actor_kind: record.actor.kind,
        actor_id: record.actor.id,
        actor_role: record.actor.role,
        from: record.from,
        to: record.to,
        why: record.why,
        evidence: record.evidence,
        data: if is_cost && !sees_cost { Value::Null } else { data },
    })
}
