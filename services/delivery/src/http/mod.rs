//! The API, thin.

mod acceptances;
mod capacity;
mod deliveries;
mod requests;

use chrono::{DateTime, SecondsFormat, Utc};
use kernel::id::Cursor;
use kernel::{FieldError, Problem, Text};
use runtime::http::PageQuery;
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use crate::app::State;

/// Every route of the service.
pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .merge(deliveries::routes())
        .merge(acceptances::routes())
        .merge(capacity::routes())
        .merge(requests::routes())
}

/// The time and id that the page before ended with.
fn position(page: &PageQuery) -> Result<Option<(DateTime<Utc>, Uuid)>, Problem> {
    let Some(cursor) = page.cursor()? else { return Ok(None) };
    let reason = Text::new("游标无效", "is not a cursor of this list");
    let at = cursor.key.parse().map_err(|_| Problem::invalid(vec![FieldError::new("cursor", "malformed", reason)]))?;
    Ok(Some((at, cursor.id)))
}

fn cursor(at: DateTime<Utc>, id: Uuid) -> Cursor {
    Cursor { key: at.to_rfc3339_opts(SecondsFormat::Micros, true), id }
}
