//! Changes whose a lead is: the lead, the evidence, the deadline and the decision to keep.

use journal::{Entry, Timer, Write};
use kernel::OrgPath;
use serde_json::json;
use uuid::Uuid;

use super::place::{GoesTo, Placement};
use crate::app::State;
use crate::domain::assignment::{Assignment, How};
use crate::domain::deadline::Limits;
use crate::domain::explanation::Explanation;
use crate::domain::lead::{Lead, LeadState};
use crate::domain::rep::Rep;
use crate::domain::route::DecidingRule;
use crate::error::LeadError;
use crate::store;

/// A lead on its way to somebody.
pub struct Handover<'a> {
    pub rep: &'a Rep,
    pub how: How,
    pub previous: Option<Uuid>,
    pub rule: Option<DecidingRule>,
    pub reason: Option<String>,
    pub explanation: Explanation,
    pub limits: Limits,
}

/// A lead on its way into a pool.
pub struct Queued {
    pub org: OrgPath,
    /// `Queued` or `Returned`.
    pub how: How,
    pub previous: Option<Uuid>,
    pub rule: Option<DecidingRule>,
    pub reason: Option<String>,
    pub explanation: Explanation,
    pub limits: Limits,
}

/// Carries out a placement. `how` replaces "by rule", for leads that were recalled.
pub async fn settle(
    state: &State,
    write: &mut Write,
    lead: &mut Lead,
    placement: Placement,
    previous: Option<Uuid>,
    how: How,
) -> Result<Assignment, LeadError> {
    let Placement { goes_to, rule, explanation, limits } = placement;
    match goes_to {
        GoesTo::Rep(rep, by) => {
            let how = if by == How::Rule { how } else { by };
            let handover = Handover { rep: &rep, how, previous, rule, reason: None, explanation, limits };
            give(state, write, lead, handover).await
        }
        GoesTo::Pool(node) => {
            let org = node.unwrap_or_else(|| lead.org.clone());
            enqueue(
                state,
                write,
                lead,
                Queued { org, how: How::Queued, previous, rule, reason: None, explanation, limits },
            )
            .await
        }
    }
}

/// Gives the lead to somebody, who then has a limited time to get in touch.
pub async fn give(
    state: &State,
    write: &mut Write,
    lead: &mut Lead,
    handover: Handover<'_>,
) -> Result<Assignment, LeadError> {
    let (now, rep) = (write.now(), handover.rep);
    let before = lead.state;
    let due = handover.limits.untouched.due(&state.calendars.office, now, rep.on_duty);
    lead.org = rep.org.clone();
    lead.owner_id = Some(rep.person_id);
    lead.state = LeadState::Assigned;
    lead.generation += 1;
    (lead.assigned_at, lead.touch_due_at) = (Some(now), Some(due));
    (lead.touched_at, lead.screened_at) = (None, None);
    let event = contracts::lead_routing::v1::LeadAssigned {
        lead_id: lead.id.to_string(),
        rep_id: rep.person_id.to_string(),
        previous_rep_id: handover.previous.map(|id| id.to_string()).unwrap_or_default(),
        org: lead.org.to_string(),
        how: handover.how.as_str().into(),
        rule: handover.rule.as_ref().map(|rule| rule.name.clone()).unwrap_or_default(),
        explanation: handover.explanation.for_event().into_iter().map(Into::into).collect(),
        touch_due_at: Some(due.into()),
    };
    let entry = Entry::new(&event, lead.id, lead.next_version())?.change(before.as_str(), lead.state.as_str());
    write.record(match &handover.reason {
        Some(reason) => entry.why(reason),
        None => entry,
    });
    arm(write, lead, "untouched", due).await?;
    let how = handover.how;
    let Handover { previous, rule, reason, explanation, .. } = handover;
    Ok(decision(write, lead, Kept { how, previous, rule, reason, explanation }))
}

/// Puts the lead into a pool, from where a manager is told when it lies too long.
pub async fn enqueue(
    state: &State,
    write: &mut Write,
    lead: &mut Lead,
    queued: Queued,
) -> Result<Assignment, LeadError> {
    let (now, tenant) = (write.now(), lead.tenant_id);
    lead.org = queued.org;
    lead.owner_id = None;
    lead.state = LeadState::Unassigned;
    lead.generation += 1;
    (lead.assigned_at, lead.touch_due_at, lead.touched_at, lead.screened_at) = (None, None, None, None);
    let on_duty = store::reps::anybody_on_duty(write.db(), tenant.0, lead.org.as_str()).await?;
    let due = queued.limits.unassigned.due(&state.calendars.office, now, on_duty);
    arm(write, lead, "unassigned", due).await?;
    let Queued { how, previous, rule, reason, explanation, .. } = queued;
    Ok(decision(write, lead, Kept { how, previous, rule, reason, explanation }))
}

/// Takes back every deadline that is running.
pub async fn disarm(write: &mut Write, lead: &Lead) -> Result<(), LeadError> {
    for kind in ["unassigned", "untouched", "recall"] {
        write.disarm(lead.id, kind).await?;
    }
    Ok(())
}

/// Starts a deadline of the lead's current generation.
pub async fn arm(
    write: &mut Write,
    lead: &Lead,
    kind: &'static str,
    due_at: chrono::DateTime<chrono::Utc>,
) -> Result<(), LeadError> {
    let timer = Timer {
        aggregate: "lead",
        aggregate_id: lead.id,
        kind,
        generation: lead.generation,
        due_at,
        payload: json!({}),
    };
    Ok(write.arm(timer).await?)
}

struct Kept {
    how: How,
    previous: Option<Uuid>,
    rule: Option<DecidingRule>,
    reason: Option<String>,
    explanation: Explanation,
}

fn decision(write: &Write, lead: &Lead, kept: Kept) -> Assignment {
    Assignment {
        id: write.new_id(),
        tenant_id: lead.tenant_id,
        lead_id: lead.id,
        at: write.now(),
        rep_id: lead.owner_id,
        previous_rep_id: kept.previous,
        org: lead.org.clone(),
        how: kept.how,
        rule_id: kept.rule.as_ref().map(|rule| rule.id),
        rule: kept.rule.map(|rule| rule.name),
        reason: kept.reason,
        decided_by: write.caller().principal.id,
        explanation: kept.explanation,
    }
}

/// Stores a lead whose owner has changed, its decision, and who may see the leads that repeat it.
pub async fn save(write: &mut Write, lead: &Lead, assignment: &Assignment) -> Result<(), LeadError> {
    store::leads::save(write.db(), lead).await?;
    store::assignments::insert(write.db(), assignment).await?;
    Ok(store::leads::show_repeats_to(write.db(), lead.id, lead.owner_id, lead.org.as_str()).await?)
}
