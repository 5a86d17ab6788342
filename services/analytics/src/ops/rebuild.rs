//! Rebuilds the projection of a tenant from every service's ledger, and compares.

use std::collections::HashMap;

use authz::{Action, Resource, ResourceKind};
use contracts::journal::v1::ReplayRequest;
use journal::Caller;
use journal::ledger::Record;
use kernel::TenantId;
use runtime::peers::PeerError;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::State;
use crate::domain::happened::Happened;
use crate::domain::project::Rows;
use crate::domain::source::Source;
use crate::error::AnalyticsError;
use crate::store;
use crate::store::generations;

const BATCH: usize = 500;
/// A rebuild that was started longer ago is not under way any more.
const LEFT_BEHIND_AFTER_SECONDS: i64 = 6 * 3_600;

/// What a rebuild found.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Comparison {
    /// True when the projection was what the ledgers say; otherwise it has been put right.
    pub identical: bool,
    /// Rows compared on the side of the ledgers.
    pub rows: i64,
    /// Events applied that no ledger has sealed yet: neither compared nor touched.
    pub ahead: i64,
    /// Events in the ledgers that had not been applied yet.
    pub behind: i64,
    /// SHA-256 over all compared rows in canonical order, lower-case hex.
    pub digest_live: String,
    pub digest_rebuilt: String,
}

#[tracing::instrument(name = "analytics.rebuild", skip_all)]
pub async fn rebuild(state: &State, caller: &Caller) -> Result<Comparison, AnalyticsError> {
    check(state, caller)?;
    let tenant = caller.tenant();
    discard_left_behind(state, tenant).await?;
    let generation = state.ids.new_id();
    let rebuilt = replay_and_compare(state, caller, generation).await;
    if rebuilt.is_err() {
        discard(state, tenant, &[generation]).await?;
    }
    rebuilt
}

/// Those who read the ledgers and those who repair deliveries.
fn check(state: &State, caller: &Caller) -> Result<(), AnalyticsError> {
    let (who, now) = (&caller.principal, state.clock.now());
    let of = |kind| Resource::tenant_wide(kind, caller.tenant());
    authz::check(who, now, Action::LedgerRead, &of(ResourceKind::Ledger))
        .or_else(|_| authz::check(who, now, Action::DeadLetterReplay, &of(ResourceKind::DeadLetter)))?;
    Ok(())
}

async fn replay_and_compare(state: &State, caller: &Caller, generation: Uuid) -> Result<Comparison, AnalyticsError> {
    for source in state.sources.iter() {
        replay(state, caller.tenant(), *source, generation).await?;
    }
    compare(state, caller, generation).await
}

/// Reads one service's ledger into the generation, in bounded memory.
async fn replay(state: &State, tenant: TenantId, source: Source, generation: Uuid) -> Result<(), AnalyticsError> {
    let request = state.peers.ask(tenant, ReplayRequest { after: 0 })?;
    let mut ledger = state.peers.ledger(source.service)?;
    let mut records = ledger.replay(request).await.map_err(PeerError::from)?.into_inner();
    let (mut order, mut rows) = (Order::default(), Rows::default());
    while let Some(answer) = records.message().await.map_err(PeerError::from)? {
        let record = Record::parse(&answer.record).map_err(|error| AnalyticsError::Ledger(source.service, error))?;
        if record.tenant != tenant || record.service != source.service {
            return Err(AnalyticsError::ForeignRecord(source.service, record.id));
        }
        let happened = Happened::try_from(record)?;
        if order.is_next(source, &happened)? {
            rows.add(happened);
        }
        if rows.timeline.len() == BATCH {
            keep(state, tenant, generation, std::mem::take(&mut rows)).await?;
        }
    }
    keep(state, tenant, generation, rows).await
}

/// The gate of the live side, for one replay.
#[derive(Default)]
struct Order(HashMap<Uuid, i64>);

impl Order {
    fn is_next(&mut self, source: Source, happened: &Happened) -> Result<bool, AnalyticsError> {
        let reached = self.0.entry(happened.aggregate_id).or_default();
        if happened.version > *reached + 1 {
            return Err(AnalyticsError::LedgerGap(source.service, happened.aggregate_id, happened.version));
        }
        let next = happened.version == *reached + 1;
        *reached = happened.version.max(*reached);
        Ok(next)
    }
}

async fn keep(state: &State, tenant: TenantId, generation: Uuid, rows: Rows) -> Result<(), AnalyticsError> {
    let mut write = state.journal.begin(&job(tenant, generation)).await?;
    store::rows::insert(write.db(), generation, &rows).await?;
    Ok(write.commit(()).await?)
}

/// With no live write under way: says whether both sides agree, and exchanges them when they do not.
async fn compare(state: &State, caller: &Caller, generation: Uuid) -> Result<Comparison, AnalyticsError> {
    let mut write = state.journal.begin(caller).await?;
    store::rows::lock(write.db(), caller.tenant().0, true).await?;
    let live = generations::live(write.db(), generation).await?;
    let replayed = generations::replayed(write.db(), generation).await?;
    let (ahead, behind) = generations::distance(write.db(), generation).await?;
    let identical = live == replayed;
    if identical {
        generations::discard(write.db(), generation).await?;
    } else {
        tracing::warn!(
            live = live.digest,
            rebuilt = replayed.digest,
            "the projection differed from the ledgers; put right"
        );
        generations::put_in_place(write.db(), generation).await?;
    }
    let rebuilt = Comparison {
        identical,
        rows: replayed.rows,
        ahead,
        behind,
        digest_live: live.digest,
        digest_rebuilt: replayed.digest,
    };
    Ok(write.commit(rebuilt).await?)
}

async fn discard_left_behind(state: &State, tenant: TenantId) -> Result<(), AnalyticsError> {
    let mut tx = state.journal.read(&job(tenant, tenant.0).principal, kernel::Scope::All).await?;
    let unfinished = generations::unfinished(&mut tx).await?;
    drop(tx);
    let before = state.clock.now().timestamp() - LEFT_BEHIND_AFTER_SECONDS;
    let old = |generation: &Uuid| {
        let started = generation.get_timestamp().map_or(0, |stamp| stamp.to_unix().0);
        i64::try_from(started).is_ok_and(|started| started < before)
    };
    discard(state, tenant, &unfinished.into_iter().filter(old).collect::<Vec<_>>()).await
}

async fn discard(state: &State, tenant: TenantId, generations: &[Uuid]) -> Result<(), AnalyticsError> {
    for generation in generations {
        let mut write = state.journal.begin(&job(tenant, *generation)).await?;
        generations::discard(write.db(), *generation).await?;
        write.commit(()).await?;
    }
    Ok(())
}

fn job(tenant: TenantId, correlation: Uuid) -> Caller {
    Caller::job(tenant, "analytics", correlation)
}
