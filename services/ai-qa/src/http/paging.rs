//! Cursors of lists that run from the newest to the oldest.

use chrono::{DateTime, Utc};
use kernel::id::Cursor;
use kernel::{FieldError, Problem, Text};
use runtime::http::PageQuery;
use uuid::Uuid;

use crate::ops::After;

/// Where the page starts.
pub fn after(page: &PageQuery) -> Result<After, Problem> {
    let Some(cursor) = page.cursor()? else { return Ok(None) };
    let reason = Text::new("游标无效", "is not a cursor of this list");
    let at = cursor.key.parse().map_err(|_| Problem::invalid(vec![FieldError::new("cursor", "malformed", reason)]))?;
    Ok(Some((at, cursor.id)))
}

/// Where a row stands.
pub fn position(at: DateTime<Utc>, id: Uuid) -> Cursor {
    Cursor { key: at.to_rfc3339(), id }
}
