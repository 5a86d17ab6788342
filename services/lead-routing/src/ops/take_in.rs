//! Takes a checked lead in: recognises what is known already, decides whose it is, stores and records it.

use contracts::lead_routing::v1::{LeadDuplicateFound, LeadReceived};
use custom_fields::Values;
use journal::{Entry, Write};
use kernel::OrgPath;
use serde_json::json;
use uuid::Uuid;

use super::ownership;
use super::place::{Patience, place};
use crate::app::State;
use crate::domain::assignment::How;
use crate::domain::key::{Key, KeyKind};
use crate::domain::lead::{Lead, LeadState};
use crate::domain::new_lead::Profile;
use crate::domain::source::Source;
use crate::error::LeadError;
use crate::store;
use crate::store::keys::Hit;

/// A lead at the door.
pub struct Arrival {
    pub id: Uuid,
    pub org: OrgPath,
    pub source: Source,
    pub source_detail: Option<String>,
    pub profile: Profile,
    /// Checked against the definitions.
    pub custom: Values,
    /// Whose external reference it is.
    pub sender: Uuid,
}

/// Stores the lead and answers it: assigned, queued, a duplicate, or the very lead that the same sender has handed
/// in before under the same reference.
pub async fn take_in(state: &State, write: &mut Write, arrival: Arrival) -> Result<Lead, LeadError> {
    let keys = arrival.profile.keys(arrival.source, arrival.sender);
    let tenant = write.caller().tenant();
    let mut lead = lead_of(write, arrival);
    if store::keys::claim(write.db(), tenant.0, lead.id, &keys).await? {
        return accept(state, write, lead).await;
    }
    let hits = store::keys::hits(write.db(), tenant.0, lead.id, &keys).await?;
    let Some(hit) = hits.first() else { return accept(state, write, lead).await };
    // Held, so that a change of owner reaches the repeat, too.
    let known =
        store::leads::lock(write.db(), hit.lead_id).await?.ok_or(LeadError::NotFound(crate::error::Missing::Lead))?;
    if hit.kind == KeyKind::Reference {
        store::keys::release(write.db(), tenant.0, lead.id, &keys).await?;
        return Ok(known);
    }
    repeat(write, &mut lead, &known, hit, &keys).await?;
    Ok(lead)
}

async fn accept(state: &State, write: &mut Write, mut lead: Lead) -> Result<Lead, LeadError> {
    let placement = place(state, write, &lead.facts(), &[], Patience::Wait).await?;
    record_received(write, &mut lead)?;
    let decision = ownership::settle(state, write, &mut lead, placement, None, How::Rule).await?;
    store::leads::insert(write.db(), &lead, Some(&decision)).await?;
    Ok(lead)
}

/// Records a lead of a company that is known: it belongs to whoever has the company, and to nobody else.
async fn repeat(write: &mut Write, lead: &mut Lead, known: &Lead, hit: &Hit, keys: &[Key]) -> Result<(), LeadError> {
    store::keys::hand_over(write.db(), lead.tenant_id.0, lead.id, known.id, keys).await?;
    record_received(write, lead)?;
    lead.state = LeadState::Duplicate;
    lead.duplicate_of = Some(known.id);
    lead.matched_by = Some(hit.kind);
    lead.owner_id = known.owner_id;
    lead.org = known.org.clone();
    let event = LeadDuplicateFound {
        lead_id: lead.id.to_string(),
        original_lead_id: known.id.to_string(),
        owner_id: known.owner_id.map(|id| id.to_string()).unwrap_or_default(),
        matched_by: hit.kind.as_str().into(),
    };
    let entry = Entry::new(&event, lead.id, lead.next_version())?;
    write.record(entry.change("received", lead.state.as_str()).why(hit.kind.reason()));
    Ok(store::leads::insert(write.db(), lead, None).await?)
}

/// The first event of a lead. How to reach the contact is committed to, not written down.
pub fn record_received(write: &mut Write, lead: &mut Lead) -> Result<(), LeadError> {
    let event = LeadReceived {
        lead_id: lead.id.to_string(),
        source: lead.source.as_str().into(),
        company: lead.company.clone(),
        industry: lead.industry.clone().unwrap_or_default(),
        region: lead.region.clone().unwrap_or_default(),
        budget: lead.budget().map(Into::into),
        org: lead.org.to_string(),
        customer_id: lead.customer_id.map(|id| id.to_string()).unwrap_or_default(),
    };
    let mut entry = Entry::new(&event, lead.id, lead.next_version())?;
    if lead.contact_phone.is_some() || lead.contact_email.is_some() || lead.contact_name.is_some() {
        let contact = json!({"name": lead.contact_name, "phone": lead.contact_phone, "email": lead.contact_email});
        entry = entry.personal("contact", contact.to_string());
    }
    write.record(entry);
    Ok(())
}

fn lead_of(write: &Write, arrival: Arrival) -> Lead {
    let profile = arrival.profile;
    Lead {
        id: arrival.id,
        tenant_id: write.caller().tenant(),
        org: arrival.org,
        source: arrival.source,
        source_detail: arrival.source_detail,
        external_reference: profile.external_reference,
        company: profile.company,
        credit_code: profile.credit_code,
        contact_name: profile.contact_name,
        contact_phone: profile.contact_phone,
        contact_email: profile.contact_email,
        domain: profile.domain,
        industry: profile.industry,
        region: profile.region,
        budget_minor: profile.budget.map(|money| money.minor),
        currency: profile.budget.map(|money| money.currency),
        note: profile.note,
        custom: arrival.custom,
        received_at: write.now(),
        owner_id: None,
        state: LeadState::Unassigned,
        version: 0,
        generation: 0,
        assigned_at: None,
        touch_due_at: None,
        touched_at: None,
        avatar: None,
        nickname: None,
        first_chat_at: None,
        screened_at: None,
        released_by: None,
        duplicate_of: None,
        matched_by: None,
        customer_id: None,
        opportunity_id: None,
        tried_at: None,
    }
}

/// A lead of a customer who is due to buy again; nobody's yet.
pub fn repurchase(write: &Write, id: Uuid, org: OrgPath, profile: Profile, customer_id: Uuid) -> Lead {
    let sender = write.caller().principal.id;
    let custom = Values::default();
    let arrival = Arrival { id, org, source: Source::Repurchase, source_detail: None, profile, custom, sender };
    Lead { customer_id: Some(customer_id), ..lead_of(write, arrival) }
}
