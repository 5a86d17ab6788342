//! The one way an opportunity changes its stage, whoever asks.

use contracts::crm::v1::{OpportunityAdvanceRefused, OpportunityStageChanged};
use journal::{Entry, Write};
use kernel::Reason;
use process::gate::{self, Attempt};
use process::{Closed, Passage};
use sqlx::PgConnection;

use super::key_moments::{self, NewMoment};
use crate::app::State;
use crate::domain::budgets::{Budgets, Disagreement};
use crate::domain::opportunity::{Dossier, LOST, NextStep, Opportunity, PROCESS};
use crate::error::CrmError;
use crate::store;

/// Where to, and why.
#[derive(Clone, Copy, Debug)]
pub struct Move<'a> {
    pub to: &'a str,
    pub reason: Option<&'a Reason>,
}

/// Moves the opportunity and saves it. A closed gate is recorded and answered as `Some`: the caller
/// decides how the write ends.
pub async fn move_opportunity(
    state: &State,
    write: &mut Write,
    opportunity: &mut Opportunity,
    wanted: Move<'_>,
) -> Result<Option<CrmError>, CrmError> {
    let definition = state.definitions.current(write.db(), opportunity.tenant, PROCESS).await?;
    let dossier = store::opportunities::dossier(write.db(), opportunity.id).await?;
    let facts = opportunity.facts(&dossier, wanted.reason.map(Reason::zh));
    let attempt =
        Attempt { from: &opportunity.stage.clone(), to: wanted.to, facts: &facts, evidence: &dossier.evidence };
    let judged = gate::pass_without_approvals(&definition, attempt);
    let refused = if opportunity.frozen && wanted.to != LOST { Some(frozen(&dossier, &judged)) } else { None };
    let refused = match (refused, judged) {
        (None, Ok(passage)) => {
            enter(state, write, opportunity, &passage, (wanted, &dossier)).await?;
            None
        }
        (None, Err(closed)) => Some(CrmError::Closed(closed)),
        (frozen, _) => frozen,
    };
    if let Some(refused) = &refused {
        record_refused(write, opportunity, wanted, refused)?;
    }
    let now = write.now();
    store::opportunities::save(write.db(), opportunity, now).await?;
    Ok(refused)
}

/// True when the opportunity is in a stage that ends the process.
pub async fn has_ended(state: &State, db: &mut PgConnection, opportunity: &Opportunity) -> Result<bool, CrmError> {
    let definition = state.definitions.current(db, opportunity.tenant, PROCESS).await?;
    Ok(definition.stage(&opportunity.stage).is_some_and(|stage| stage.end))
}

/// Refuses changes to what has ended.
pub async fn refuse_ended(state: &State, db: &mut PgConnection, opportunity: &Opportunity) -> Result<(), CrmError> {
    if has_ended(state, db, opportunity).await? { Err(CrmError::OpportunityEnded) } else { Ok(()) }
}

/// The disagreements first, then whatever else the gate misses.
fn frozen(dossier: &Dossier, judged: &Result<Passage<'_>, Closed>) -> CrmError {
    let disagreements = Budgets::of(&dossier.budgets).disagreements().into_iter().map(Disagreement::explained);
    let also = judged.as_ref().err().map(|closed| closed.missing.clone()).unwrap_or_default();
    CrmError::BudgetsDisagree(disagreements.chain(also).collect())
}

async fn enter(
    state: &State,
    write: &mut Write,
    opportunity: &mut Opportunity,
    passage: &Passage<'_>,
    (wanted, dossier): (Move<'_>, &Dossier),
) -> Result<(), CrmError> {
    let now = write.now();
    let from = std::mem::replace(&mut opportunity.stage, wanted.to.to_owned());
    opportunity.stage_since = now;
    opportunity.definition_version = i32::try_from(passage.version).unwrap_or(i32::MAX);
    opportunity.next_action = passage.transition.next_action.as_ref().map(|next| NextStep {
        id: next.id.clone(),
        title: next.title.clone(),
        role: next.role,
    });
    if wanted.to == LOST {
        opportunity.lost_reason = wanted.reason.map(|reason| reason.zh().to_owned());
    }
    let event = OpportunityStageChanged {
        opportunity_id: opportunity.id.to_string(),
        customer_id: opportunity.customer.to_string(),
        from: from.clone(),
        to: opportunity.stage.clone(),
        owner_id: opportunity.owner.to_string(),
        org: opportunity.org.to_string(),
        definition_version: opportunity.definition_version,
        next_action: opportunity.next_action.as_ref().map(|next| next.id.clone()).unwrap_or_default(),
    };
    let relied_on = passage.transition.evidence.iter().map(|rule| rule.name.as_str()).collect::<Vec<_>>();
    let carriers = dossier.evidence.iter().filter(|one| relied_on.contains(&one.name.as_str())).cloned();
    let mut entry = Entry::new(&event, opportunity.id, opportunity.next_version())?
        .change(from.as_str(), wanted.to)
        .evidence(carriers);
    if let Some(reason) = wanted.reason {
        entry = entry.why(reason);
    }
    write.record(entry);
    store::key_moments::meet_stage(write.db(), opportunity.id, &from, now).await?;
    start_deadlines(state, write, opportunity, passage).await
}

async fn start_deadlines(
    state: &State,
    write: &mut Write,
    opportunity: &Opportunity,
    passage: &Passage<'_>,
) -> Result<(), CrmError> {
    for deadline in &passage.transition.deadlines {
        let started_at = write.now();
        let moment = NewMoment {
            tenant: opportunity.tenant,
            opportunity: opportunity.id,
            moment: &deadline.kind,
            started_at,
            due_at: Some(deadline.due(&state.calendar, started_at).at),
            stage: Some(&opportunity.stage),
            tell: deadline.tell.iter().map(|role| role.as_str().to_owned()).collect(),
        };
        key_moments::start(write, moment).await?;
    }
    Ok(())
}

fn record_refused(
    write: &mut Write,
    opportunity: &mut Opportunity,
    wanted: Move<'_>,
    refused: &CrmError,
) -> Result<(), CrmError> {
    let problem = kernel::AsProblem::problem(refused);
    let event = OpportunityAdvanceRefused {
        opportunity_id: opportunity.id.to_string(),
        from: opportunity.stage.clone(),
        to: wanted.to.to_owned(),
        missing: problem.fields.iter().map(|field| field.field.clone()).collect(),
    };
    let entry = Entry::new(&event, opportunity.id, opportunity.next_version())?;
    write.record(entry.why(problem.sentence()));
    Ok(())
}
