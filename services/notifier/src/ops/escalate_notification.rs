//! Nobody acknowledged in time: the next roles are told.

use journal::timers::Fired;
use journal::{Caller, Write};
use kernel::Scope;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::audience::{self, Recipient};
use super::setup;
use super::tell::{Manner, tell};
use crate::app::State;
use crate::domain::channel::ChannelKind;
use crate::domain::fields::Fields;
use crate::domain::rules::Escalation;
use crate::domain::templates::{Rendered, Templates};
use crate::error::NotifierError;
use crate::store::notifications::{self, Notification};

/// The kind of the timer, and of nothing else.
pub const TIMER: &str = "unacknowledged";
const TEMPLATE: &str = "escalation";

/// What the timer carries.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    pub escalation: Escalation,
    /// The channels of the rule.
    pub channels: Vec<ChannelKind>,
    /// What the message was written from, to quote it.
    pub fields: Fields,
}

#[tracing::instrument(name = "notifier.escalate_notification", skip_all, fields(notification = %fired.aggregate_id))]
pub async fn escalate_notification(state: State, caller: Caller, fired: Fired) -> Result<(), NotifierError> {
    let pending: Pending =
        serde_json::from_value(fired.payload).map_err(|error| NotifierError::Corrupt(format!("timer: {error}")))?;
    let told = find(&state, &caller, fired.aggregate_id).await?;
    let drafts = compose(&state, &caller, &told, &pending).await?;
    let mut write = state.journal.begin(&caller).await?;
    let now = notifications::lock(write.db(), told.id).await?.ok_or(NotifierError::NotFound("notification"))?;
    if now.acknowledged_at.is_none() {
        let usable = setup::usable(&state, write.db(), caller.tenant()).await?;
        let manner = Manner { channels: &pending.channels, usable: &usable, escalate: None };
        for (recipient, text) in drafts {
            let notification = escalated(&write, &told, recipient, text);
            tell(&mut write, &notification, &manner).await?;
        }
    }
    Ok(write.commit(()).await?)
}

async fn find(state: &State, caller: &Caller, id: Uuid) -> Result<Notification, NotifierError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    notifications::get(&mut tx, id).await?.ok_or(NotifierError::NotFound("notification"))
}

async fn compose(
    state: &State,
    caller: &Caller,
    told: &Notification,
    pending: &Pending,
) -> Result<Vec<(Recipient, Rendered)>, NotifierError> {
    let text = quote(&state.templates, told, pending)?;
    let mut drafts = Vec::new();
    for role in &pending.escalation.roles {
        for recipient in audience::holding(state, caller.tenant(), *role, &told.org).await? {
            drafts.push((recipient, text.clone()));
        }
    }
    if drafts.is_empty() {
        return Err(NotifierError::NobodyToTell { event: told.cause_type.clone() });
    }
    Ok(drafts)
}

fn quote(templates: &Templates, told: &Notification, pending: &Pending) -> Result<Rendered, NotifierError> {
    let quoted = templates.render(&told.template, &pending.fields)?;
    let mut fields = Fields::default();
    fields.set("title", json!(quoted.title));
    fields.set("body", json!(quoted.body));
    fields.set("minutes", pending.escalation.after_minutes);
    Ok(Rendered { link: quoted.link, ..templates.render(TEMPLATE, &fields)? })
}

fn escalated(write: &Write, told: &Notification, recipient: Recipient, text: Rendered) -> Notification {
    Notification {
        id: write.new_id(),
        org: told.org.clone(),
        recipient_kind: recipient.kind,
        recipient_id: recipient.id,
        role: recipient.role,
        template: TEMPLATE.into(),
        language: recipient.language.tag().to_owned(),
        title: text.title,
        body: text.body,
        link: text.link,
        urgent: true,
        cause_event_id: told.cause_event_id,
        cause_type: told.cause_type.clone(),
        correlation: told.correlation,
        created_at: write.now(),
        acknowledged_at: None,
    }
}
