//! Finishes an action: with a carrier, the link to what came before, and what comes next.

use authz::Action;
use chrono::{DateTime, Duration, Utc};
use contracts::crm::v1::ActionDone;
use journal::{Caller, Entry, Write};
use kernel::{Evidence, EvidenceKind, Text};
use serde::Deserialize;
use uuid::Uuid;

use super::judge_customer::judge_customer;
use super::key_moments::{self, NewMoment};
use super::learned::{self, Learned};
use super::plan_action::ActionView;
use crate::app::State;
use crate::domain::action::{ActionKind, Done, SalesAction, done_at};
use crate::domain::fields::{Fields, some};
use crate::domain::key_moment::{OBJECTION_HANDLING_STARTED, PAIN_CONFIRMED};
use crate::domain::opportunity::Opportunity;
use crate::error::CrmError;
use crate::store;

/// What is handed in; of the last five fields, the one of the action's kind.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DoneInput {
    /// When it ended: not in the future, at least 30 minutes from any other action of yours.
    pub done_at: Option<DateTime<Utc>>,
    /// A recording; or a text.
    pub voice_summary_recording_id: Option<String>,
    pub summary: Option<String>,
    /// The earlier communication this follows: a visit, message, recording or document.
    pub linked_communication: Option<String>,
    pub next_step: Option<String>,
    pub next_step_at: Option<DateTime<Utc>>,
    pub agreed_place: Option<String>,
    pub pain: Option<String>,
    pub shown_solution: Option<String>,
    pub objection: Option<String>,
    pub quote_id: Option<Uuid>,
}

#[tracing::instrument(name = "crm.complete_action", skip_all, fields(action = %id))]
pub async fn complete_action(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: DoneInput,
) -> Result<ActionView, CrmError> {
    let mut write = state.journal.begin(caller).await?;
    let now = write.now();
    let planned = store::actions::find(write.db(), id).await?.ok_or(CrmError::ActionNotFound)?;
    let opportunity = store::opportunities::lock(write.db(), planned.opportunity).await?;
    let mut opportunity = opportunity.ok_or(CrmError::OpportunityNotFound)?;
    let customer = store::customers::lock(write.db(), planned.customer).await?;
    let mut customer = customer.ok_or(CrmError::CustomerNotFound)?;
    let mut action = store::actions::lock(write.db(), id).await?.ok_or(CrmError::ActionNotFound)?;
    authz::check(&caller.principal, now, Action::SalesActionComplete, &action.resource())?;
    if action.done.is_some() {
        return Err(CrmError::ActionDoneBefore);
    }
    let done = checked(&input, action.kind)?;
    store::actions::hold_completion(write.db(), action.rep).await?;
    let others = store::actions::done_near(write.db(), action.rep, done.at).await?;
    done_at(done.at, now, &others)?;
    action.version += 1;
    store::actions::finish(write.db(), id, action.version, &done).await?;
    record_done(&mut write, &action, &done)?;
    learn(state, &mut write, &mut opportunity, (action.kind, &done)).await?;
    customer.contacted(done.at);
    judge_customer(state, &mut write, &mut customer).await?;
    action.done = Some(done);
    Ok(write.commit(action.into()).await?)
}

fn checked(input: &DoneInput, kind: ActionKind) -> Result<Done, CrmError> {
    let mut fields = Fields::default();
    let at = fields.present("done_at", input.done_at).unwrap_or_default();
    let recording_id =
        some(fields.optional("voice_summary_recording_id", input.voice_summary_recording_id.as_deref(), 200));
    let summary = some(fields.optional("summary", input.summary.as_deref(), 5_000));
    if recording_id.is_none() && summary.is_none() {
        let reason = Text::new("需要语音小结或文字小结", "needs a voice summary or a text");
        fields.wrong("summary", "carrier_missing", reason);
    }
    let done = Done {
        at,
        own_value: fields.required(kind.own_field(), own_value(input, kind).as_deref(), 1_000),
        recording_id,
        summary,
        linked_communication: fields.required("linked_communication", input.linked_communication.as_deref(), 500),
        next_step: fields.required("next_step", input.next_step.as_deref(), 500),
        next_step_at: fields.in_future("next_step_at", input.next_step_at, at).unwrap_or(at),
    };
    fields.into_errors()?;
    Ok(done)
}

fn own_value(input: &DoneInput, kind: ActionKind) -> Option<String> {
    match kind {
        ActionKind::Appointment => input.agreed_place.clone(),
        ActionKind::NeedsDiagnosis => input.pain.clone(),
        ActionKind::Demonstration => input.shown_solution.clone(),
        ActionKind::ObjectionHandling => input.objection.clone(),
        ActionKind::QuoteConfirmation => input.quote_id.map(|id| id.to_string()),
    }
}

fn record_done(write: &mut Write, action: &SalesAction, done: &Done) -> Result<(), CrmError> {
    let event = ActionDone {
        action_id: action.id.to_string(),
        opportunity_id: action.opportunity.to_string(),
        customer_id: action.customer.to_string(),
        rep_id: action.rep.to_string(),
        kind: action.kind.to_string(),
        done_at: Some(done.at.into()),
        next_step: done.next_step.clone(),
        next_step_at: Some(done.next_step_at.into()),
    };
    let (kind, reference) = match &done.recording_id {
        Some(recording) => (EvidenceKind::Recording, recording.clone()),
        None => (EvidenceKind::Text, format!("crm/actions/{}/summary", action.id)),
    };
    let carriers = [
        Evidence { kind, name: "summary".to_owned(), reference, sha256: None },
        Evidence {
            kind: EvidenceKind::Link,
            name: "linked_communication".to_owned(),
            reference: done.linked_communication.clone(),
            sha256: None,
        },
    ];
    let mut entry = Entry::new(&event, action.id, action.version)?.change("planned", "done").evidence(carriers);
    if let Some(summary) = &done.summary {
        entry = entry.personal("summary", summary);
    }
    write.record(entry);
    Ok(())
}

/// What a finished action means for the opportunity and its key moments.
async fn learn(
    state: &State,
    write: &mut Write,
    opportunity: &mut Opportunity,
    (kind, done): (ActionKind, &Done),
) -> Result<(), CrmError> {
    match kind {
        ActionKind::NeedsDiagnosis => {
            let learned = Learned { decision_chain: &[], pain: Some(&done.own_value), competitor: None, at: done.at };
            learned::learn(write, opportunity, &learned).await
        }
        ActionKind::Demonstration => await_pain(state, write, opportunity, done.at).await,
        ActionKind::ObjectionHandling => {
            store::key_moments::meet(write.db(), opportunity.id, OBJECTION_HANDLING_STARTED, done.at).await
        }
        ActionKind::Appointment | ActionKind::QuoteConfirmation => Ok(()),
    }
}

async fn await_pain(
    state: &State,
    write: &mut Write,
    opportunity: &Opportunity,
    shown_at: DateTime<Utc>,
) -> Result<(), CrmError> {
    let moment = NewMoment {
        tenant: opportunity.tenant,
        opportunity: opportunity.id,
        moment: PAIN_CONFIRMED,
        started_at: shown_at,
        due_at: Some(shown_at + Duration::hours(state.config.key_moments.pain_confirmed_hours)),
        stage: None,
        tell: vec!["sales_rep".to_owned(), "sales_manager".to_owned()],
    };
    key_moments::start(write, moment).await
}
