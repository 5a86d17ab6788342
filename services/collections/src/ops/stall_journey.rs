//! Nothing moved for a whole period: the blocker checklist opens and people are told, once a period.

use authz::Action;
use contracts::collections::v1::JourneyStalled;
use journal::timers::Fired;
use journal::{Caller, Entry};
use kernel::Text;

use super::journey_step::arm_stall;
use crate::app::State;
use crate::domain::journey::DEFINITION;
use crate::domain::receivable::Receivable;
use crate::domain::stall::standing_hours;
use crate::error::CollectionsError;
use crate::store;

/// The kind of the timer that runs while a journey stands still.
pub const TIMER: &str = "journey_stalled";

#[tracing::instrument(name = "collections.stall_journey", skip_all, fields(receivable = %fired.aggregate_id))]
pub async fn stall_journey(state: State, caller: Caller, fired: Fired) -> Result<(), CollectionsError> {
    let mut write = state.journal.begin(&caller).await?;
    let found = store::receivables::lock(write.db(), fired.aggregate_id).await?;
    let counts = |one: &Receivable| one.is_open() && one.stall_generation == fired.generation;
    let Some(mut receivable) = found.filter(counts) else {
        return Ok(write.commit(()).await?);
    };
    authz::check(&caller.principal, write.now(), Action::ReceivableAdvance, &receivable.resource())?;
    let (now, key) = (write.now(), (receivable.tenant.0, receivable.id));
    for code in state.config.blocker_codes() {
        let id = write.new_id();
        store::blockers::open(write.db(), id, key, &code, receivable.node, now).await?;
    }
    let hours = standing_hours(receivable.moved_at, now);
    let entry = Entry::new(&stalled(&state, &receivable, hours), receivable.id, receivable.next_version())?
        .why(Text::new(format!("{hours} 小时没有进展"), format!("no movement for {hours} h")));
    write.record(entry);
    let definition = state.definitions.current(write.db(), receivable.tenant, DEFINITION).await?;
    arm_stall(&state, &mut write, &definition, &mut receivable).await?;
    store::receivables::save(write.db(), &receivable).await?;
    Ok(write.commit(()).await?)
}

fn stalled(state: &State, receivable: &Receivable, hours: u32) -> JourneyStalled {
    let lines = state.config.blocker_codes().into_iter();
    JourneyStalled {
        receivable_id: receivable.id.to_string(),
        contract_number: receivable.contract_number.clone(),
        customer_id: receivable.customer_id.to_string(),
        company: receivable.company.clone(),
        node: receivable.node.number().into(),
        stalled_hours: hours,
        checklist: lines.map(|code| state.config.blocker_title(&code).into()).collect(),
        owner_id: receivable.owner_id.to_string(),
        org: receivable.org.to_string(),
    }
}
