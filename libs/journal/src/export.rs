//! Reads the journal for export and for rebuilding projections.

use kernel::{Principal, Scope};
use uuid::Uuid;

use crate::ledger::Hash;
use crate::{Journal, JournalError};

/// A record with its place in the tenant's log.
#[derive(Clone, Debug)]
pub struct Placed {
    /// None while it waits to be sealed.
    pub index: Option<i64>,
    pub record: String,
    /// The leaf hash stored when it was written: differs from the record's when somebody altered it since.
    pub hash: Hash,
}

/// A signed checkpoint.
#[derive(Clone, Debug)]
pub struct Signed {
    pub size: i64,
    pub note: String,
}

impl Journal {
    /// Sealed records of the principal's tenant from `from` on, in log order.
    pub async fn sealed(&self, principal: &Principal, from: i64, limit: i64) -> Result<Vec<Placed>, JournalError> {
        let mut tx = self.read(principal, Scope::All).await?;
        let rows = sqlx::query!(
            r#"select l.first_index + e.at - 1 as "index!", j.event_id, j.record, j.hash
               from ledger_leaves l cross join unnest(l.event_ids) with ordinality as e (event_id, at)
               join journal j using (event_id)
               where l.tenant_id = $3 and l.first_index < $1::bigint + $2::bigint and l.first_index + e.at > $1
                   and l.first_index >= coalesce((
                       select max(first_index) from ledger_leaves where tenant_id = $3 and first_index <= $1
                   ), 0)
               order by 1 limit $2"#,
            from,
            limit.min(i64::MAX - from),
            principal.tenant.0,
        )
        .fetch_all(&mut *tx)
        .await?;
        rows.into_iter().map(|row| placed(Some(row.index), row.event_id, row.record, row.hash)).collect()
    }

    /// The place of an event in the log of the principal's tenant, to prove that it is included; none while it waits
    /// to be sealed. Reads through the log: this is for audits.
    pub async fn leaf_index(&self, principal: &Principal, event_id: Uuid) -> Result<Option<i64>, JournalError> {
        let mut tx = self.read(principal, Scope::All).await?;
        let index = sqlx::query_scalar!(
            r#"select first_index + array_position(event_ids, $2) - 1 as "index!" from ledger_leaves
               where tenant_id = $1 and $2 = any(event_ids)"#,
            principal.tenant.0,
            event_id,
        )
        .fetch_optional(&mut *tx)
        .await?;
        Ok(index)
    }

    /// Records that are written and not sealed yet, oldest first.
    pub async fn unsealed(&self, principal: &Principal) -> Result<Vec<Placed>, JournalError> {
        let mut tx = self.read(principal, Scope::All).await?;
        let rows = sqlx::query!(
            "select j.event_id, j.record, j.hash from outbox o join journal j using (event_id) where not o.sealed order by o.position"
        )
        .fetch_all(&mut *tx)
        .await?;
        rows.into_iter().map(|row| placed(None, row.event_id, row.record, row.hash)).collect()
    }

    /// Every checkpoint of the principal's tenant, smallest first.
    pub async fn checkpoints(&self, principal: &Principal) -> Result<Vec<Signed>, JournalError> {
        let mut tx = self.read(principal, Scope::All).await?;
        let rows = sqlx::query_as!(Signed, "select size, note from ledger_checkpoints order by size")
            .fetch_all(&mut *tx)
            .await?;
        Ok(rows)
    }

    /// One record by event id, to show a single piece of evidence.
    pub async fn record(&self, principal: &Principal, event_id: Uuid) -> Result<Option<String>, JournalError> {
        let mut tx = self.read(principal, Scope::All).await?;
        Ok(sqlx::query_scalar!("select record from journal where event_id = $1", event_id)
            .fetch_optional(&mut *tx)
            .await?)
    }
}

fn placed(index: Option<i64>, event_id: Uuid, record: String, hash: Vec<u8>) -> Result<Placed, JournalError> {
    let hash = hash.try_into().map_err(|_| JournalError::DamagedHash(event_id))?;
    Ok(Placed { index, record, hash })
}
