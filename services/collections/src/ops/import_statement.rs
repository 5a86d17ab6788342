//! A bank statement is read, and each of its entries is matched, queued, ignored or recognised as known.
//!
//! One transaction per statement: either everything in it is stored and posted, or nothing is. Importing the same file,
//! or another file with some of the same bookings, posts nothing twice.

use authz::{Action, Resource, ResourceKind};
use contracts::collections::v1::StatementImported;
use journal::{Caller, Entry as Record, Write};
use kernel::{Money, TenantId, Text};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::post_payment::post_payment;
use crate::app::State;
use crate::domain::matching::{Clue, Decision, decide};
use crate::domain::statement::{self, Direction, Entry, Format, Imported, RowError, Statement, key};
use crate::error::CollectionsError;
use crate::store;
use crate::store::entries::{Booked, EntryState};

/// A file as it was uploaded.
pub struct Upload<'a> {
    pub format: Format,
    pub bytes: &'a [u8],
    /// The account, where a CSV does not name it.
    pub account: Option<&'a str>,
}

/// What became of a file.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ImportReport {
    pub id: Uuid,
    pub format: Format,
    /// Entries that could be read.
    pub entries: i32,
    /// Posted to a receivable just now.
    pub matched: i32,
    /// Waiting for somebody to say which receivable they pay.
    pub queued: i32,
    /// Paying no receivable: money going out.
    pub ignored: i32,
    /// Known from an earlier import; nothing happened to them.
    pub repeated: i32,
    /// Not booked by the bank yet; they are read once they are.
    pub pending: u32,
    /// True when exactly this file was imported before for the same account.
    pub already_imported: bool,
    pub errors: Vec<RowError>,
    pub payments: Vec<Posting>,
}

/// One entry that was posted.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Posting {
    pub payment_id: Uuid,
    pub receivable_id: Uuid,
    pub amount: Money,
    pub explanation: Vec<Text>,
}

#[tracing::instrument(name = "collections.import_statement", skip_all, fields(format = upload.format.as_str()))]
pub async fn import_statement(
    state: &State,
    caller: &Caller,
    upload: Upload<'_>,
) -> Result<ImportReport, CollectionsError> {
    let everything = Resource::tenant_wide(ResourceKind::Statement, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::StatementImport, &everything)?;
    let read = statement::read(upload.format, upload.bytes, upload.account, state.config.max_entries)?;
    let sha256 = hex::encode(Sha256::digest(upload.bytes));
    let mut write = state.journal.begin(caller).await?;
    store::statements::lock_matching(write.db(), caller.tenant()).await?;
    if let Some(earlier) = store::statements::find_complete(write.db(), &sha256, &read.accounts()).await? {
        return Ok(write.commit(again(&earlier, read.pending)).await?);
    }
    let mut import = Import::begin(state, &mut write, upload.format, sha256, &read).await?;
    import.settle_all(&read).await?;
    let (done, payments) = (import.done, import.payments);
    store::statements::count(write.db(), &done).await?;
    write.record(Record::new(&imported(&done), done.id, 1)?);
    let report = report(&done, read.pending, payments);
    Ok(write.commit(report).await?)
}

/// One import under way.
struct Import<'a> {
    state: &'a State,
    write: &'a mut Write,
    tenant: TenantId,
    sha256: String,
    done: Imported,
    payments: Vec<Posting>,
}

impl<'a> Import<'a> {
    async fn begin(
        state: &'a State,
        write: &'a mut Write,
        format: Format,
        sha256: String,
        read: &Statement,
    ) -> Result<Self, CollectionsError> {
        let (tenant, by) = (write.caller().tenant(), write.caller().principal.id);
        let done = Imported {
            id: write.new_id(),
            format,
            entries: 0,
            matched: 0,
            queued: 0,
            ignored: 0,
            repeated: 0,
            errors: read.errors.clone(),
            imported_at: write.now(),
        };
        store::statements::insert(write.db(), tenant, &sha256, &read.accounts(), by, &done).await?;
        Ok(Self { state, write, tenant, sha256, done, payments: Vec::new() })
    }

    async fn settle_all(&mut self, read: &Statement) -> Result<(), CollectionsError> {
        for (entry, key) in read.entries.iter().zip(key::keys(&read.entries)) {
            self.done.entries += 1;
            match store::entries::known(self.write.db(), &key).await? {
                Some(amount) if amount == entry.amount => self.done.repeated += 1,
                Some(amount) => self.done.errors.push(reference_reused(entry, amount)),
                None => self.settle(entry, &key).await?,
            }
        }
        Ok(())
    }

