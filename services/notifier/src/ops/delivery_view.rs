//! What people see of an outgoing message.

use kernel::id::Cursor;
use runtime::http::{Page, PageQuery};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::NotifierError;
use crate::store::attempts::{self, AttemptView};
use crate::store::deliveries::{self, DeliveryRow, Filter};

/// An outgoing message and every attempt to deliver it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct DeliveryView {
    #[serde(flatten)]
    pub delivery: DeliveryRow,
    /// Oldest first.
    pub log: Vec<AttemptView>,
}

/// Adds the attempts to each delivery.
pub async fn with_attempts(db: &mut PgConnection, rows: Vec<DeliveryRow>) -> Result<Vec<DeliveryView>, NotifierError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let attempts = attempts::of(db, &ids).await?;
    let view = |row: DeliveryRow| {
        let log = attempts.iter().filter(|attempt| attempt.delivery_id == row.id).cloned().collect();
        DeliveryView { delivery: row, log }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// One page of the deliveries that a filter lets through.
pub async fn page_of(
    db: &mut PgConnection,
    filter: &Filter,
    page: &PageQuery,
) -> Result<Page<DeliveryView>, NotifierError> {
    let rows = deliveries::list(db, filter, page.limit()).await?;
    let views = with_attempts(db, rows).await?;
    Ok(Page::of(views, page.limit(), |view| Cursor { key: String::new(), id: view.delivery.id }))
}
