//! Lists in pages, with cursors that clients pass back unread.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use kernel::id::Cursor;
use kernel::{FieldError, Problem, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const DEFAULT_LIMIT: i64 = 50;
const LARGEST_LIMIT: i64 = 200;

/// `?cursor=…&limit=…`
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows on the page, 1 to 200; 50 when not given.
    pub limit: Option<i64>,
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

impl PageQuery {
    /// Rows asked for, within what is allowed.
    pub fn limit(&self) -> i64 {
        self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, LARGEST_LIMIT)
    }

    /// Where the page starts; nothing for the first page.
    pub fn cursor(&self) -> Result<Option<Cursor>, Problem> {
        let Some(text) = &self.cursor else { return Ok(None) };
        let read = BASE64_URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        read.map(Some).ok_or_else(not_a_cursor)
    }

    /// The same in a list sorted by a time ([`Cursor::at`]): the time and id that the page before ended with.
    pub fn after_time(&self) -> Result<Option<(DateTime<Utc>, Uuid)>, Problem> {
        let Some(cursor) = self.cursor()? else { return Ok(None) };
        let time = cursor.key.parse().map_err(|_| not_a_cursor())?;
        Ok(Some((time, cursor.id)))
    }
}

impl<T> Page<T> {
    /// Builds a page from up to `limit + 1` rows: the extra one says that there is a next page.
    pub fn of(mut rows: Vec<T>, limit: i64, position: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = more.then(|| rows.last().map(|row| encode(&position(row)))).flatten();
        Self { items: rows, next_cursor }
    }
}

fn not_a_cursor() -> Problem {
    let reason = Text::new("游标无效", "is not a cursor of this list");
    Problem::invalid(vec![FieldError::new("cursor", "malformed", reason)])
}

fn encode(cursor: &Cursor) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(cursor).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(cursor: Option<String>) -> PageQuery {
        PageQuery { cursor, limit: Some(2) }
    }

    #[test]
    fn the_row_that_is_too_much_says_where_the_next_page_starts() {
        let time = |second| DateTime::from_timestamp_micros(second * 1_000_000 + 7).expect("a time");
        let position = |second: &i64| Cursor::at(time(*second), Uuid::from_u128(u128::from(second.unsigned_abs())));
        let page = Page::of(vec![3, 2, 1], 2, position);
        assert_eq!(page.items, [3, 2]);
        assert_eq!(ask(page.next_cursor).after_time(), Ok(Some((time(2), Uuid::from_u128(2)))));
        assert_eq!(Page::of(vec![2, 1], 2, position).next_cursor, None);
        assert_eq!(ask(None).after_time(), Ok(None));
    }

    #[test]
    fn what_is_no_cursor_of_the_list_is_refused() {
        assert!(ask(Some("???".to_owned())).cursor().is_err());
        let by_name = encode(&Cursor { key: "Aster".to_owned(), id: Uuid::nil() });
        assert!(ask(Some(by_name.clone())).cursor().is_ok());
        assert!(ask(Some(by_name)).after_time().is_err());
    }
}
