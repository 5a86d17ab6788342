//! A lead was not touched even after the reminder: it is taken back and given to somebody else.

use contracts::lead_routing::v1::LeadRecalled;
use journal::timers::Fired;
use journal::{Caller, Entry, Write};
use kernel::Text;
use uuid::Uuid;

use super::load::lead;
use super::ownership;
use super::place::{Patience, place};
use super::remind_rep::untouched_owner;
use crate::app::State;
use crate::domain::assignment::How;
use crate::domain::lead::Lead;
use crate::domain::rep::day_of;
use crate::error::LeadError;
use crate::store;

fn reason() -> Text {
    Text::new("提醒后仍未触达，系统收回", "not contacted after the reminder: taken back by the system")
}

#[tracing::instrument(name = "lead_routing.recall_lead", skip_all, fields(lead = %fired.aggregate_id))]
pub async fn recall_lead(state: State, caller: Caller, fired: Fired) -> Result<(), LeadError> {
    let mut write = state.journal.begin(&caller).await?;
    let mut lead = lead(&mut write, fired.aggregate_id).await?;
    if let Some(former) = untouched_owner(&lead, &fired) {
        recall(&state, &mut write, &mut lead, former).await?;
    }
    Ok(write.commit(()).await?)
}

async fn recall(state: &State, write: &mut Write, lead: &mut Lead, former: Uuid) -> Result<(), LeadError> {
    let event = LeadRecalled {
        lead_id: lead.id.to_string(),
        rep_id: former.to_string(),
        org: lead.org.to_string(),
        reason: Some(reason().into()),
    };
    write.record(Entry::new(&event, lead.id, lead.next_version())?.change("assigned", "unassigned").why(reason()));
    // The former owner's row is held from here on: the new one must be taken without waiting.
    let day = day_of(write.now());
    store::reps::relieve(write.db(), lead.tenant_id.0, former, day).await?;
    lead.released_by = Some(former);
    let mut placement = place(state, write, &lead.facts(), &[former], Patience::Never).await?;
    placement.explanation.remarks.insert(0, reason());
    let decision = ownership::settle(state, write, lead, placement, Some(former), How::Recall).await?;
    ownership::save(write, lead, &decision).await
}
