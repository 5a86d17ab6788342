//! Makes what a voice note says the rep's own summary, as heard or edited.

use authz::Action;
use chrono::{DateTime, Utc};
use contracts::crm::v1::VisitSummaryConfirmed;
use journal::{Caller, Entry, Write};
use kernel::{Evidence, EvidenceKind};
use runtime::http::IfMatch;
use serde::Deserialize;
use uuid::Uuid;

use super::learned::{Learned, learn};
use super::suggestions::{Entered, suggestions};
use super::visit_view::VisitAnswer;
use crate::app::State;
use crate::domain::draft::{Draft, LONGEST_SUMMARY};
use crate::domain::fields::{Fields, some};
use crate::domain::opportunity::Opportunity;
use crate::domain::visit::Visit;
use crate::error::CrmError;
use crate::store;

/// Five fields; those not given stay as they are.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SummaryInput {
    /// The summary, as it was offered or edited.
    pub note: Option<String>,
    /// What the customer suffers from; answered with talk tracks.
    pub pain: Option<String>,
    /// Whom the customer compares us with; answered with a comparison sheet.
    pub competitor: Option<String>,
    pub next_step: Option<String>,
    pub next_step_at: Option<DateTime<Utc>>,
}

#[tracing::instrument(name = "crm.confirm_summary", skip_all, fields(visit = %id))]
pub async fn confirm_summary(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: IfMatch,
    input: SummaryInput,
) -> Result<VisitAnswer, CrmError> {
    let mut tx = state.journal.read(&caller.principal, kernel::Scope::All).await?;
    let subject = store::visits::find(&mut tx, id).await?.ok_or(CrmError::VisitNotFound)?;
    drop(tx);
    let suggestions = suggestions(state, caller, entered(&subject, &input)).await?;
    let mut write = state.journal.begin(caller).await?;
    let mut opportunity = lock_opportunity(&mut write, &subject).await?;
    let mut visit = store::visits::lock(write.db(), id).await?.ok_or(CrmError::VisitNotFound)?;
    authz::check(&caller.principal, write.now(), Action::VisitUpdate, &visit.resource())?;
    seen.check(visit.version)?;
    if visit.draft.is_none_or(|draft| draft == Draft::Confirmed) {
        return Err(CrmError::NoDraft);
    }
    apply(&mut visit, input)?;
    record_confirmed(&mut write, &mut visit)?;
    store::visits::save(write.db(), &visit).await?;
    if let Some(opportunity) = &mut opportunity {
        learn(&mut write, opportunity, &Learned::from(&visit)).await?;
    }
    Ok(write.commit(VisitAnswer { visit: visit.into(), suggestions }).await?)
}

/// The opportunity of a visit, locked: before the visit itself.
pub async fn lock_opportunity(write: &mut Write, visit: &Visit) -> Result<Option<Opportunity>, CrmError> {
    match visit.opportunity {
        Some(id) => store::opportunities::lock(write.db(), id).await,
        None => Ok(None),
    }
}

fn entered(visit: &Visit, input: &SummaryInput) -> Entered {
    Entered {
        pain: input.pain.clone(),
        competitors: input.competitor.iter().cloned().collect(),
        opportunity: visit.opportunity,
        customer: Some(visit.customer),
    }
}

fn apply(visit: &mut Visit, input: SummaryInput) -> Result<(), CrmError> {
    let mut fields = Fields::default();
    visit.note = some(fields.required("note", input.note.as_deref(), LONGEST_SUMMARY));
    if let Some(pain) = input.pain {
        visit.pain = some(fields.optional("pain", Some(&pain), 1_000));
    }
    if let Some(competitor) = input.competitor {
        visit.competitor = some(fields.optional("competitor", Some(&competitor), 100));
    }
    if let Some(step) = input.next_step {
        visit.next_step = fields.required("next_step", Some(&step), 500);
    }
    if let Some(at) = input.next_step_at {
        visit.next_step_at = fields.in_future("next_step_at", Some(at), visit.visited_at).unwrap_or(at);
    }
    Ok(fields.into_errors()?)
}

fn record_confirmed(write: &mut Write, visit: &mut Visit) -> Result<(), CrmError> {
    let before = visit.draft.replace(Draft::Confirmed).map_or("", Draft::as_str);
    let recording = visit.recording_id.clone().unwrap_or_default();
    let event = VisitSummaryConfirmed {
        visit_id: visit.id.to_string(),
        customer_id: visit.customer.to_string(),
        opportunity_id: visit.opportunity.map(|id| id.to_string()).unwrap_or_default(),
        rep_id: visit.rep.to_string(),
        org: visit.org.to_string(),
        recording_id: recording.clone(),
        next_step: visit.next_step.clone(),
        next_step_at: Some(visit.next_step_at.into()),
    };
    let heard =
        Evidence { kind: EvidenceKind::Recording, name: "voice_note".to_owned(), reference: recording, sha256: None };
    let entry = Entry::new(&event, visit.id, visit.next_version())?.change(before, Draft::Confirmed.as_str());
    let note = visit.note.clone().unwrap_or_default();
    write.record(entry.evidence([heard]).personal("note", &note));
    Ok(())
}
