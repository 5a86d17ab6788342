//! Files the screening form (客户初筛表); follow-up rights begin with it. On a lead that was not touched yet the form
//! is the first contact, proven by the picture.

use authz::Action;
use chrono::{DateTime, Utc};
use contracts::lead_routing::v1::LeadScreened;
use journal::{Caller, Entry, Write};
use kernel::{Evidence, EvidenceKind};
use process::gate::{Attempt, pass_without_approvals};
use serde::Deserialize;
use uuid::Uuid;

use super::load::lead_for;
use super::ownership;
use super::touch_lead::{facts, record_touch};
use super::view::LeadView;
use crate::app::State;
use crate::domain::lead::{Lead, LeadState};
use crate::error::LeadError;
use crate::store;

/// The form; what is missing is named in the refusal.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ScreeningInput {
    /// Where the picture of the contact's avatar is kept.
    pub avatar: Option<String>,
    pub nickname: Option<String>,
    pub first_chat_at: Option<DateTime<Utc>>,
}

#[tracing::instrument(name = "lead_routing.screen_lead", skip_all, fields(lead = %id))]
pub async fn screen_lead(
    state: &State,
    caller: &Caller,
    id: Uuid,
    form: ScreeningInput,
) -> Result<LeadView, LeadError> {
    let mut write = state.journal.begin(caller).await?;
    let mut lead = lead_for(&mut write, id, Action::LeadScreen).await?;
    if !lead.state.is_open() {
        return Err(LeadError::WrongState(lead.state));
    }
    if form.first_chat_at.is_some_and(|at| at > write.now()) {
        return Err(LeadError::field(
            "first_chat_at",
            "in_the_future",
            "首次沟通时间不能晚于现在",
            "cannot be in the future",
        ));
    }
    (lead.avatar, lead.nickname, lead.first_chat_at) = (form.avatar, form.nickname, form.first_chat_at);
    check_gate(state, &mut write, &lead).await?;
    if lead.state == LeadState::Assigned {
        touch_by_form(&mut write, &mut lead).await?;
    }
    record_screened(&mut write, &mut lead)?;
    store::leads::save(write.db(), &lead).await?;
    Ok(write.commit(LeadView::of(lead, &caller.principal)).await?)
}

async fn check_gate(state: &State, write: &mut Write, lead: &Lead) -> Result<(), LeadError> {
    let tenant = write.caller().tenant();
    let definition = state.definitions.current(write.db(), tenant, "lead").await?;
    let from = if lead.state == LeadState::Assigned { "assigned" } else { "touched" };
    pass_without_approvals(&definition, Attempt { from, to: "screened", facts: &facts(lead), evidence: &[] })?;
    Ok(())
}

async fn touch_by_form(write: &mut Write, lead: &mut Lead) -> Result<(), LeadError> {
    ownership::disarm(write, lead).await?;
    lead.touched_at = Some(write.now());
    lead.state = LeadState::Touched;
    let picture = avatar(lead);
    record_touch(write, lead, true, picture, None).await
}

fn record_screened(write: &mut Write, lead: &mut Lead) -> Result<(), LeadError> {
    let before = lead.state;
    lead.state = LeadState::Screened;
    lead.screened_at = Some(write.now());
    let event = LeadScreened {
        lead_id: lead.id.to_string(),
        rep_id: lead.owner_id.map(|id| id.to_string()).unwrap_or_default(),
        first_chat_at: lead.first_chat_at.map(Into::into),
    };
    let entry = Entry::new(&event, lead.id, lead.next_version())?.evidence(avatar(lead));
    let entry = entry.personal("nickname", lead.nickname.clone().unwrap_or_default());
    write.record(entry.change(before.as_str(), lead.state.as_str()));
    Ok(())
}

fn avatar(lead: &Lead) -> Vec<Evidence> {
    let carrier = |reference: &String| Evidence {
        kind: EvidenceKind::File,
        name: "screening.avatar".into(),
        reference: reference.clone(),
        sha256: None,
    };
    lead.avatar.as_ref().map(carrier).into_iter().collect()
}
