//! Applies to a visit what was heard on it and its rep has confirmed.

use authz::Action;
use contracts::crm::v1::VisitConclusionApplied;
use journal::{Caller, Entry, Write};

use super::confirm_summary::lock_opportunity;
use super::learned::{Learned, learn};
use crate::app::State;
use crate::domain::conclusion::{Conclusion, ConclusionKind, HeardIn};
use crate::domain::opportunity::Opportunity;
use crate::domain::visit::Visit;
use crate::error::CrmError;
use crate::store;

/// Kept until there is a visit: a conclusion may be confirmed before the visit is handed in.
#[tracing::instrument(name = "crm.apply_conclusion", skip_all, fields(recording = %heard_in.recording, kind = %conclusion.kind))]
pub async fn apply_conclusion(
    state: &State,
    caller: &Caller,
    heard_in: HeardIn,
    conclusion: Conclusion,
) -> Result<(), CrmError> {
    let mut write = state.journal.begin(caller).await?;
    store::voice_notes::hold(write.db(), caller.tenant(), &heard_in.recording).await?;
    if !store::conclusions::keep(write.db(), caller.tenant(), &heard_in, &conclusion).await? {
        return Ok(write.commit(()).await?);
    }
    let found = match heard_in.visit {
        Some(id) => store::visits::find(write.db(), id).await?,
        None => store::visits::of_recording(write.db(), &heard_in.recording, heard_in.owner).await?,
    };
    if let Some(subject) = found.filter(|visit| visit.rep == heard_in.owner) {
        let mut opportunity = lock_opportunity(&mut write, &subject).await?;
        let mut visit = store::visits::lock(write.db(), subject.id).await?.ok_or(CrmError::VisitNotFound)?;
        authz::check(&caller.principal, write.now(), Action::VisitUpdate, &visit.resource())?;
        apply_heard(&mut write, &mut visit, &mut opportunity, &heard_in.recording).await?;
    }
    Ok(write.commit(()).await?)
}

/// Applies everything of a recording that no visit has yet.
pub async fn apply_heard(
    write: &mut Write,
    visit: &mut Visit,
    opportunity: &mut Option<Opportunity>,
    recording: &str,
) -> Result<(), CrmError> {
    for conclusion in store::conclusions::claim(write.db(), recording, visit.rep, visit.id).await? {
        visit.conclude(&conclusion);
        record_applied(write, visit, &conclusion)?;
        store::visits::save(write.db(), visit).await?;
        if let Some(opportunity) = opportunity {
            learn(write, opportunity, &learned(visit, &conclusion)).await?;
        }
    }
    Ok(())
}

fn learned<'a>(visit: &Visit, conclusion: &'a Conclusion) -> Learned<'a> {
    let of = |kind| (conclusion.kind == kind).then_some(conclusion.text.as_str());
    Learned {
        decision_chain: &[],
        pain: of(ConclusionKind::Need),
        competitor: of(ConclusionKind::Competitor),
        at: visit.visited_at,
    }
}

fn record_applied(write: &mut Write, visit: &mut Visit, conclusion: &Conclusion) -> Result<(), CrmError> {
    let event = VisitConclusionApplied {
        visit_id: visit.id.to_string(),
        customer_id: visit.customer.to_string(),
        opportunity_id: visit.opportunity.map(|id| id.to_string()).unwrap_or_default(),
        rep_id: visit.rep.to_string(),
        org: visit.org.to_string(),
        conclusion_id: conclusion.id.to_string(),
        kind: conclusion.kind.to_string(),
        amount: conclusion.amount.map(Into::into),
        date: conclusion.date.map(|date| date.to_string()).unwrap_or_default(),
    };
    let entry = Entry::new(&event, visit.id, visit.next_version())?;
    write.record(entry.personal("text", &conclusion.text));
    Ok(())
}
