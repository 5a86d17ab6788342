//! What is owed, by how long it has been due.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::error::CollectionsError;

/// Minor units owed in one currency, by days past the due date.
#[derive(Clone, Debug)]
pub struct Bucketed {
    pub currency: String,
    pub receivables: i64,
    pub not_due: i64,
    pub days_1_30: i64,
    pub days_31_60: i64,
    pub days_61_90: i64,
    pub over_90: i64,
}

/// Of the open receivables that the transaction's scope shows. What was due before `today` began is overdue.
pub async fn ageing(db: &mut PgConnection, today: DateTime<Utc>) -> Result<Vec<Bucketed>, CollectionsError> {
    let rows = sqlx::query_as!(
        Bucketed,
        r#"select currency, count(distinct id) as "receivables!",
                  coalesce(sum(rest) filter (where due_at >= $1), 0)::bigint as "not_due!",
                  coalesce(sum(rest) filter (where due_at < $1 and due_at >= $1 - interval '30 days'), 0)::bigint as "days_1_30!",
                  coalesce(sum(rest) filter (where due_at < $1 - interval '30 days' and due_at >= $1 - interval '60 days'), 0)::bigint as "days_31_60!",
                  coalesce(sum(rest) filter (where due_at < $1 - interval '60 days' and due_at >= $1 - interval '90 days'), 0)::bigint as "days_61_90!",
                  coalesce(sum(rest) filter (where due_at < $1 - interval '90 days'), 0)::bigint as "over_90!"
           from (select r.id, r.currency, i.due_at, i.amount - i.paid as rest
                 from collections.receivables r join collections.instalments i on i.receivable_id = r.id
                 where r.state = 'open' and i.paid < i.amount) as owed
           group by currency order by currency"#,
        today,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}
