//! What a visit or an action teaches about an opportunity.

use chrono::{DateTime, Utc};
use journal::Write;

use super::miss_key_moment::missed_entry;
use super::update_opportunity::changed_entry;
use crate::domain::decision_chain::{DecisionRole, is_identified};
use crate::domain::key_moment::{DECISION_CHAIN_IDENTIFIED, PAIN_CONFIRMED};
use crate::domain::opportunity::Opportunity;
use crate::domain::visit::Visit;
use crate::error::CrmError;
use crate::store;

/// What was learned, and when.
pub struct Learned<'a> {
    pub decision_chain: &'a [DecisionRole],
    pub pain: Option<&'a str>,
    pub competitor: Option<&'a str>,
    pub at: DateTime<Utc>,
}

impl<'a> From<&'a Visit> for Learned<'a> {
    fn from(visit: &'a Visit) -> Self {
        Self {
            decision_chain: &visit.decision_chain,
            pain: visit.pain.as_deref(),
            competitor: visit.competitor.as_deref(),
            at: visit.visited_at,
        }
    }
}

/// Records what is new about the opportunity, meets the key moments of it, and saves the opportunity.
pub async fn learn(write: &mut Write, opportunity: &mut Opportunity, learned: &Learned<'_>) -> Result<(), CrmError> {
    let changed = opportunity.learn(learned.decision_chain, learned.pain, learned.competitor);
    if !changed.is_empty() {
        let entry = changed_entry(opportunity, &changed)?;
        write.record(entry);
        let now = write.now();
        store::opportunities::save(write.db(), opportunity, now).await?;
    }
    if is_identified(learned.decision_chain) {
        let now = write.now();
        store::key_moments::meet(write.db(), opportunity.id, DECISION_CHAIN_IDENTIFIED, now).await?;
    }
    if learned.pain.is_some() {
        store::key_moments::meet(write.db(), opportunity.id, PAIN_CONFIRMED, learned.at).await?;
    }
    Ok(())
}

/// The first visit found nobody who decides.
pub async fn miss_decision_chain(write: &mut Write, opportunity: &mut Opportunity) -> Result<(), CrmError> {
    let now = write.now();
    let moments = store::key_moments::of_opportunity(write.db(), opportunity.id).await?;
    let open = moments.iter().find(|one| one.moment == DECISION_CHAIN_IDENTIFIED && one.is_open());
    let Some(open) = open else { return Ok(()) };
    let Some(missed) = store::key_moments::miss(write.db(), open.id, now).await? else { return Ok(()) };
    let entry = missed_entry(opportunity, &missed)?;
    write.record(entry);
    store::opportunities::save(write.db(), opportunity, now).await
}
