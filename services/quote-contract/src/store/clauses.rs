//! The clause library.

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::domain::clause::{ClauseKind, ClauseText, RequiredFor};
use crate::error::Error;

/// A clause: its latest revision, published or not.
#[derive(Clone, Debug)]
pub struct Clause {
    pub id: Uuid,
    pub code: String,
    pub revision: i32,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

#[derive(Clone, Debug)]
pub struct ClauseRevision {
    pub clause_id: Uuid,
    pub revision: i32,
    pub text: ClauseText,
    pub kind: ClauseKind,
    pub required_for: RequiredFor,
    pub effective_from: DateTime<Utc>,
    pub sha256: String,
    pub published_at: Option<DateTime<Utc>>,
    pub published_by: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub created_by: Uuid,
}

struct Row {
    clause_id: Uuid,
    code: String,
    revision: i32,
    title: String,
    body: String,
    kind: String,
    required_for: Json<RequiredFor>,
    effective_from: DateTime<Utc>,
    sha256: String,
    published_at: Option<DateTime<Utc>>,
    published_by: Option<Uuid>,
    created_at: DateTime<Utc>,
    created_by: Uuid,
}

impl Row {
    fn read(self) -> Result<ClauseRevision, Error> {
        Ok(ClauseRevision {
            clause_id: self.clause_id,
            revision: self.revision,
            text: ClauseText { code: self.code, title: self.title, body: self.body },
            kind: self.kind.parse().map_err(|_| Error::Corrupt("clause_revisions.kind", self.kind))?,
            required_for: self.required_for.0,
            effective_from: self.effective_from,
            sha256: self.sha256,
            published_at: self.published_at,
            published_by: self.published_by,
            created_at: self.created_at,
            created_by: self.created_by,
        })
    }
}

pub async fn lock_by_code(db: &mut PgConnection, tenant: TenantId, code: &str) -> sqlx::Result<Option<Clause>> {
    sqlx::query_as!(
        Clause,
        "select id, code, revision, version, updated_at from quote_contract.clauses
         where tenant_id = $1 and code = $2 for update",
        tenant.0,
        code,
    )
    .fetch_optional(db)
    .await
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Clause>> {
    sqlx::query_as!(
        Clause,
        "select id, code, revision, version, updated_at from quote_contract.clauses where id = $1 for update",
        id,
    )
    .fetch_optional(db)
    .await
}

pub async fn save(db: &mut PgConnection, tenant: TenantId, clause: &Clause) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into quote_contract.clauses (tenant_id, id, code, revision, version, updated_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do update set revision = excluded.revision, version = excluded.version,
             updated_at = excluded.updated_at",
        tenant.0,
        clause.id,
        clause.code,
        clause.revision,
        clause.version,
        clause.updated_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores a revision that is not published, new or changed.
pub async fn save_revision(db: &mut PgConnection, tenant: TenantId, revision: &ClauseRevision) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into quote_contract.clause_revisions
             (tenant_id, clause_id, revision, title, body, kind, required_for, effective_from, sha256, published_at,
              published_by, created_at, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (clause_id, revision) do update set title = excluded.title, body = excluded.body,
             kind = excluded.kind, required_for = excluded.required_for, effective_from = excluded.effective_from,
             sha256 = excluded.sha256, published_at = excluded.published_at, published_by = excluded.published_by",
        tenant.0,
        revision.clause_id,
        revision.revision,
        revision.text.title,
        revision.text.body,
        revision.kind.as_str(),
        Json(&revision.required_for) as _,
        revision.effective_from,
        revision.sha256,
        revision.published_at,
        revision.published_by,
        revision.created_at,
        revision.created_by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every revision of a clause, newest first.
pub async fn revisions(db: &mut PgConnection, clause: Uuid) -> Result<Vec<ClauseRevision>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select r.clause_id, c.code, r.revision, r.title, r.body, r.kind,
               r.required_for as "required_for: Json<RequiredFor>", r.effective_from, r.sha256, r.published_at,
               r.published_by, r.created_at, r.created_by
           from quote_contract.clause_revisions r join quote_contract.clauses c on c.id = r.clause_id
           where r.clause_id = $1 order by r.revision desc"#,
        clause,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The latest revision of every clause after `after` by code.
pub async fn page(db: &mut PgConnection, after: Option<&str>, limit: i64) -> Result<Vec<ClauseRevision>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select r.clause_id, c.code, r.revision, r.title, r.body, r.kind,
               r.required_for as "required_for: Json<RequiredFor>", r.effective_from, r.sha256, r.published_at,
               r.published_by, r.created_at, r.created_by
           from quote_contract.clauses c
           join quote_contract.clause_revisions r on r.clause_id = c.id and r.revision = c.revision
           where $1::text is null or c.code > $1 order by c.code limit $2"#,
        after,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The newest published revision of every clause that is in effect, by code.
pub async fn effective(db: &mut PgConnection, now: DateTime<Utc>) -> Result<Vec<ClauseRevision>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select distinct on (c.code) r.clause_id, c.code, r.revision, r.title, r.body, r.kind,
               r.required_for as "required_for: Json<RequiredFor>", r.effective_from, r.sha256, r.published_at,
               r.published_by, r.created_at, r.created_by
           from quote_contract.clause_revisions r join quote_contract.clauses c on c.id = r.clause_id
           where r.published_at is not null and r.effective_from <= $1
           order by c.code, r.revision desc"#,
        now,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}
