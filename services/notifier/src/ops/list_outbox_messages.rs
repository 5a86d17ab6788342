//! Outgoing messages of every channel, for those who look after channels.

use authz::{Action, Resource, ResourceKind};
use journal::Caller;
use kernel::{FieldError, Scope, Text};
use runtime::http::{Page, PageQuery};

use super::delivery_view::{DeliveryView, page_of};
use crate::app::State;
use crate::error::NotifierError;
use crate::store::deliveries::Filter;

const STATES: [&str; 5] = ["queued", "sending", "sent", "fell_back", "dead"];

#[tracing::instrument(name = "notifier.list_outbox_messages", skip_all)]
pub async fn list_outbox_messages(
    state: &State,
    caller: &Caller,
    wanted: Option<String>,
    page: &PageQuery,
) -> Result<Page<DeliveryView>, NotifierError> {
    allow_channels(state, caller)?;
    if wanted.as_deref().is_some_and(|wanted| !STATES.contains(&wanted)) {
        let reason = Text::new("没有此状态", format!("is none of {}", STATES.join(", ")));
        return Err(NotifierError::Invalid(vec![FieldError::new("state", "unknown_state", reason)]));
    }
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let filter = Filter { state: wanted, before: page.cursor()?.map(|cursor| cursor.id), ..Filter::default() };
    page_of(&mut tx, &filter, page).await
}

/// Administrators and operations.
pub fn allow_channels(state: &State, caller: &Caller) -> Result<(), NotifierError> {
    let channels = Resource::tenant_wide(ResourceKind::Channel, caller.tenant());
    Ok(authz::check(&caller.principal, state.clock.now(), Action::ChannelRead, &channels)?)
}
