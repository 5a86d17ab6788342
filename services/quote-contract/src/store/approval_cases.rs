//! What an approval is about. The approval itself lives in the process engine's tables.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use kernel::{OrgPath, Role, TenantId, Text};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::parsed;
use crate::error::Error;

pub const QUOTE: &str = "quote";
pub const CONTRACT: &str = "contract";

#[derive(Clone, Debug)]
pub struct ApprovalCase {
    pub tenant: TenantId,
    /// The approval's id.
    pub id: Uuid,
    /// `quote` or `contract`.
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub subject_revision: i32,
    pub subject_number: String,
    pub owner_id: Uuid,
    pub org: OrgPath,
    pub reasons: Vec<Text>,
    /// The process definition and version that asked for it.
    pub definition: String,
    pub definition_version: i32,
    /// Of the approval as an aggregate in the journal.
    pub version: i64,
    pub requested_at: DateTime<Utc>,
}

impl ApprovalCase {
    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Approval, self.tenant, self.org.clone(), self.owner_id)
    }
}

struct Row {
    tenant_id: Uuid,
    id: Uuid,
    subject_kind: String,
    subject_id: Uuid,
    subject_revision: i32,
    subject_number: String,
    owner_id: Uuid,
    org: String,
    reasons: Json<Vec<Text>>,
    definition: String,
    definition_version: i32,
    version: i64,
    requested_at: DateTime<Utc>,
}

impl Row {
    fn read(self) -> Result<ApprovalCase, Error> {
        Ok(ApprovalCase {
            tenant: TenantId(self.tenant_id),
            id: self.id,
            subject_kind: self.subject_kind,
            subject_id: self.subject_id,
            subject_revision: self.subject_revision,
            subject_number: self.subject_number,
            owner_id: self.owner_id,
            org: parsed("approval_cases.org", &self.org)?,
            reasons: self.reasons.0,
            definition: self.definition,
            definition_version: self.definition_version,
            version: self.version,
            requested_at: self.requested_at,
        })
    }
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<ApprovalCase>, Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select tenant_id, id, subject_kind, subject_id, subject_revision, subject_number, owner_id, org,
               reasons as "reasons: Json<Vec<Text>>", definition, definition_version, version, requested_at
           from quote_contract.approval_cases where id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// Loads a case to change it; others wait.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<ApprovalCase>, Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select tenant_id, id, subject_kind, subject_id, subject_revision, subject_number, owner_id, org,
               reasons as "reasons: Json<Vec<Text>>", definition, definition_version, version, requested_at
           from quote_contract.approval_cases where id = $1 for update"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// The cases that a person may decide now: those that ask them by name, and those that ask somebody of
/// one of their roles at their node or below. Longest waiting first; never the person's own.
pub async fn waiting_for(
    db: &mut PgConnection,
    person: Uuid,
    roles: &[Role],
    org: &OrgPath,
    limit: i64,
) -> Result<Vec<ApprovalCase>, Error> {
    let roles: Vec<String> = roles.iter().map(|role| role.as_str().to_owned()).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select c.tenant_id, c.id, c.subject_kind, c.subject_id, c.subject_revision, c.subject_number, c.owner_id,
               c.org, c.reasons as "reasons: Json<Vec<Text>>", c.definition, c.definition_version, c.version,
               c.requested_at
           from quote_contract.approval_cases c
           join process_approvals a on a.tenant_id = c.tenant_id and a.id = c.id
           where a.status = 'pending' and a.submitter <> $1 and exists (
               select from process_approval_steps s
               where s.tenant_id = a.tenant_id and s.approval_id = a.id and s.state = 'waiting' and s.asked_at is not null
                 and (s.approver = $1 or (s.role = any($2) and starts_with(c.org, $3))))
           order by a.requested_at, a.id limit $4"#,
        person,
        &roles,
        org.as_str(),
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Stores the case as it is now, new or with another version.
pub async fn save(db: &mut PgConnection, case: &ApprovalCase) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into quote_contract.approval_cases
             (tenant_id, id, subject_kind, subject_id, subject_revision, subject_number, owner_id, org, reasons,
              definition, definition_version, version, requested_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (id) do update set version = excluded.version",
        case.tenant.0,
        case.id,
        case.subject_kind,
        case.subject_id,
        case.subject_revision,
        case.subject_number,
        case.owner_id,
        case.org.as_str(),
        Json(&case.reasons) as _,
        case.definition,
        case.definition_version,
        case.version,
        case.requested_at,
    )
    .execute(db)
    .await?;
    Ok(())
}
