//! Records a visit; the same visit sent again by a device is the same visit.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Utc};
use contracts::crm::v1::VisitRecorded;
use custom_fields::{Values, first_values};
use journal::{Caller, Entry, Write};
use kernel::choice::names;
use kernel::{Evidence, EvidenceKind, OrgPath, Text};
use serde::Deserialize;
use uuid::Uuid;

use super::apply_conclusion::apply_heard;
use super::judge_customer::judge_customer;
use super::learned::{Learned, learn, miss_decision_chain};
use super::offer_draft::change_draft;
use super::suggestion_view::Suggestions;
use super::suggestions::{Entered, suggestions};
use super::visit_view::VisitAnswer;
use crate::app::State;
use crate::domain::customer::Customer;
use crate::domain::decision_chain::{DecisionRole, is_identified, merged};
use crate::domain::draft::Draft;
use crate::domain::fields::{Fields, some};
use crate::domain::opportunity::Opportunity;
use crate::domain::visit::Visit;
use crate::error::CrmError;
use crate::store;

/// Five fields for the rep, and what the device adds.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitInput {
    /// Not needed when the opportunity is given.
    pub customer_id: Option<Uuid>,
    pub opportunity_id: Option<Uuid>,
    /// Which roles of the decision were met.
    #[serde(default)]
    pub decision_chain: Vec<DecisionRole>,
    /// Text; or a recording.
    pub note: Option<String>,
    pub recording_id: Option<String>,
    /// What the customer suffers from; answered with talk tracks. May be left to the voice note.
    pub pain: Option<String>,
    /// Whom the customer compares us with; answered with a comparison sheet.
    pub competitor: Option<String>,
    pub next_step: Option<String>,
    pub next_step_at: Option<DateTime<Utc>>,
    /// Chosen by the device, so that sending again does not record again.
    pub client_id: Option<String>,
    /// When it was, if not now.
    pub visited_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub custom: Values,
}

/// The visit, and whether it is new.
pub struct Recorded {
    pub answer: VisitAnswer,
    pub is_new: bool,
}

#[tracing::instrument(name = "crm.record_visit", skip_all)]
pub async fn record_visit(state: &State, caller: &Caller, input: VisitInput) -> Result<Recorded, CrmError> {
    let mut input = checked(input, state.clock.now())?;
    let suggestions = suggestions(state, caller, input.entered()).await?;
    let mut write = state.journal.begin(caller).await?;
    if let Some(known) = sent_before(&mut write, input.client_id.as_deref()).await? {
        return recorded(write, known, suggestions, false).await;
    }
    let (mut opportunity, mut customer) = lock_subject(&mut write, &input).await?;
    let place = opportunity.as_ref().map_or((&customer.org, customer.owner), |one| (&one.org, one.owner));
    let resource = Resource::owned(ResourceKind::Visit, caller.tenant(), place.0.clone(), place.1);
    authz::check(&caller.principal, write.now(), Action::VisitCreate, &resource)?;
    input.custom = first_values(write.db(), custom_fields::Resource::Visit, input.custom).await?;
    let mut visit = visit_of(&write, &customer, opportunity.as_ref(), input);
    let first = match &opportunity {
        Some(one) => !store::visits::exist_for(write.db(), one.id).await?,
        None => false,
    };
    hold_recording(&mut write, &visit).await?;
    if !store::visits::insert(write.db(), &visit).await? {
        let known = sent_before(&mut write, visit.client_id.as_deref()).await?.ok_or(CrmError::VisitNotFound)?;
        return recorded(write, known, suggestions, false).await;
    }
    record_event(&mut write, &visit, &customer)?;
    if let Some(opportunity) = &mut opportunity {
        teach(&mut write, opportunity, &visit, first).await?;
    }
    take_in_heard(&mut write, &mut visit, &mut opportunity).await?;
    customer.contacted(visit.visited_at);
    judge_customer(state, &mut write, &mut customer).await?;
    recorded(write, visit, suggestions, true).await
}

async fn recorded(
    write: Write,
    visit: Visit,
    suggestions: Option<Suggestions>,
    is_new: bool,
) -> Result<Recorded, CrmError> {
    let answer = write.commit(VisitAnswer { visit: visit.into(), suggestions }).await?;
    Ok(Recorded { answer, is_new })
}

#[derive(Default)]
struct Checked {
    customer: Option<Uuid>,
    opportunity: Option<Uuid>,
    client_id: Option<String>,
    decision_chain: Vec<DecisionRole>,
    note: Option<String>,
    recording_id: Option<String>,
    pain: Option<String>,
    competitor: Option<String>,
    next_step: String,
    next_step_at: DateTime<Utc>,
    visited_at: DateTime<Utc>,
    custom: Values,
}

impl Checked {
    fn entered(&self) -> Entered {
        Entered {
            pain: self.pain.clone(),
            competitors: self.competitor.iter().cloned().collect(),
            opportunity: self.opportunity,
            customer: self.customer,
        }
    }
}

