//! Shows what became of an imported file.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Utc};
use journal::Caller;
use kernel::Scope;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::app::State;
use crate::error::{LeadError, Missing};
use crate::store;
use crate::store::imports::{ImportRow, LeadImport, RowStatus};

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ImportView {
    pub id: Uuid,
    /// `utf-8`, `gbk` or `mixed`
    pub encoding: String,
    pub started_at: DateTime<Utc>,
    /// Absent while rows are left: send the same file again to go on.
    pub finished_at: Option<DateTime<Utc>>,
    /// Headings that mean nothing to the service.
    pub ignored_columns: Vec<String>,
    pub total: i32,
    pub accepted: usize,
    pub duplicate: usize,
    pub rejected: usize,
    pub rows: Vec<RowView>,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RowView {
    /// As a spreadsheet counts: the headings are row 1.
    pub row: i32,
    pub status: RowStatus,
    pub lead_id: Option<Uuid>,
    pub errors: Vec<kernel::FieldError>,
    /// What the file said, for rejected rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Value>,
}

pub async fn read_import(state: &State, caller: &Caller, id: Uuid) -> Result<ImportView, LeadError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let import = store::imports::find(&mut tx, id).await?.ok_or(LeadError::NotFound(Missing::Import))?;
    let place = Resource::unowned(ResourceKind::Lead, caller.tenant(), import.org.clone());
    let may = authz::check(&caller.principal, state.clock.now(), Action::LeadImport, &place).is_ok();
    if !may && import.owner_id != caller.principal.id {
        return Err(LeadError::NotFound(Missing::Import));
    }
    let rows = store::imports::rows(&mut tx, id).await?;
    Ok(view(import, rows))
}

/// An import with its rows.
pub fn view(import: LeadImport, rows: Vec<ImportRow>) -> ImportView {
    let count = |status| rows.iter().filter(|row| row.status == status).count();
    ImportView {
        id: import.id,
        encoding: import.encoding,
        started_at: import.started_at,
        finished_at: import.finished_at,
        ignored_columns: import.ignored,
        total: import.rows,
        accepted: count(RowStatus::Accepted),
        duplicate: count(RowStatus::Duplicate),
        rejected: count(RowStatus::Rejected),
        rows: rows.into_iter().map(Into::into).collect(),
    }
}

impl From<ImportRow> for RowView {
    fn from(row: ImportRow) -> Self {
        Self { row: row.row, status: row.status, lead_id: row.lead_id, errors: row.errors, raw: row.raw }
    }
}
