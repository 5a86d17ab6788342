//! A new endpoint that receives events.

use authz::Action;
use chrono::{DateTime, Utc};
use contracts::notifier::v1::WebhookCreated;
use journal::{Caller, Entry};
use kernel::{FieldError, OrgPath, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::secrets::seal_signing;
use crate::app::State;
use crate::domain::providers::bad_target;
use crate::domain::{event_pattern, signature, target};
use crate::error::NotifierError;
use crate::store::webhooks::{self, Webhook};

const LONGEST_URL: usize = 2_000;
const LONGEST_DESCRIPTION: usize = 500;
const MOST_PATTERNS: usize = 100;

/// An endpoint and what it wants.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookBody {
    #[schema(example = "https://erp.example.com/hooks/sluice")]
    pub url: String,
    #[serde(default)]
    pub description: String,
    /// `*`, `lead.*` or full types such as `lead.assigned.v1`.
    #[schema(example = json!(["lead.*", "contract.signed.v1"]))]
    pub event_types: Vec<String>,
    #[serde(default = "yes")]
    pub enabled: bool,
}

fn yes() -> bool {
    true
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct WebhookView {
    pub id: Uuid,
    pub url: String,
    pub description: String,
    pub event_types: Vec<String>,
    pub enabled: bool,
    /// Only events at this node or below are sent.
    pub org: OrgPath,
    pub owner_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// Until then messages carry a second signature with the secret before the last rotation.
    pub previous_secret_until: Option<DateTime<Utc>>,
}

/// A webhook with the secret that signs its messages; shown this once. A repeated request with the same
/// Idempotency-Key is answered without it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct WebhookWithSecret {
    #[serde(flatten)]
    pub webhook: WebhookView,
    #[schema(example = "whsec_…")]
    pub secret: String,
}

impl From<Webhook> for WebhookView {
    fn from(kept: Webhook) -> Self {
        Self {
            id: kept.id,
            url: kept.url,
            description: kept.description,
            event_types: kept.event_types,
            enabled: kept.enabled,
            org: kept.org,
            owner_id: kept.owner_id,
            created_at: kept.created_at,
            changed_at: kept.changed_at,
            previous_secret_until: kept.previous_until,
        }
    }
}

#[tracing::instrument(name = "notifier.create_webhook", skip_all)]
pub async fn create_webhook(
    state: &State,
    caller: &Caller,
    body: WebhookBody,
) -> Result<WebhookWithSecret, NotifierError> {
    check(state, &body)?;
    let secret = signature::webhook_secret(&state.ids.secret());
    let mut write = state.journal.begin(caller).await?;
    let webhook = Webhook {
        id: write.new_id(),
        org: caller.principal.org.clone(),
        owner_id: caller.principal.id,
        url: body.url,
        description: body.description,
        event_types: body.event_types,
        enabled: body.enabled,
        created_at: write.now(),
        changed_at: write.now(),
        previous_until: None,
        version: 1,
    };
    authz::check(&caller.principal, write.now(), Action::WebhookWrite, &webhook.resource(caller.tenant()))?;
    let sealed = seal_signing(state, webhook.id, &secret)?;
    webhooks::insert(write.db(), caller.tenant().0, &webhook, &sealed).await?;
    let event = WebhookCreated {
        webhook_id: webhook.id.to_string(),
        org: webhook.org.to_string(),
        owner_id: webhook.owner_id.to_string(),
        event_types: webhook.event_types.clone(),
        enabled: webhook.enabled,
    };
    write.record(Entry::new(&event, webhook.id, webhook.version)?.personal("url", webhook.url.as_str()));
    // The answer kept for a repeated request must not hold the secret.
    let webhook = write.commit(WebhookView::from(webhook)).await?;
    Ok(WebhookWithSecret { webhook, secret })
}

/// Finds everything wrong with a body.
pub fn check(state: &State, body: &WebhookBody) -> Result<(), NotifierError> {
    let mut errors = Vec::new();
    if let Err(bad) = target::check(&body.url, state.settings.allow_private_targets) {
        errors.push(bad_target("url", bad));
    }
    let too_long = |field: &str| FieldError::new(field, "too_long", Text::new("过长", "is too long"));
    if body.url.len() > LONGEST_URL {
        errors.push(too_long("url"));
    }
    if body.description.chars().count() > LONGEST_DESCRIPTION {
        errors.push(too_long("description"));
    }
    if body.event_types.is_empty() {
        errors.push(FieldError::required("event_types"));
    }
    if body.event_types.len() > MOST_PATTERNS {
        errors.push(too_long("event_types"));
    }
    for (at, pattern) in body.event_types.iter().enumerate().filter(|(_, pattern)| !event_pattern::is_useful(pattern)) {
        let reason =
            Text::new(format!("事件目录中没有 {pattern}"), format!("{pattern} covers no event of the catalogue"));
        errors.push(FieldError::new(format!("event_types[{at}]"), "unknown_event", reason));
    }
    if errors.is_empty() { Ok(()) } else { Err(NotifierError::Invalid(errors)) }
}
