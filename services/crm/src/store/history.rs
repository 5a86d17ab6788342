//! What the journal says about a customer and everything that belongs to it.

use chrono::{DateTime, Utc};
use kernel::id::Cursor;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::CrmError;

/// One journal row; `record` is the text that was hashed.
pub struct Line {
    pub event_id: Uuid,
    pub occurred_at: DateTime<Utc>,
    pub record: String,
}

/// Lines about these aggregates, latest first, from after the cursor; one more than `limit` when there are more.
pub async fn of_customer(
    db: &mut PgConnection,
    customer: Uuid,
    aggregates: &[String],
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Line>, CrmError> {
    let (after_at, after_id) = after.unzip();
    let lines = sqlx::query_as!(
        Line,
        r#"select event_id, occurred_at, record from journal
           where aggregate_id in (
                   select $1::uuid
                   union all select id from crm.opportunities where customer_id = $1
                   union all select id from crm.visits where customer_id = $1
                   union all select id from crm.actions where customer_id = $1
               )
             and aggregate = any($2)
             and ($3::timestamptz is null or (occurred_at, event_id) < ($3, $4))
           order by occurred_at desc, event_id desc limit $5"#,
        customer,
        aggregates,
        after_at,
        after_id,
        limit + 1,
    );
    Ok(lines.fetch_all(db).await?)
}

/// Where a line stands in the history.
pub fn position(line: &Line) -> Cursor {
    Cursor::at(line.occurred_at, line.event_id)
}
