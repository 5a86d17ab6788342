//! Records a contact with a lead, proven by a recording, a message or a text.

use authz::Action;
use contracts::lead_routing::v1::LeadTouched;
use journal::{Caller, Entry, Write};
use kernel::{Evidence, EvidenceKind};
use process::gate::{Attempt, pass_without_approvals};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::load::lead_for;
use super::ownership;
use super::view::LeadView;
use crate::app::State;
use crate::domain::lead::{Lead, LeadState};
use crate::error::LeadError;
use crate::store;
use crate::store::touches::Touch;

/// What proves a contact: where a recording or message is kept, or the text itself.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Carrier {
    /// `recording`, `message` or `text`
    pub kind: EvidenceKind,
    pub reference: String,
    pub sha256: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TouchInput {
    pub evidence: Vec<Carrier>,
    pub note: Option<String>,
}

#[tracing::instrument(name = "lead_routing.touch_lead", skip_all, fields(lead = %id))]
pub async fn touch_lead(state: &State, caller: &Caller, id: Uuid, input: TouchInput) -> Result<LeadView, LeadError> {
    let mut write = state.journal.begin(caller).await?;
    let mut lead = lead_for(&mut write, id, Action::LeadTouch).await?;
    if !lead.state.is_open() {
        return Err(LeadError::WrongState(lead.state));
    }
    let evidence: Vec<Evidence> = input.evidence.into_iter().map(evidence).collect();
    check_gates(state, &mut write, &lead, &evidence).await?;
    let first = lead.state == LeadState::Assigned;
    if first {
        ownership::disarm(&mut write, &lead).await?;
        lead.touched_at = Some(write.now());
        lead.state = LeadState::Touched;
    }
    record_touch(&mut write, &mut lead, first, evidence, input.note).await?;
    store::leads::save(write.db(), &lead).await?;
    Ok(write.commit(LeadView::of(lead, &caller.principal)).await?)
}

fn evidence(carrier: Carrier) -> Evidence {
    Evidence { kind: carrier.kind, name: "contact".into(), reference: carrier.reference, sha256: carrier.sha256 }
}

/// First contact needs proof; everything after it needs the screening form as well.
async fn check_gates(state: &State, write: &mut Write, lead: &Lead, evidence: &[Evidence]) -> Result<(), LeadError> {
    let tenant = write.caller().tenant();
    let definition = state.definitions.current(write.db(), tenant, "lead").await?;
    let facts = facts(lead);
    pass_without_approvals(&definition, Attempt { from: "assigned", to: "touched", facts: &facts, evidence })?;
    if lead.state == LeadState::Touched {
        pass_without_approvals(&definition, Attempt { from: "touched", to: "screened", facts: &facts, evidence })?;
    }
    Ok(())
}

/// What the process definition can ask about a lead.
pub fn facts(lead: &Lead) -> Value {
    json!({
        "screening": { "avatar": lead.avatar, "nickname": lead.nickname, "first_chat_at": lead.first_chat_at },
        "source": lead.source,
        "industry": lead.industry,
        "region": lead.region,
    })
}

/// Keeps the contact and records it. Texts are committed to, not written into the journal.
pub async fn record_touch(
    write: &mut Write,
    lead: &mut Lead,
    first: bool,
    evidence: Vec<Evidence>,
    note: Option<String>,
) -> Result<(), LeadError> {
    let (now, rep_id) = (write.now(), write.caller().principal.id);
    let event = LeadTouched { lead_id: lead.id.to_string(), rep_id: rep_id.to_string(), touched_at: Some(now.into()) };
    let mut entry = Entry::new(&event, lead.id, lead.next_version())?;
    if first {
        entry = entry.change(LeadState::Assigned.as_str(), LeadState::Touched.as_str());
    }
    let (texts, carriers): (Vec<_>, Vec<_>) = evidence.iter().cloned().partition(|one| one.kind == EvidenceKind::Text);
    entry =
        texts.into_iter().fold(entry.evidence(carriers), |entry, text| entry.personal("contact_text", text.reference));
    write.record(entry);
    let touch =
        Touch { id: write.new_id(), tenant_id: lead.tenant_id, lead_id: lead.id, rep_id, at: now, evidence, note };
    store::touches::insert(write.db(), &touch).await?;
    Ok(store::reps::seen(write.db(), lead.tenant_id.0, rep_id, now).await?)
}
