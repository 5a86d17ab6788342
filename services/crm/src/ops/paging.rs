//! Cursors of lists that are sorted by a time.

use chrono::{DateTime, Utc};
use kernel::{FieldError, Problem, Text};
use runtime::http::PageQuery;
use uuid::Uuid;

use crate::error::CrmError;

/// The time and id after which the page begins; nothing for the first page.
pub fn after(page: &PageQuery) -> Result<Option<(DateTime<Utc>, Uuid)>, CrmError> {
    let Some(cursor) = page.cursor()? else { return Ok(None) };
    let at: DateTime<Utc> = cursor.key.parse().map_err(|_| not_a_cursor())?;
    Ok(Some((at, cursor.id)))
}

fn not_a_cursor() -> Problem {
    let reason = Text::new("游标无效", "is not a cursor of this list");
    Problem::invalid(vec![FieldError::new("cursor", "malformed", reason)])
}
