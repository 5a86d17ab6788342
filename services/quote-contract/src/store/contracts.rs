//! Contracts.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use kernel::{OrgPath, TenantId};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::parsed;
use crate::domain::contract::{ContractStatus, ContractTerms};
use crate::error::Error;

#[derive(Clone, Debug)]
pub struct Contract {
    pub tenant: TenantId,
    pub id: Uuid,
    pub number: String,
    pub quote_id: Uuid,
    pub quote_revision: i32,
    pub opportunity_id: Uuid,
    pub customer_id: Uuid,
    pub owner_id: Uuid,
    pub org: OrgPath,
    pub status: ContractStatus,
    pub terms: ContractTerms,
    pub clauses_sha256: String,
    pub approval_id: Option<Uuid>,
    pub signed_at: Option<DateTime<Utc>>,
    pub signed_sha256: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Contract {
    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Contract, self.tenant, self.org.clone(), self.owner_id)
    }
}

struct Row {
    tenant_id: Uuid,
    id: Uuid,
    number: String,
    quote_id: Uuid,
    quote_revision: i32,
    opportunity_id: Uuid,
    customer_id: Uuid,
    owner_id: Uuid,
    org: String,
    status: String,
    terms: Json<ContractTerms>,
    clauses_sha256: String,
    approval_id: Option<Uuid>,
    signed_at: Option<DateTime<Utc>>,
    signed_sha256: Option<String>,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl Row {
    fn read(self) -> Result<Contract, Error> {
        Ok(Contract {
            tenant: TenantId(self.tenant_id),
            id: self.id,
            number: self.number,
            quote_id: self.quote_id,
            quote_revision: self.quote_revision,
            opportunity_id: self.opportunity_id,
            customer_id: self.customer_id,
            owner_id: self.owner_id,
            org: parsed("contracts.org", &self.org)?,
            status: self.status.parse().map_err(|_| Error::Corrupt("contracts.status", self.status))?,
            terms: self.terms.0,
            clauses_sha256: self.clauses_sha256,
            approval_id: self.approval_id,
            signed_at: self.signed_at,
            signed_sha256: self.signed_sha256,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Contract>, Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select tenant_id, id, number, quote_id, quote_revision, opportunity_id, customer_id, owner_id, org, status,
               terms as "terms: Json<ContractTerms>", clauses_sha256, approval_id, signed_at, signed_sha256, version,
               created_at, updated_at
           from quote_contract.contracts where id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// Loads a contract to change it; others wait.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Contract>, Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select tenant_id, id, number, quote_id, quote_revision, opportunity_id, customer_id, owner_id, org, status,
               terms as "terms: Json<ContractTerms>", clauses_sha256, approval_id, signed_at, signed_sha256, version,
               created_at, updated_at
           from quote_contract.contracts where id = $1 for update"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// What a list may be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub opportunity_id: Option<Uuid>,
    pub quote_id: Option<Uuid>,
    pub status: Option<ContractStatus>,
    /// Part of the number, the company or the subject.
    pub q: Option<String>,
}

/// Newest first; row-level security leaves what the principal may see.
pub async fn page(
    db: &mut PgConnection,
    filter: &Filter,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Contract>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select tenant_id, id, number, quote_id, quote_revision, opportunity_id, customer_id, owner_id, org, status,
               terms as "terms: Json<ContractTerms>", clauses_sha256, approval_id, signed_at, signed_sha256, version,
               created_at, updated_at
           from quote_contract.contracts
           where ($1::uuid is null or opportunity_id = $1) and ($2::uuid is null or quote_id = $2)
             and ($3::text is null or status = $3)
             and ($4::timestamptz is null or (created_at, id) < ($4, $5))
             and ($7::text is null
                  or position(lower($7) in lower(concat_ws(' ', number, terms->>'company', terms->>'subject'))) > 0)
           order by created_at desc, id desc limit $6"#,
        filter.opportunity_id,
        filter.quote_id,
        filter.status.map(ContractStatus::as_str),
        after.map(|(created_at, _)| created_at),
        after.map(|(_, id)| id),
        limit,
        filter.q,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The newest ones that may still be changed and submitted.
pub async fn newest_editable(db: &mut PgConnection, limit: i64) -> Result<Vec<Contract>, Error> {
    let editable = ContractStatus::ALL.iter().filter(|status| status.is_editable());
    let editable: Vec<_> = editable.map(|status| status.as_str().to_owned()).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select tenant_id, id, number, quote_id, quote_revision, opportunity_id, customer_id, owner_id, org, status,
               terms as "terms: Json<ContractTerms>", clauses_sha256, approval_id, signed_at, signed_sha256, version,
               created_at, updated_at
           from quote_contract.contracts where status = any($1) order by created_at desc, id desc limit $2"#,
        &editable,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// True when a contract was made from this revision of this quote.
pub async fn exists_for(db: &mut PgConnection, quote: Uuid, revision: i32) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        "select id from quote_contract.contracts where quote_id = $1 and quote_revision = $2",
        quote,
        revision,
    );
    Ok(found.fetch_optional(db).await?.is_some())
}

/// Stores the contract as it is now, new or changed.
pub async fn save(db: &mut PgConnection, contract: &Contract) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into quote_contract.contracts
             (tenant_id, id, number, quote_id, quote_revision, opportunity_id, customer_id, company, owner_id, org,
              status, terms, currency, total, clauses_sha256, approval_id, signed_at, signed_sha256, version,
              created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
         on conflict (id) do update set status = excluded.status, terms = excluded.terms,
             clauses_sha256 = excluded.clauses_sha256, approval_id = excluded.approval_id,
             signed_at = excluded.signed_at, signed_sha256 = excluded.signed_sha256, version = excluded.version,
             updated_at = excluded.updated_at",
        contract.tenant.0,
        contract.id,
        contract.number,
        contract.quote_id,
        contract.quote_revision,
        contract.opportunity_id,
        contract.customer_id,
        contract.terms.company,
        contract.owner_id,
        contract.org.as_str(),
        contract.status.as_str(),
        Json(&contract.terms) as _,
        contract.terms.total().currency.as_str(),
        contract.terms.total().minor,
        contract.clauses_sha256,
        contract.approval_id,
        contract.signed_at,
        contract.signed_sha256,
        contract.version,
        contract.created_at,
        contract.updated_at,
    )
    .execute(db)
    .await?;
    Ok(())
}
