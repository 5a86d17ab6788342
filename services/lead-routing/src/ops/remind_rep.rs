//! A lead was not touched in time: its rep is reminded, and the time until it is taken back starts.

use contracts::lead_routing::v1::LeadReminderDue;
use journal::timers::Fired;
use journal::{Caller, Entry, Write};
use kernel::Text;
use uuid::Uuid;

use super::load::lead;
use super::{ownership, rulebook};
use crate::app::State;
use crate::domain::lead::{Lead, LeadState};
use crate::error::LeadError;
use crate::store;

#[tracing::instrument(name = "lead_routing.remind_rep", skip_all, fields(lead = %fired.aggregate_id))]
pub async fn remind_rep(state: State, caller: Caller, fired: Fired) -> Result<(), LeadError> {
    let mut write = state.journal.begin(&caller).await?;
    let mut lead = lead(&mut write, fired.aggregate_id).await?;
    if let Some(rep_id) = untouched_owner(&lead, &fired) {
        remind(&state, &mut write, &mut lead, rep_id).await?;
    }
    Ok(write.commit(()).await?)
}

/// Who has the lead, when it still is the same assignment and still untouched.
pub fn untouched_owner(lead: &Lead, fired: &Fired) -> Option<Uuid> {
    lead.owner_id.filter(|_| lead.state == LeadState::Assigned && lead.generation == fired.generation)
}

async fn remind(state: &State, write: &mut Write, lead: &mut Lead, rep_id: Uuid) -> Result<(), LeadError> {
    let (tenant, now) = (lead.tenant_id, write.now());
    let limits = rulebook::limits(state, write.db(), tenant).await?;
    let rep = store::reps::find(write.db(), rep_id).await?;
    let due = limits.recall.due(&state.calendars.office, now, rep.is_some_and(|rep| rep.on_duty));
    ownership::arm(write, lead, "recall", due).await?;
    let event = LeadReminderDue { lead_id: lead.id.to_string(), rep_id: rep_id.to_string(), org: lead.org.to_string() };
    write.record(
        Entry::new(&event, lead.id, lead.next_version())?
            .why(Text::new("分配后超过时限未触达", "not contacted within the limit")),
    );
    Ok(store::leads::save(write.db(), lead).await?)
}
