//! One's own inbox.

use authz::{Action, Resource, ResourceKind, list_scope};
use chrono::{DateTime, Utc};
use journal::Caller;
use kernel::Text;
use kernel::id::Cursor;
use runtime::http::{Page, PageQuery};
use serde::Serialize;
use uuid::Uuid;

use super::delivery_view::{DeliveryView, with_attempts};
use crate::app::State;
use crate::error::NotifierError;
use crate::store::deliveries::{self, Filter};
use crate::store::notifications::{self, Notification};

const RECEIPTS: i64 = 50;

/// One message in an inbox.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct NotificationView {
    pub id: Uuid,
    #[schema(example = "lead_assigned")]
    pub template: String,
    /// Why this recipient: a role's name or `owner`.
    pub role: String,
    pub title: Text,
    pub body: Text,
    /// Path in the console of the thing to do.
    pub link: Option<String>,
    pub urgent: bool,
    #[schema(example = "lead.assigned.v1")]
    pub cause_type: String,
    pub cause_event_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub acknowledged_at: Option<DateTime<Utc>>,
}

impl From<Notification> for NotificationView {
    fn from(kept: Notification) -> Self {
        Self {
            id: kept.id,
            template: kept.template,
            role: kept.role,
            title: kept.title,
            body: kept.body,
            link: kept.link,
            urgent: kept.urgent,
            cause_type: kept.cause_type,
            cause_event_id: kept.cause_event_id,
            created_at: kept.created_at,
            acknowledged_at: kept.acknowledged_at,
        }
    }
}

/// A message with everything that became of it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct NotificationDetail {
    #[serde(flatten)]
    pub notification: NotificationView,
    /// Outgoing messages, newest first.
    pub deliveries: Vec<DeliveryView>,
}

#[tracing::instrument(name = "notifier.list_notifications", skip_all)]
pub async fn list_notifications(
    state: &State,
    caller: &Caller,
    unread_only: bool,
    page: &PageQuery,
) -> Result<Page<NotificationView>, NotifierError> {
    let before = page.cursor()?.map(|cursor| cursor.id);
    let scope = list_scope(&caller.principal, ResourceKind::Notification);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let rows = notifications::inbox(&mut tx, caller.principal.id, unread_only, before, page.limit()).await?;
    let views = rows.into_iter().map(NotificationView::from).collect();
    Ok(Page::of(views, page.limit(), |view: &NotificationView| Cursor { key: String::new(), id: view.id }))
}

#[tracing::instrument(name = "notifier.get_notification", skip_all, fields(notification = %id))]
pub async fn get_notification(state: &State, caller: &Caller, id: Uuid) -> Result<NotificationDetail, NotifierError> {
    let scope = list_scope(&caller.principal, ResourceKind::Notification);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let found = notifications::get(&mut tx, id).await?.ok_or(NotifierError::NotFound("notification"))?;
    let resource = Resource::owned(ResourceKind::Notification, caller.tenant(), found.org.clone(), found.recipient_id);
    authz::check(&caller.principal, state.clock.now(), Action::NotificationRead, &resource)?;
    let filter = Filter { notification: Some(id), ..Filter::default() };
    let rows = deliveries::list(&mut tx, &filter, RECEIPTS).await?;
    Ok(NotificationDetail { notification: found.into(), deliveries: with_attempts(&mut tx, rows).await? })
}
