//! Nobody has had a lead for too long: the manager is told.

use contracts::lead_routing::v1::LeadUnassignedOverdue;
use journal::timers::Fired;
use journal::{Caller, Entry};
use kernel::Text;

use super::load::lead;
use crate::app::State;
use crate::domain::lead::LeadState;
use crate::error::LeadError;
use crate::store;

#[tracing::instrument(name = "lead_routing.report_unassigned", skip_all, fields(lead = %fired.aggregate_id))]
pub async fn report_unassigned(state: State, caller: Caller, fired: Fired) -> Result<(), LeadError> {
    let mut write = state.journal.begin(&caller).await?;
    let mut lead = lead(&mut write, fired.aggregate_id).await?;
    if lead.state == LeadState::Unassigned && lead.generation == fired.generation {
        let event = LeadUnassignedOverdue {
            lead_id: lead.id.to_string(),
            org: lead.org.to_string(),
            received_at: Some(lead.received_at.into()),
        };
        write.record(
            Entry::new(&event, lead.id, lead.next_version())?
                .why(Text::new("超过时限仍未分配", "nobody has it within the limit")),
        );
        store::leads::save(write.db(), &lead).await?;
    }
    Ok(write.commit(()).await?)
}
