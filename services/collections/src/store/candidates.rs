//! Receivables that a bank entry may pay.

use sqlx::PgConnection;

use super::instalments;
use crate::domain::matching::{Candidate, Clue};
use crate::domain::names::{company_key, plain};
use crate::error::CollectionsError;

/// More than this cannot be told apart by an amount anyway.
const MOST: i64 = 200;

/// Receivables of any state whose contract number is in the remittance information, and open ones of the same
/// currency of the payer or with an equal amount owed.
pub async fn of(db: &mut PgConnection, clue: Clue<'_>) -> Result<Vec<Candidate>, CollectionsError> {
    let rows = sqlx::query!(
        "select id, contract_number, company, currency, amount, paid, state, opened_at
         from collections.receivables r
         where position(upper(regexp_replace(contract_number, '\\s', '', 'g')) in $1) > 0
            or (state = 'open' and currency = $2 and (
                   company_key = $3 or amount - paid = $4
                   or exists (select from collections.instalments i
                              where i.receivable_id = r.id and i.paid < i.amount and i.amount - i.paid = $4)))
         order by (position(upper(regexp_replace(contract_number, '\\s', '', 'g')) in $1) > 0) desc, opened_at, id
         limit $5",
        plain(clue.remittance),
        clue.amount.currency.as_str(),
        company_key(clue.counterparty),
        clue.amount.minor,
        MOST,
    )
    .fetch_all(&mut *db)
    .await?;
    let mut candidates = Vec::with_capacity(rows.len());
    for row in rows {
        candidates.push(Candidate {
            receivable_id: row.id,
            contract_number: row.contract_number,
            company: row.company,
            is_open: row.state == "open",
            outstanding: super::money(row.amount - row.paid, &row.currency)?,
            opened_at: row.opened_at,
            instalments: instalments::of(db, row.id).await?,
        });
    }
    Ok(candidates)
}
