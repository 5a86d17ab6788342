//! What is owed, by how long it has been due, for each currency.

use authz::{ResourceKind, list_scope};
use journal::Caller;
use kernel::{Currency, Money};
use serde::Serialize;

use crate::app::State;
use crate::domain::plan::overdue_before;
use crate::error::CollectionsError;
use crate::store;
use crate::store::ageing::Bucketed;

/// One currency. Instalments count by their own due dates.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AgeingView {
    pub currency: Currency,
    pub receivables: i64,
    pub not_due: Money,
    pub days_1_30: Money,
    pub days_31_60: Money,
    pub days_61_90: Money,
    pub over_90: Money,
    pub total: Money,
}

#[tracing::instrument(name = "collections.show_ageing", skip_all)]
pub async fn show_ageing(state: &State, caller: &Caller) -> Result<Vec<AgeingView>, CollectionsError> {
    let scope = list_scope(&caller.principal, ResourceKind::Receivable);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let rows = store::ageing::ageing(&mut tx, overdue_before(state.clock.now())).await?;
    rows.into_iter().map(view).collect()
}

fn view(row: Bucketed) -> Result<AgeingView, CollectionsError> {
    let currency: Currency = row.currency.parse().map_err(|error| CollectionsError::stored("currency", error))?;
    let money = |minor| Money::new(minor, currency);
    let all = [row.not_due, row.days_1_30, row.days_31_60, row.days_61_90, row.over_90];
    let total = all.into_iter().try_fold(Money::zero(currency), |sum, minor| sum.checked_add(money(minor)))?;
    Ok(AgeingView {
        currency,
        receivables: row.receivables,
        not_due: money(row.not_due),
        days_1_30: money(row.days_1_30),
        days_31_60: money(row.days_31_60),
        days_61_90: money(row.days_61_90),
        over_90: money(row.over_90),
        total,
    })
}
