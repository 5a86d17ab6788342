//! The revisions of a quote: what each says and where it stands.

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::parsed;
use crate::domain::quote::QuoteDocument;
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;

#[derive(Clone, Debug)]
pub struct QuoteRevision {
    pub quote_id: Uuid,
    pub revision: i32,
    pub customer_id: Uuid,
    pub opportunity_id: Uuid,
    pub status: QuoteStatus,
    pub document: QuoteDocument,
    pub content_sha256: String,
    pub verification_code: String,
    pub submitted_by: Option<Uuid>,
    pub approval_id: Option<Uuid>,
    pub approved_by: Option<Uuid>,
    /// `authority` or `approval`.
    pub approved_how: Option<String>,
    pub approved_at: Option<DateTime<Utc>>,
    pub valid_until: Option<DateTime<Utc>>,
    pub sent_at: Option<DateTime<Utc>>,
    pub pdf_sha256: Option<String>,
    pub created_at: DateTime<Utc>,
}

struct Row {
    quote_id: Uuid,
    revision: i32,
    customer_id: Uuid,
    opportunity_id: Uuid,
    status: String,
    document: Json<QuoteDocument>,
    content_sha256: String,
    verification_code: String,
    submitted_by: Option<Uuid>,
    approval_id: Option<Uuid>,
    approved_by: Option<Uuid>,
    approved_how: Option<String>,
    approved_at: Option<DateTime<Utc>>,
    valid_until: Option<DateTime<Utc>>,
    sent_at: Option<DateTime<Utc>>,
    pdf_sha256: Option<String>,
    created_at: DateTime<Utc>,
}

impl Row {
    fn read(self) -> Result<QuoteRevision, Error> {
        Ok(QuoteRevision {
            quote_id: self.quote_id,
            revision: self.revision,
            customer_id: self.customer_id,
            opportunity_id: self.opportunity_id,
            status: parsed("quote_revisions.status", &self.status)?,
            document: self.document.0,
            content_sha256: self.content_sha256,
            verification_code: self.verification_code,
            submitted_by: self.submitted_by,
            approval_id: self.approval_id,
            approved_by: self.approved_by,
            approved_how: self.approved_how,
            approved_at: self.approved_at,
            valid_until: self.valid_until,
            sent_at: self.sent_at,
            pdf_sha256: self.pdf_sha256,
            created_at: self.created_at,
        })
    }
}

pub async fn find(db: &mut PgConnection, quote: Uuid, revision: i32) -> Result<Option<QuoteRevision>, Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select quote_id, revision, customer_id, opportunity_id, status, document as "document: Json<QuoteDocument>",
               content_sha256, verification_code, submitted_by, approval_id, approved_by, approved_how, approved_at,
               valid_until, sent_at, pdf_sha256, created_at
           from quote_contract.quote_revisions where quote_id = $1 and revision = $2"#,
        quote,
        revision,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// Every revision of a quote, newest first.
pub async fn of_quote(db: &mut PgConnection, quote: Uuid) -> Result<Vec<QuoteRevision>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select quote_id, revision, customer_id, opportunity_id, status, document as "document: Json<QuoteDocument>",
               content_sha256, verification_code, submitted_by, approval_id, approved_by, approved_how, approved_at,
               valid_until, sent_at, pdf_sha256, created_at
           from quote_contract.quote_revisions where quote_id = $1 order by revision desc"#,
        quote,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// What the newest quotes say that are still drafts, each with the quote's id.
pub async fn newest_drafts(db: &mut PgConnection, limit: i64) -> sqlx::Result<Vec<(Uuid, QuoteDocument)>> {
    let rows = sqlx::query!(
        r#"select q.id, r.document as "document: Json<QuoteDocument>"
           from quote_contract.quotes q
           join quote_contract.quote_revisions r on r.quote_id = q.id and r.revision = q.revision
           where q.status = 'draft' order by q.created_at desc, q.id desc limit $1"#,
        limit,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|row| (row.id, row.document.0)).collect())
}

/// Until the transaction ends nobody else can make a promise to this customer for this opportunity.
pub async fn reserve_promise(db: &mut PgConnection, customer: Uuid, opportunity: Uuid) -> sqlx::Result<()> {
    // There may be no row yet that two approvals at once could wait for each other on.
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended($1 || $2, 0)) as locked",
        customer.to_string(),
        opportunity.to_string(),
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// Quote and revision of the live promise to this customer for this opportunity.
pub async fn live(db: &mut PgConnection, customer: Uuid, opportunity: Uuid) -> sqlx::Result<Option<(Uuid, i32)>> {
    let row = sqlx::query!(
        "select quote_id, revision from quote_contract.quote_revisions
         where customer_id = $1 and opportunity_id = $2 and status in ('approved', 'sent')",
        customer,
        opportunity,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.quote_id, row.revision)))
}

/// Stores the revision as it is now, new or changed. The document itself changes only in drafts.
pub async fn save(db: &mut PgConnection, tenant: TenantId, revision: &QuoteRevision) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into quote_contract.quote_revisions
             (tenant_id, quote_id, revision, customer_id, opportunity_id, status, document, content_sha256,
              verification_code, submitted_by, approval_id, approved_by, approved_how, approved_at, valid_until, sent_at,
              created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         on conflict (quote_id, revision) do update set status = excluded.status, document = excluded.document,
             content_sha256 = excluded.content_sha256, submitted_by = excluded.submitted_by,
             approval_id = excluded.approval_id, approved_by = excluded.approved_by,
             approved_how = excluded.approved_how, approved_at = excluded.approved_at,
             valid_until = excluded.valid_until, sent_at = excluded.sent_at",
        tenant.0,
        revision.quote_id,
        revision.revision,
        revision.customer_id,
        revision.opportunity_id,
        revision.status.as_str(),
        Json(&revision.document) as _,
        revision.content_sha256,
        revision.verification_code,
        revision.submitted_by,
        revision.approval_id,
        revision.approved_by,
        revision.approved_how,
        revision.approved_at,
        revision.valid_until,
        revision.sent_at,
        revision.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps the file that the customer gets.
pub async fn keep_pdf(db: &mut PgConnection, revision: &QuoteRevision, pdf: &[u8], sha256: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update quote_contract.quote_revisions set pdf = $3, pdf_sha256 = $4 where quote_id = $1 and revision = $2",
        revision.quote_id,
        revision.revision,
        pdf,
        sha256,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The file that was sent, if one was.
pub async fn kept_pdf(db: &mut PgConnection, quote: Uuid, revision: i32) -> sqlx::Result<Option<Vec<u8>>> {
    let pdf = sqlx::query_scalar!(
        "select pdf from quote_contract.quote_revisions where quote_id = $1 and revision = $2",
        quote,
        revision,
    );
    Ok(pdf.fetch_optional(db).await?.flatten())
}

/// Which quote and revision a printed code belongs to.
pub async fn by_code(db: &mut PgConnection, code: &str) -> sqlx::Result<Option<(Uuid, i32)>> {
    let row = sqlx::query!(
        "select quote_id, revision from quote_contract.quote_revisions where verification_code = $1",
        code,
    );
    Ok(row.fetch_optional(db).await?.map(|row| (row.quote_id, row.revision)))
}