fn checked(input: VisitInput, now: DateTime<Utc>) -> Result<Checked, CrmError> {
    let mut fields = Fields::default();
    if input.opportunity_id.is_none() {
        fields.present("customer_id", input.customer_id);
    }
    if input.decision_chain.is_empty() {
        fields.present::<()>("decision_chain", None);
    }
    let note = some(fields.optional("note", input.note.as_deref(), 5_000));
    let recording_id = some(fields.optional("recording_id", input.recording_id.as_deref(), 200));
    if note.is_none() && recording_id.is_none() {
        fields.wrong("note", "carrier_missing", Text::new("需要文字记录或录音", "needs a text or a recording"));
    }
    let pain = some(fields.optional("pain", input.pain.as_deref(), 1_000));
    let competitor = some(fields.optional("competitor", input.competitor.as_deref(), 100));
    let visited_at = input.visited_at.unwrap_or(now);
    if visited_at > now {
        fields.wrong("visited_at", "in_future", Text::new("不能晚于现在", "must not be later than now"));
    }
    let next_step = fields.required("next_step", input.next_step.as_deref(), 500);
    let next_step_at = fields.in_future("next_step_at", input.next_step_at, visited_at);
    let client_id = some(fields.optional("client_id", input.client_id.as_deref(), 100));
    fields.into_errors()?;
    Ok(Checked {
        customer: input.customer_id,
        opportunity: input.opportunity_id,
        client_id,
        decision_chain: merged(&[], &input.decision_chain),
        note,
        recording_id,
        pain,
        competitor,
        next_step,
        next_step_at: next_step_at.unwrap_or(visited_at),
        visited_at,
        custom: input.custom,
    })
}

async fn sent_before(write: &mut Write, client_id: Option<&str>) -> Result<Option<Visit>, CrmError> {
    let rep = write.caller().principal.id;
    match client_id {
        Some(client_id) => store::visits::by_client_id(write.db(), rep, client_id).await,
        None => Ok(None),
    }
}

async fn lock_subject(write: &mut Write, input: &Checked) -> Result<(Option<Opportunity>, Customer), CrmError> {
    let opportunity = match input.opportunity {
        Some(id) => Some(store::opportunities::lock(write.db(), id).await?.ok_or(CrmError::OpportunityNotFound)?),
        None => None,
    };
    let of_opportunity = opportunity.as_ref().map(|one| one.customer);
    if let (Some(given), Some(actual)) = (input.customer, of_opportunity)
        && given != actual
    {
        let mut fields = Fields::default();
        let reason = Text::new("不是该商机的客户", "is not the customer of the opportunity");
        fields.wrong("customer_id", "does_not_match", reason);
        fields.into_errors()?;
    }
    let id = of_opportunity.or(input.customer).unwrap_or_default();
    let customer = store::customers::lock(write.db(), id).await?.ok_or(CrmError::CustomerNotFound)?;
    Ok((opportunity, customer))
}

fn visit_of(write: &Write, customer: &Customer, opportunity: Option<&Opportunity>, input: Checked) -> Visit {
    let org: &OrgPath = opportunity.map_or(&customer.org, |one| &one.org);
    Visit {
        id: write.new_id(),
        tenant: customer.tenant,
        customer: customer.id,
        opportunity: opportunity.map(|one| one.id),
        client_id: input.client_id,
        decision_chain: input.decision_chain,
        note: input.note,
        draft: input.recording_id.as_ref().map(|_| Draft::Awaited),
        recording_id: input.recording_id,
        pain: input.pain,
        competitor: input.competitor,
        next_step: input.next_step,
        next_step_at: input.next_step_at,
        visited_at: input.visited_at,
        custom: input.custom,
        org: org.clone(),
        rep: write.caller().principal.id,
        version: 1,
        created_at: write.now(),
    }
}

fn record_event(write: &mut Write, visit: &Visit, customer: &Customer) -> Result<(), CrmError> {
    let event = VisitRecorded {
        visit_id: visit.id.to_string(),
        customer_id: visit.customer.to_string(),
        opportunity_id: visit.opportunity.map(|id| id.to_string()).unwrap_or_default(),
        rep_id: visit.rep.to_string(),
        org: visit.org.to_string(),
        industry: customer.industry.clone(),
        decision_chain: names(&visit.decision_chain, DecisionRole::as_str).join(","),
        next_step: visit.next_step.clone(),
        next_step_at: Some(visit.next_step_at.into()),
        recording_id: visit.recording_id.clone().unwrap_or_default(),
    };
    let carrier = match &visit.recording_id {
        Some(recording) => (EvidenceKind::Recording, recording.clone()),
        None => (EvidenceKind::Text, format!("crm/visits/{}/note", visit.id)),
    };
    let evidence = Evidence { kind: carrier.0, name: "visit".to_owned(), reference: carrier.1, sha256: None };
    let mut entry = Entry::new(&event, visit.id, 1)?.evidence([evidence]);
    if let Some(note) = &visit.note {
        entry = entry.personal("note", note);
    }
    write.record(entry);
    Ok(())
}

/// News of the recording waits until the visit is there, or has come before it.
async fn hold_recording(write: &mut Write, visit: &Visit) -> Result<(), CrmError> {
    match &visit.recording_id {
        Some(recording) => store::voice_notes::hold(write.db(), visit.tenant, recording).await,
        None => Ok(()),
    }
}

/// What is known of the recording already: it may have been written down before the visit was handed in.
async fn take_in_heard(
    write: &mut Write,
    visit: &mut Visit,
    opportunity: &mut Option<Opportunity>,
) -> Result<(), CrmError> {
    let Some(recording) = visit.recording_id.clone() else { return Ok(()) };
    if let Some(draft) = store::voice_notes::of(write.db(), &recording, visit.rep).await? {
        change_draft(write, visit, draft).await?;
    }
    apply_heard(write, visit, opportunity, &recording).await
}

/// What a visit teaches about the opportunity: who decides, and whether the first visit found out.
async fn teach(write: &mut Write, opportunity: &mut Opportunity, visit: &Visit, first: bool) -> Result<(), CrmError> {
    learn(write, opportunity, &Learned::from(visit)).await?;
    if first && !is_identified(&opportunity.decision_chain) {
        miss_decision_chain(write, opportunity).await?;
    }
    Ok(())
}
