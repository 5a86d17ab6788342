//! Questions to the projection, limited to what the caller may see.

use authz::{Action, Denied, ResourceKind};
use chrono::{DateTime, Utc};
use journal::Caller;
use kernel::Scope;
use serde::Serialize;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::app::State;
use crate::domain::fact::STEPS;
use crate::error::AnalyticsError;
use crate::store;
use crate::store::reports::StageDwell;
use crate::store::timeline::{Subject, TimelineEntry};

/// One step of the funnel.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FunnelStep {
    /// received, assigned, touched, converted, quoted, signed, delivered or cleared.
    pub step: String,
    /// How many of the leads have reached it.
    pub leads: i64,
    /// Their share of the leads received, 0 to 1.
    pub share: f64,
    /// The leads, opportunities, quotes, contracts, deliveries or receivables that reached it; at most 500.
    pub records: Vec<Uuid>,
}

#[tracing::instrument(name = "analytics.timeline", skip_all)]
pub async fn timeline(
    state: &State,
    caller: &Caller,
    subject: Subject,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<TimelineEntry>, AnalyticsError> {
    let mut tx = read(state, caller, ResourceKind::Timeline, Action::TimelineRead).await?;
    store::timeline::list(&mut tx, subject, after, limit).await
}

/// The leads received in the given time and how far they have come until now; every step, also the empty ones.
#[tracing::instrument(name = "analytics.funnel", skip_all)]
pub async fn funnel(
    state: &State,
    caller: &Caller,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<FunnelStep>, AnalyticsError> {
    let mut tx = read(state, caller, ResourceKind::Report, Action::ReportRead).await?;
    let mut reached = store::reports::funnel(&mut tx, from, to).await?;
    let all = reached.iter().find(|one| one.step == STEPS[0]).map_or(0, |one| one.leads);
    let step = |name: &str| {
        let found = reached.iter().position(|one| one.step == name).map(|at| reached.swap_remove(at));
        let (leads, records) = found.map(|one| (one.leads, one.records)).unwrap_or_default();
        FunnelStep { step: name.to_owned(), leads, share: leads as f64 / all.max(1) as f64, records }
    };
    Ok(STEPS.into_iter().map(step).collect())
}

/// How long opportunities stayed in the stages they entered in the given time.
#[tracing::instrument(name = "analytics.stage_dwell", skip_all)]
pub async fn stage_dwell(
    state: &State,
    caller: &Caller,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<StageDwell>, AnalyticsError> {
    let mut tx = read(state, caller, ResourceKind::Report, Action::ReportRead).await?;
    store::reports::stage_dwell(&mut tx, from, to, state.clock.now()).await
}

/// A role that sees nothing of the kind is told so, instead of an empty answer.
async fn read(
    state: &State,
    caller: &Caller,
    kind: ResourceKind,
    action: Action,
) -> Result<Transaction<'static, Postgres>, AnalyticsError> {
    let scope = authz::list_scope(&caller.principal, kind);
    if scope == Scope::None {
        return Err(Denied::Forbidden { action }.into());
    }
    Ok(state.journal.read(&caller.principal, scope).await?)
}
