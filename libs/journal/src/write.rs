//! The transaction in which an operation writes state, evidence and outbox.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use crate::claim::claim;
use crate::error::overtaken_or_database;
use crate::ledger::{Actor, RECORD_VERSION, Record, leaf_hash};
use crate::transaction::{ANSI, begin};
use crate::{Caller, Entry, Journal, JournalError, Origin, crash, read};

/// One open write. Dropping it without [`Write::commit`] undoes everything.
pub struct Write {
    journal: Journal,
    tx: Transaction<'static, Postgres>,
    caller: Caller,
    now: DateTime<Utc>,
    entries: Vec<Entry>,
    armed: bool,
}

impl Journal {
    /// Opens the transaction, limits it to the caller's tenant and claims the request key, event or
    /// timer it answers.
    ///
    /// Ends with [`JournalError::Replayed`] when that was carried out before: pass it up, the transport
    /// answers as the first time.
    pub async fn begin(&self, caller: &Caller) -> Result<Write, JournalError> {
        let mut tx = begin(self.pool(), ANSI).await?;
        read::enter_tenant(&mut tx, &caller.principal).await?;
        let now = self.clock().now();
        claim(&mut tx, caller, now).await?;
        Ok(Write { journal: self.clone(), tx, caller: caller.clone(), now, entries: Vec::new(), armed: false })
    }
}

