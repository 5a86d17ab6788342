//! Tries again to find somebody for a lead in the pool.

use journal::Caller;
use kernel::TenantId;
use uuid::Uuid;

use super::ownership;
use super::place::{GoesTo, Patience, place};
use crate::app::State;
use crate::domain::assignment::How;
use crate::domain::lead::LeadState;
use crate::error::LeadError;
use crate::store;

#[tracing::instrument(name = "lead_routing.route_queued", skip_all, fields(lead = %id))]
pub async fn route_queued(state: &State, caller: &Caller, id: Uuid) -> Result<bool, LeadError> {
    let mut write = state.journal.begin(caller).await?;
    let found = store::leads::lock(write.db(), id).await?;
    let Some(mut lead) = found.filter(|lead| lead.state == LeadState::Unassigned) else { return Ok(false) };
    let without: Vec<Uuid> = lead.released_by.into_iter().collect();
    let placement = place(state, &mut write, &lead.facts(), &without, Patience::Wait).await?;
    let assigned = matches!(placement.goes_to, GoesTo::Rep(..));
    if assigned {
        ownership::disarm(&mut write, &lead).await?;
        let decision = ownership::settle(state, &mut write, &mut lead, placement, None, How::Rule).await?;
        ownership::save(&mut write, &lead, &decision).await?;
    } else {
        let now = write.now();
        store::queue::tried(write.db(), id, now).await?;
    }
    Ok(write.commit(assigned).await?)
}

/// Tries a tenant's queue because somebody has become available. What fails is left to the background job.
pub async fn route_queue_of(state: &State, tenant: TenantId, correlation: Uuid) {
    let limit = state.config.requeue_on_availability;
    if let Err(error) = route_waiting(state, Some(tenant), correlation, limit).await {
        tracing::warn!(%error, "the queue could not be routed again; the background job will");
    }
}

/// Tries the leads that have waited longest since their last try.
pub async fn route_waiting(
    state: &State,
    tenant: Option<TenantId>,
    correlation: Uuid,
    limit: i64,
) -> Result<(), LeadError> {
    let waiting = {
        let mut tx = state.journal.read_as_system().await?;
        store::queue::waiting(&mut tx, tenant, state.clock.now(), limit).await?
    };
    for (tenant, id) in waiting {
        let caller = Caller::job(tenant, "lead-routing", correlation);
        if let Err(error) = route_queued(state, &caller, id).await {
            tracing::warn!(lead = %id, %error, "a queued lead could not be routed");
        }
    }
    Ok(())
}
