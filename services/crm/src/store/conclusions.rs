//! `crm.conclusions`

use chrono::{DateTime, NaiveDate, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::{choice, money};
use crate::domain::conclusion::{Conclusion, HeardIn};
use crate::error::CrmError;

struct Row {
    id: Uuid,
    kind: String,
    text: String,
    amount_minor: Option<i64>,
    currency: Option<String>,
    on_day: Option<NaiveDate>,
    confirmed_at: DateTime<Utc>,
}

impl TryFrom<Row> for Conclusion {
    type Error = CrmError;

    fn try_from(row: Row) -> Result<Self, CrmError> {
        let amount = row.amount_minor.zip(row.currency).map(|(minor, currency)| money(minor, &currency)).transpose()?;
        Ok(Self {
            id: row.id,
            kind: choice("kind of conclusion", &row.kind)?,
            text: row.text,
            amount,
            date: row.on_day,
            confirmed_at: row.confirmed_at,
        })
    }
}

/// In the order they were confirmed.
pub async fn of_visit(db: &mut PgConnection, visit: Uuid) -> Result<Vec<Conclusion>, CrmError> {
    let rows = sqlx::query_as!(
        Row,
        "select id, kind, text, amount_minor, currency, on_day, confirmed_at from crm.conclusions
         where visit_id = $1 order by confirmed_at, id",
        visit,
    );
    rows.fetch_all(db).await?.into_iter().map(Conclusion::try_from).collect()
}

/// Keeps a conclusion that belongs to no visit yet; false when it is known.
pub async fn keep(
    db: &mut PgConnection,
    tenant: TenantId,
    heard_in: &HeardIn,
    new: &Conclusion,
) -> Result<bool, CrmError> {
    let kept = sqlx::query!(
        "insert into crm.conclusions
             (id, tenant_id, recording_id, owner_id, kind, text, amount_minor, currency, on_day, confirmed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (id) do nothing",
        new.id,
        tenant.0,
        heard_in.recording,
        heard_in.owner,
        new.kind.as_str(),
        new.text,
        new.amount.map(|amount| amount.minor),
        new.amount.map(|amount| amount.currency.as_str()),
        new.date,
        new.confirmed_at,
    )
    .execute(db)
    .await?;
    Ok(kept.rows_affected() == 1)
}

/// Gives a visit what was heard in its recording and belongs to no visit yet, in the order it was confirmed.
pub async fn claim(
    db: &mut PgConnection,
    recording: &str,
    owner: Uuid,
    visit: Uuid,
) -> Result<Vec<Conclusion>, CrmError> {
    let rows = sqlx::query_as!(
        Row,
        "with claimed as (
             update crm.conclusions set visit_id = $3
             where recording_id = $1 and owner_id = $2 and visit_id is null
             returning id, kind, text, amount_minor, currency, on_day, confirmed_at
         )
         select * from claimed order by confirmed_at, id",
        recording,
        owner,
        visit,
    );
    rows.fetch_all(db).await?.into_iter().map(Conclusion::try_from).collect()
}