impl Write {
    /// The connection inside the transaction.
    pub fn db(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// The time of everything in this write.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// An id for something this write creates.
    pub fn new_id(&self) -> Uuid {
        self.journal.ids().new_id()
    }

    /// On whose behalf this is written.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Adds an event to what this write says happened.
    pub fn record(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    pub(crate) fn mark_armed(&mut self) {
        self.armed = true;
    }

    /// Makes everything visible and returns the output, which a repeated request will get again.
    pub async fn commit<T: Serialize>(mut self, output: T) -> Result<T, JournalError> {
        self.flush().await?;
        if let Origin::Request(Some(key)) = &self.caller.origin {
            let answer = serde_json::to_string(&output)?;
            sqlx::query!(
                "update commands set answer = $4 where tenant_id = $1 and principal_id = $2 and key = $3",
                self.caller.tenant().0,
                self.caller.principal.id,
                key.key,
                answer,
            )
            .execute(&mut *self.tx)
            .await?;
        }
        self.finish().await?;
        Ok(output)
    }

    /// Makes a refusal part of the evidence: the events are kept, the request key stays free.
    pub async fn commit_refusal(mut self) -> Result<(), JournalError> {
        self.flush().await?;
        if let Origin::Request(Some(key)) = &self.caller.origin {
            sqlx::query!(
                "delete from commands where tenant_id = $1 and principal_id = $2 and key = $3",
                self.caller.tenant().0,
                self.caller.principal.id,
                key.key,
            )
            .execute(&mut *self.tx)
            .await?;
        }
        self.finish().await
    }

    async fn finish(self) -> Result<(), JournalError> {
        crash::point("before_commit");
        self.tx.commit().await?;
        crash::point("after_commit");
        if !self.entries.is_empty() {
            self.journal.committed().notify_one();
        }
        if self.armed {
            self.journal.armed().notify_one();
        }
        Ok(())
    }

    /// Chains, hashes and inserts the recorded events and their outbox rows in one statement.
    async fn flush(&mut self) -> Result<(), JournalError> {
        let mut rows = Rows::default();
        let mut salts: Vec<(Uuid, String, [u8; 32])> = Vec::new();
        for at in 0..self.entries.len() {
            let event_id = self.journal.ids().new_id();
            let prev = self.previous_hash(at, &rows).await?;
            let entry = &mut self.entries[at];
            for (name, value) in std::mem::take(&mut entry.personal) {
                let salt = self.journal.ids().secret();
                entry.evidence.push(commitment(&name, &value, &salt));
                salts.push((event_id, name, salt));
            }
            let record = record_of(&self.journal, &self.caller, self.now, entry, event_id, prev);
            rows.push(entry, event_id, &record.to_text()?);
        }
        if rows.event_ids.is_empty() {
            return Ok(());
        }
        rows.insert(&mut self.tx, &self.caller, self.now).await?;
        for (event_id, name, salt) in salts {
            sqlx::query!(
                "insert into journal_salts (event_id, tenant_id, name, salt) values ($1, $2, $3, $4)",
                event_id,
                self.caller.tenant().0,
                name,
                &salt[..],
            )
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }

    /// The leaf hash of the aggregate's version before entry `at`: from this write, or the table.
    async fn previous_hash(&mut self, at: usize, rows: &Rows) -> Result<[u8; 32], JournalError> {
        let (id, version) = (self.entries[at].aggregate_id, self.entries[at].version);
        if version == 1 {
            return Ok([0; 32]);
        }
        if let Some(hash) = rows.hash_of(id, version - 1) {
            return Ok(hash);
        }
        let hash =
            sqlx::query_scalar!("select hash from journal where aggregate_id = $1 and version = $2", id, version - 1)
                .fetch_optional(&mut *self.tx)
                .await?
                .ok_or(JournalError::Overtaken)?;
        hash.try_into().map_err(|_| JournalError::DamagedHash(id))
    }
}

fn record_of(
    journal: &Journal,
    caller: &Caller,
    now: DateTime<Utc>,
    entry: &Entry,
    event_id: Uuid,
    prev: [u8; 32],
) -> Record {
    let (from, to) = entry.change.clone().map_or((None, None), |(from, to)| (Some(from), Some(to)));
    Record {
        v: RECORD_VERSION,
        id: event_id,
        tenant: caller.tenant(),
        service: journal.service().to_owned(),
        aggregate: entry.aggregate().to_owned(),
        aggregate_id: entry.aggregate_id,
        version: u64::try_from(entry.version).unwrap_or(0),
        event_type: entry.kind.type_name.to_owned(),
        at: now,
        actor: Actor { kind: caller.principal.kind, id: caller.principal.id, role: caller.principal.leading_role() },
        from,
        to,
        why: entry.why.clone(),
        evidence: entry.evidence.clone(),
        data: entry.data.clone(),
        causation: caller.causation,
        correlation: caller.correlation,
        prev,
    }
}

/// Evidence that only somebody who holds the salt can link to the value.
fn commitment(name: &str, value: &str, salt: &[u8; 32]) -> kernel::Evidence {
    use sha2::{Digest, Sha256};
    let digest = Sha256::new().chain_update(salt).chain_update(value.as_bytes()).finalize();
    kernel::Evidence {
        kind: kernel::EvidenceKind::Text,
        name: format!("commitment:{name}"),
        reference: "salted-sha256".into(),
        sha256: Some(hex::encode(digest)),
    }
}

/// The columns of the rows to insert, transposed for `unnest`.
#[derive(Default)]
struct Rows {
    event_ids: Vec<Uuid>,
    aggregates: Vec<String>,
    aggregate_ids: Vec<Uuid>,
    versions: Vec<i64>,
    types: Vec<String>,
    records: Vec<String>,
    hashes: Vec<Vec<u8>>,
}

impl Rows {
    fn push(&mut self, entry: &Entry, event_id: Uuid, record: &str) {
        self.event_ids.push(event_id);
        self.aggregates.push(entry.aggregate().to_owned());
        self.aggregate_ids.push(entry.aggregate_id);
        self.versions.push(entry.version);
        self.types.push(entry.kind.type_name.to_owned());
        self.hashes.push(leaf_hash(record).to_vec());
        self.records.push(record.to_owned());
    }

    fn hash_of(&self, aggregate_id: Uuid, version: i64) -> Option<[u8; 32]> {
        let at = (0..self.event_ids.len())
            .find(|&at| self.aggregate_ids[at] == aggregate_id && self.versions[at] == version)?;
        self.hashes[at].as_slice().try_into().ok()
    }

    async fn insert(&self, db: &mut PgConnection, caller: &Caller, now: DateTime<Utc>) -> Result<(), JournalError> {
        sqlx::query!(
            r#"
            with written as (
                insert into journal
                    (event_id, tenant_id, aggregate, aggregate_id, version, type, occurred_at, traceparent, record, hash)
                select r.event_id, $1, r.aggregate, r.aggregate_id, r.version, r.type, $2, $10, r.record, r.hash
                from unnest($3::uuid[], $4::text[], $5::uuid[], $6::bigint[], $7::text[], $8::text[], $9::bytea[])
                    with ordinality as r (event_id, aggregate, aggregate_id, version, type, record, hash, at)
                order by r.at
                returning position, event_id
            )
            insert into outbox (position, event_id, tenant_id) select position, event_id, $1 from written
            "#,
            caller.tenant().0,
            now,
            &self.event_ids,
            &self.aggregates,
            &self.aggregate_ids,
            &self.versions,
            &self.types,
            &self.records,
            &self.hashes,
            caller.traceparent,
        )
        .execute(db)
        .await
        .map_err(overtaken_or_database)?;
        Ok(())
    }
}