    /// Decides one entry that is new.
    async fn settle(&mut self, entry: &Entry, key: &str) -> Result<(), CollectionsError> {
        if let Some(reason) = not_ours(entry) {
            self.done.ignored += 1;
            let ignored = self.booked(entry, EntryState::Ignored, vec![reason]);
            return store::entries::insert(self.write.db(), self.tenant, key, &ignored).await;
        }
        let clue = Clue { amount: entry.amount, counterparty: &entry.counterparty, remittance: &entry.remittance };
        let candidates = store::candidates::of(self.write.db(), clue).await?;
        let decision = if entry.is_reversal {
            Decision::Queue {
                reason: Text::new("银行冲正，需人工处理", "a reversal by the bank"),
                suggestions: Vec::new(),
            }
        } else {
            decide(&self.state.config.scores(), clue, &candidates)
        };
        match decision {
            Decision::Queue { reason, suggestions } => {
                self.done.queued += 1;
                let queued = Booked { suggestions, ..self.booked(entry, EntryState::Queued, vec![reason]) };
                store::entries::insert(self.write.db(), self.tenant, key, &queued).await
            }
            Decision::Automatic { suggestion, explanation } => {
                self.done.matched += 1;
                let matched = Booked {
                    receivable_id: Some(suggestion.receivable_id),
                    decided_by: Some(self.write.caller().principal.id),
                    decided_at: Some(self.write.now()),
                    suggestions: vec![suggestion],
                    ..self.booked(entry, EntryState::Matched, explanation)
                };
                self.post(key, &matched).await
            }
        }
    }

    async fn post(&mut self, key: &str, matched: &Booked) -> Result<(), CollectionsError> {
        let id = matched.receivable_id.ok_or(CollectionsError::NotFound)?;
        store::entries::insert(self.write.db(), self.tenant, key, matched).await?;
        let found = store::receivables::lock(self.write.db(), id).await?;
        let mut receivable = found.ok_or(CollectionsError::NotFound)?;
        let explanation = matched.explanation.clone();
        let payment = post_payment(self.state, self.write, &mut receivable, matched, explanation).await?;
        self.payments.push(Posting {
            payment_id: payment.id,
            receivable_id: payment.receivable_id,
            amount: payment.amount,
            explanation: payment.explanation,
        });
        Ok(())
    }

    fn booked(&self, entry: &Entry, state: EntryState, explanation: Vec<Text>) -> Booked {
        Booked {
            id: self.write.new_id(),
            statement_id: self.done.id,
            file_sha256: self.sha256.clone(),
            line: i32::try_from(entry.line).unwrap_or(i32::MAX),
            account: entry.account.clone(),
            booked_at: entry.booked_at,
            direction: entry.direction,
            amount: entry.amount,
            bank_reference: entry.bank_reference.clone(),
            end_to_end_id: entry.end_to_end_id.clone(),
            counterparty: entry.counterparty.clone(),
            remittance: entry.remittance.clone(),
            state,
            explanation,
            suggestions: Vec::new(),
            receivable_id: None,
            decided_by: None,
            decided_at: None,
        }
    }
}

/// Why an entry pays no receivable, when that is plain.
fn not_ours(entry: &Entry) -> Option<Text> {
    (entry.direction == Direction::Debit).then(|| Text::new("支出，不冲抵应收", "money going out pays no receivable"))
}

/// One reference for two amounts: somebody has to ask the bank.
fn reference_reused(entry: &Entry, known: Money) -> RowError {
    let reason = Text::new(
        format!("该流水号已按 {known} 入账，本行为 {}", entry.amount),
        format!("this reference was booked with {known} before; here it is {}", entry.amount),
    );
    RowError::new(entry.line, "bank_reference", "reference_reused", reason)
}

fn again(earlier: &Imported, pending: u32) -> ImportReport {
    let nothing_new = Imported { matched: 0, queued: 0, ignored: 0, repeated: earlier.entries, ..earlier.clone() };
    ImportReport { already_imported: true, ..report(&nothing_new, pending, Vec::new()) }
}

fn report(done: &Imported, pending: u32, payments: Vec<Posting>) -> ImportReport {
    ImportReport {
        id: done.id,
        format: done.format,
        entries: done.entries,
        matched: done.matched,
        queued: done.queued,
        ignored: done.ignored,
        repeated: done.repeated,
        pending,
        already_imported: false,
        errors: done.errors.clone(),
        payments,
    }
}

fn imported(done: &Imported) -> StatementImported {
    StatementImported {
        statement_id: done.id.to_string(),
        format: done.format.as_str().to_owned(),
        entries: done.entries.cast_unsigned(),
        matched: done.matched.cast_unsigned(),
        queued: done.queued.cast_unsigned(),
        repeated: done.repeated.cast_unsigned(),
    }
}
