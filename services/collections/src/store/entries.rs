//! Entries of bank statements.

use chrono::{DateTime, Utc};
use kernel::{Money, TenantId, Text, choices};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::matching::Suggestion;
use crate::domain::statement::Direction;
use crate::error::CollectionsError;

/// An entry and what became of it.
#[derive(Clone, Debug)]
pub struct Booked {
    pub id: Uuid,
    pub statement_id: Uuid,
    /// SHA-256 of the file it came in.
    pub file_sha256: String,
    pub line: i32,
    pub account: String,
    pub booked_at: DateTime<Utc>,
    pub direction: Direction,
    pub amount: Money,
    pub bank_reference: Option<String>,
    pub end_to_end_id: Option<String>,
    pub counterparty: String,
    pub remittance: String,
    pub state: EntryState,
    pub explanation: Vec<Text>,
    pub suggestions: Vec<Suggestion>,
    pub receivable_id: Option<Uuid>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
}

choices! {
    EntryState {
        /// Posted to a receivable.
        Matched = "matched",
        /// Waits for somebody to say which receivable it pays.
        Queued = "queued",
        /// Pays no receivable; the explanation says why.
        Ignored = "ignored",
    }
}

/// A row of `collections.statement_entries` with its file.
struct Row {
    id: Uuid,
    statement_id: Uuid,
    sha256: String,
    line: i32,
    account: String,
    booked_at: DateTime<Utc>,
    direction: String,
    amount: i64,
    currency: String,
    bank_reference: Option<String>,
    end_to_end_id: Option<String>,
    counterparty: String,
    remittance: String,
    state: String,
    explanation: serde_json::Value,
    suggestions: serde_json::Value,
    receivable_id: Option<Uuid>,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Booked {
    type Error = CollectionsError;

    fn try_from(row: Row) -> Result<Self, CollectionsError> {
        Ok(Self {
            id: row.id,
            statement_id: row.statement_id,
            file_sha256: row.sha256,
            line: row.line,
            account: row.account,
            booked_at: row.booked_at,
            direction: row.direction.parse().map_err(|_| CollectionsError::stored("direction", &row.direction))?,
            amount: super::money(row.amount, &row.currency)?,
            bank_reference: row.bank_reference,
            end_to_end_id: row.end_to_end_id,
            counterparty: row.counterparty,
            remittance: row.remittance,
            state: row.state.parse().map_err(|_| CollectionsError::stored("entry state", &row.state))?,
            explanation: super::json("explanation", row.explanation)?,
            suggestions: super::json("suggestions", row.suggestions)?,
            receivable_id: row.receivable_id,
            decided_by: row.decided_by,
            decided_at: row.decided_at,
        })
    }
}

/// The amount under which a booking is known already.
pub async fn known(db: &mut PgConnection, key: &str) -> Result<Option<Money>, CollectionsError> {
    let row = sqlx::query!("select amount, currency from collections.statement_entries where entry_key = $1", key)
        .fetch_optional(db)
        .await?;
    row.map(|row| super::money(row.amount, &row.currency)).transpose()
}

pub async fn insert(db: &mut PgConnection, tenant: TenantId, key: &str, new: &Booked) -> Result<(), CollectionsError> {
    sqlx::query!(
        "insert into collections.statement_entries
             (id, tenant_id, statement_id, entry_key, line, account, booked_at, direction, amount, currency,
              bank_reference, end_to_end_id, counterparty, remittance, state, explanation, suggestions, receivable_id,
              decided_by, decided_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        new.id,
        tenant.0,
        new.statement_id,
        key,
        new.line,
        new.account,
        new.booked_at,
        new.direction.as_str(),
        new.amount.minor,
        new.amount.currency.as_str(),
        new.bank_reference,
        new.end_to_end_id,
        new.counterparty,
        new.remittance,
        new.state.as_str(),
        super::to_json("explanation", &new.explanation)?,
        super::to_json("suggestions", &new.suggestions)?,
        new.receivable_id,
        new.decided_by,
        new.decided_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The entry, locked until the transaction ends.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Booked>, CollectionsError> {
    let row = sqlx::query_as!(
        Row,
        "select e.id, statement_id, s.sha256, line, account, booked_at, direction, amount, currency, bank_reference,
                end_to_end_id, counterparty, remittance, state, explanation, suggestions, receivable_id, decided_by,
                decided_at
         from collections.statement_entries e join collections.statements s on s.id = e.statement_id
         where e.id = $1 for update of e",
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Booked::try_from).transpose()
}

/// Stores the decision about an entry.
pub async fn decide(db: &mut PgConnection, decided: &Booked) -> Result<(), CollectionsError> {
    sqlx::query!(
        "update collections.statement_entries
         set state = $2, explanation = $3, receivable_id = $4, decided_by = $5, decided_at = $6 where id = $1",
        decided.id,
        decided.state.as_str(),
        super::to_json("explanation", &decided.explanation)?,
        decided.receivable_id,
        decided.decided_by,
        decided.decided_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One page, newest bookings first.
pub async fn list(
    db: &mut PgConnection,
    state: Option<EntryState>,
    statement: Option<Uuid>,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Booked>, CollectionsError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select e.id, statement_id, s.sha256, line, account, booked_at, direction, amount, currency, bank_reference,
                end_to_end_id, counterparty, remittance, state, explanation, suggestions, receivable_id, decided_by,
                decided_at
         from collections.statement_entries e join collections.statements s on s.id = e.statement_id
         where ($1::text is null or state = $1) and ($2::uuid is null or statement_id = $2)
           and ($3::timestamptz is null or (booked_at, e.id) < ($3, $4))
         order by booked_at desc, e.id desc limit $5",
        state.map(EntryState::as_str),
        statement,
        after_at,
        after_id,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Booked::try_from).collect()
}
