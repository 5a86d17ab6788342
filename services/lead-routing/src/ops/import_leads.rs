//! Takes in a file of leads, row by row. Every row is a write of its own, under an id that the same file always
//! gets: an import that was interrupted is simply sent again, and nothing comes twice.

use authz::{Action, Resource, ResourceKind};
use contracts::lead_routing::v1::LeadImportFinished;
use custom_fields::Values;
use journal::{Caller, Entry, Origin, Write};
use kernel::id::derived_id;
use kernel::{FieldError, OrgPath};
use uuid::Uuid;

use super::read_import::{ImportView, view};
use super::take_in::{Arrival, take_in};
use crate::app::State;
use crate::domain::csv_file::{self, FileRow, LeadFile};
use crate::domain::lead::LeadState;
use crate::domain::new_lead::{Profile, check};
use crate::domain::source::Source;
use crate::error::LeadError;
use crate::store;
use crate::store::imports::{ImportRow, LeadImport, RowStatus};

/// A file and where its leads belong.
pub struct FileImport {
    pub bytes: Vec<u8>,
    /// The sender's own node when not given.
    pub org: Option<OrgPath>,
}

#[tracing::instrument(name = "lead_routing.import_leads", skip_all)]
pub async fn import_leads(state: &State, caller: &Caller, file: FileImport) -> Result<ImportView, LeadError> {
    let org = file.org.unwrap_or_else(|| caller.principal.org.clone());
    let place = Resource::unowned(ResourceKind::Lead, caller.tenant(), org.clone());
    authz::check(&caller.principal, state.clock.now(), Action::LeadImport, &place)?;
    let parsed = csv_file::read(&file.bytes, state.config.import_most_rows).map_err(LeadError::Invalid)?;
    // The file itself is the key of the command: its rows are claimed one by one.
    let caller = Caller { origin: Origin::Request(None), ..caller.clone() };
    let id = id_of(&caller, &org, &file.bytes);
    start(state, &caller, id, &org, &parsed).await?;
    for row in parsed.rows {
        import_row(state, &caller, id, &org, row).await?;
    }
    finish(state, &caller, id, &org).await
}

/// The id that the same sender's same file always gets.
fn id_of(caller: &Caller, org: &OrgPath, bytes: &[u8]) -> Uuid {
    let content = Uuid::new_v5(&caller.tenant().0, bytes);
    derived_id(content, &format!("import {} {org}", caller.principal.id))
}

async fn start(state: &State, caller: &Caller, id: Uuid, org: &OrgPath, file: &LeadFile) -> Result<(), LeadError> {
    let mut write = state.journal.begin(caller).await?;
    let import = LeadImport {
        id,
        tenant_id: caller.tenant(),
        org: org.clone(),
        owner_id: caller.principal.id,
        encoding: file.encoding.to_owned(),
        rows: i32::try_from(file.rows.len()).unwrap_or(i32::MAX),
        ignored: file.ignored.clone(),
        started_at: write.now(),
        finished_at: None,
    };
    store::imports::start(write.db(), &import).await?;
    Ok(write.commit(()).await?)
}

#[tracing::instrument(name = "lead_routing.import_row", skip_all, fields(import = %import, row = row.number))]
async fn import_row(
    state: &State,
    caller: &Caller,
    import: Uuid,
    org: &OrgPath,
    row: FileRow,
) -> Result<(), LeadError> {
    let FileRow { number, raw, lead } = row;
    let source_detail =
        lead.as_ref().ok().and_then(|lead| lead.source_detail.clone()).filter(|detail| !detail.is_empty());
    let mut stored = ImportRow {
        import_id: import,
        row: number,
        tenant_id: caller.tenant(),
        status: RowStatus::Accepted,
        lead_id: None,
        errors: Vec::new(),
        raw: None,
    };
    let checked = lead.and_then(check);
    if let Err(errors) = &checked {
        (stored.status, stored.errors, stored.raw) = (RowStatus::Rejected, errors.clone(), Some(raw));
    }
    let mut write = state.journal.begin(caller).await?;
    if !store::imports::claim_row(write.db(), &stored).await? {
        return Ok(());
    }
    if let Ok(profile) = checked {
        take_row(state, &mut write, &mut stored, org, source_detail, profile).await?;
    }
    Ok(write.commit(()).await?)
}

async fn take_row(
    state: &State,
    write: &mut Write,
    row: &mut ImportRow,
    org: &OrgPath,
    source_detail: Option<String>,
    profile: Profile,
) -> Result<(), LeadError> {
    let id = derived_id(row.import_id, &format!("row {}", row.row));
    let sender = write.caller().principal.id;
    let custom = Values::default();
    let arrival = Arrival { id, org: org.clone(), source: Source::CsvImport, source_detail, profile, custom, sender };
    let lead = take_in(state, write, arrival).await?;
    // The same reference twice answers the first lead: nothing new came of this row.
    let repeats = lead.state == LeadState::Duplicate || lead.id != id;
    row.status = if repeats { RowStatus::Duplicate } else { RowStatus::Accepted };
    row.lead_id = Some(lead.id);
    Ok(store::imports::settle_row(write.db(), row).await?)
}

async fn finish(state: &State, caller: &Caller, id: Uuid, org: &OrgPath) -> Result<ImportView, LeadError> {
    let mut write = state.journal.begin(caller).await?;
    let now = write.now();
    let first_time = store::imports::finish(write.db(), id, now).await?;
    let rows = store::imports::rows(write.db(), id).await?;
    if first_time {
        let count = |status| i32::try_from(rows.iter().filter(|row| row.status == status).count()).unwrap_or(i32::MAX);
        let event = LeadImportFinished {
            import_id: id.to_string(),
            org: org.to_string(),
            accepted: count(RowStatus::Accepted),
            duplicate: count(RowStatus::Duplicate),
            rejected: count(RowStatus::Rejected),
        };
        write.record(Entry::new(&event, id, 1)?);
    }
    let import = store::imports::find(write.db(), id).await?;
    let missing = || LeadError::Invalid(vec![FieldError::required("file")]);
    Ok(write.commit(view(import.ok_or_else(missing)?, rows)).await?)
}
