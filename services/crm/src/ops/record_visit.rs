//! Records a visit; the same visit sent again by a device is the same visit.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Utc};
use contracts::crm::v1::VisitRecorded;
use journal::{Caller, Entry, Write};
use kernel::{Evidence, EvidenceKind, OrgPath, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::judge_customer::judge_customer;
use super::miss_key_moment::missed_entry;
use super::update_opportunity::changed_entry;
use crate::app::State;
use crate::domain::customer::Customer;
use crate::domain::decision_chain::{DecisionRole, is_identified, merged};
use crate::domain::fields::{Fields, some};
use crate::domain::key_moment::DECISION_CHAIN_IDENTIFIED;
use crate::domain::opportunity::Opportunity;
use crate::domain::visit::Visit;
use crate::error::CrmError;
use crate::store;
use kernel::choice::names;

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
    pub next_step: Option<String>,
    pub next_step_at: Option<DateTime<Utc>>,
    /// Chosen by the device, so that sending again does not record again.
    pub client_id: Option<String>,
    /// When it was, if not now.
    pub visited_at: Option<DateTime<Utc>>,
}

/// A visit as clients see it.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct VisitView {
    pub id: Uuid,
    pub customer_id: Uuid,
    pub opportunity_id: Option<Uuid>,
    pub client_id: Option<String>,
    pub rep_id: Uuid,
    pub org: String,
    pub decision_chain: Vec<DecisionRole>,
    pub note: Option<String>,
    pub recording_id: Option<String>,
    pub next_step: String,
    pub next_step_at: DateTime<Utc>,
    pub visited_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

impl From<Visit> for VisitView {
    fn from(visit: Visit) -> Self {
        Self {
            id: visit.id,
            customer_id: visit.customer,
            opportunity_id: visit.opportunity,
            client_id: visit.client_id,
            rep_id: visit.rep,
            org: visit.org.into(),
            decision_chain: visit.decision_chain,
            note: visit.note,
            recording_id: visit.recording_id,
            next_step: visit.next_step,
            next_step_at: visit.next_step_at,
            visited_at: visit.visited_at,
            created_at: visit.created_at,
        }
    }
}

/// The visit, and whether it is new.
pub struct Recorded {
    pub view: VisitView,
    pub is_new: bool,
}

#[tracing::instrument(name = "crm.record_visit", skip_all)]
pub async fn record_visit(state: &State, caller: &Caller, input: VisitInput) -> Result<Recorded, CrmError> {
    let input = checked(input, state.clock.now())?;
    let mut write = state.journal.begin(caller).await?;
    if let Some(known) = sent_before(&mut write, &input).await? {
        return Ok(Recorded { view: write.commit(known.into()).await?, is_new: false });
    }
    let (mut opportunity, mut customer) = lock_subject(&mut write, &input).await?;
    let place = opportunity.as_ref().map_or((&customer.org, customer.owner), |one| (&one.org, one.owner));
    let resource = Resource::owned(ResourceKind::Visit, caller.tenant(), place.0.clone(), place.1);
    authz::check(&caller.principal, write.now(), Action::VisitCreate, &resource)?;
    let visit = visit_of(&write, &customer, opportunity.as_ref(), input);
    let first = match &opportunity {
        Some(one) => !store::visits::exist_for(write.db(), one.id).await?,
        None => false,
    };
    if !store::visits::insert(write.db(), &visit).await? {
        let known =
            sent_before(&mut write, &Checked { client_id: visit.client_id.clone(), ..Checked::default() }).await?;
        let known = known.ok_or(CrmError::VisitNotFound)?;
        return Ok(Recorded { view: write.commit(known.into()).await?, is_new: false });
    }
    record_event(&mut write, &visit, &customer)?;
    if let Some(opportunity) = &mut opportunity {
        learn(&mut write, opportunity, &visit, first).await?;
    }
    customer.contacted(visit.visited_at);
    judge_customer(state, &mut write, &mut customer).await?;
    Ok(Recorded { view: write.commit(visit.into()).await?, is_new: true })
}

#[derive(Default)]
struct Checked {
    customer: Option<Uuid>,
    opportunity: Option<Uuid>,
    client_id: Option<String>,
    decision_chain: Vec<DecisionRole>,
    note: Option<String>,
    recording_id: Option<String>,
    next_step: String,
    next_step_at: DateTime<Utc>,
    visited_at: DateTime<Utc>,
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
        next_step,
        next_step_at: next_step_at.unwrap_or(visited_at),
        visited_at,
    })
}

async fn sent_before(write: &mut Write, input: &Checked) -> Result<Option<Visit>, CrmError> {
    let rep = write.caller().principal.id;
    match &input.client_id {
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
        recording_id: input.recording_id,
        next_step: input.next_step,
        next_step_at: input.next_step_at,
        visited_at: input.visited_at,
        org: org.clone(),
        rep: write.caller().principal.id,
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

/// What a visit teaches about the opportunity: who decides, and whether the first visit found out.
async fn learn(write: &mut Write, opportunity: &mut Opportunity, visit: &Visit, first: bool) -> Result<(), CrmError> {
    let now = write.now();
    let chain = merged(&opportunity.decision_chain, &visit.decision_chain);
    let identified = is_identified(&chain);
    if chain != opportunity.decision_chain {
        opportunity.decision_chain = chain;
        let entry = changed_entry(opportunity, &["decision_chain"])?;
        write.record(entry);
    }
    if identified {
        store::key_moments::meet(write.db(), opportunity.id, DECISION_CHAIN_IDENTIFIED, now).await?;
    } else if first {
        let moments = store::key_moments::of_opportunity(write.db(), opportunity.id).await?;
        let open = moments.iter().find(|one| one.moment == DECISION_CHAIN_IDENTIFIED && one.is_open());
        if let Some(open) = open
            && let Some(missed) = store::key_moments::miss(write.db(), open.id, now).await?
        {
            let entry = missed_entry(opportunity, &missed)?;
            write.record(entry);
        }
    }
    store::opportunities::save(write.db(), opportunity, now).await
}
