//! What a person wants to hear, how, and when.

use authz::{Action, Resource, ResourceKind};
use chrono::NaiveTime;
use contracts::notifier::v1::PreferencesChanged;
use journal::{Caller, Entry};
use kernel::{FieldError, Scope, Text};
use serde::{Deserialize, Serialize};

use crate::app::State;
use crate::domain::channel::ChannelKind;
use crate::domain::quiet_hours::QuietHours;
use crate::error::NotifierError;
use crate::store::preferences::{self, Preferences};

const TIME: &str = "%H:%M";

/// A person's wishes; the inbox cannot be switched off.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreferencesBody {
    /// Outgoing channels not wanted.
    #[serde(default)]
    pub channels_off: Vec<ChannelKind>,
    #[serde(default)]
    pub quiet_hours: Option<QuietHoursBody>,
    /// Urgent messages come in quiet hours too.
    #[serde(default = "yes")]
    pub urgent_bypass: bool,
}

/// Times of day in China's time zone; may pass midnight.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHoursBody {
    #[schema(example = "22:00")]
    pub from: String,
    #[schema(example = "07:00")]
    pub to: String,
}

fn yes() -> bool {
    true
}

#[tracing::instrument(name = "notifier.get_preferences", skip_all)]
pub async fn get_preferences(state: &State, caller: &Caller) -> Result<PreferencesBody, NotifierError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    Ok(preferences::get(&mut tx, caller.tenant().0, caller.principal.id).await?.into())
}

#[tracing::instrument(name = "notifier.set_preferences", skip_all)]
pub async fn set_preferences(
    state: &State,
    caller: &Caller,
    wanted: PreferencesBody,
) -> Result<PreferencesBody, NotifierError> {
    let wanted = read(&wanted)?;
    let mut write = state.journal.begin(caller).await?;
    let person = &caller.principal;
    let own = Resource::owned(ResourceKind::Notification, caller.tenant(), person.org.clone(), person.id);
    authz::check(person, write.now(), Action::NotificationAcknowledge, &own)?;
    let now = write.now();
    let version = preferences::put(write.db(), caller.tenant().0, person.id, &wanted, now).await?;
    let event = PreferencesChanged {
        person_id: person.id.to_string(),
        channels_off: wanted.channels_off.iter().map(|kind| kind.as_str().to_owned()).collect(),
    };
    write.record(Entry::new(&event, person.id, version)?);
    Ok(write.commit(wanted.into()).await?)
}

fn read(body: &PreferencesBody) -> Result<Preferences, NotifierError> {
    let mut errors = Vec::new();
    if !body.channels_off.iter().all(|channel| channel.is_outgoing()) {
        let reason = Text::new("只能关闭外发渠道", "may only name outgoing channels");
        errors.push(FieldError::new("channels_off", "not_outgoing", reason));
    }
    let quiet_hours = body.quiet_hours.as_ref().and_then(|hours| read_hours(hours, &mut errors));
    if !errors.is_empty() {
        return Err(NotifierError::Invalid(errors));
    }
    let mut channels_off = body.channels_off.clone();
    channels_off.sort();
    channels_off.dedup();
    Ok(Preferences { channels_off, quiet_hours, urgent_bypass: body.urgent_bypass })
}

fn read_hours(hours: &QuietHoursBody, errors: &mut Vec<FieldError>) -> Option<QuietHours> {
    let mut time = |field: &str, text: &str| {
        let time = NaiveTime::parse_from_str(text, TIME).ok();
        if time.is_none() {
            errors.push(FieldError::new(field, "malformed", Text::new("须为 HH:MM", "must be HH:MM")));
        }
        time
    };
    let (from, to) = time("quiet_hours.from", &hours.from).zip(time("quiet_hours.to", &hours.to))?;
    if from == to {
        let reason = Text::new("起止时间不能相同", "must differ from the beginning");
        errors.push(FieldError::new("quiet_hours.to", "empty_range", reason));
    }
    Some(QuietHours { from, to })
}

impl From<Preferences> for PreferencesBody {
    fn from(kept: Preferences) -> Self {
        let hours = |hours: QuietHours| QuietHoursBody {
            from: hours.from.format(TIME).to_string(),
            to: hours.to.format(TIME).to_string(),
        };
        Self {
            channels_off: kept.channels_off,
            quiet_hours: kept.quiet_hours.map(hours),
            urgent_bypass: kept.urgent_bypass,
        }
    }
}
