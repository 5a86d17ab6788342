//! Captured signatures and the file they were put under.

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::signature::{Party, SignatureFormat};
use crate::error::Error;

#[derive(Clone, Debug)]
pub struct Signature {
    pub party: Party,
    pub signer_name: String,
    pub format: SignatureFormat,
    pub data: String,
    pub sha256: String,
    pub signed_at: DateTime<Utc>,
    pub captured_by: Uuid,
}

pub async fn of_contract(db: &mut PgConnection, contract: Uuid) -> Result<Vec<Signature>, Error> {
    let rows = sqlx::query!(
        "select party, signer_name, format, data, sha256, signed_at, captured_by
         from quote_contract.signatures where contract_id = $1 order by party desc",
        contract,
    )
    .fetch_all(db)
    .await?;
    let signatures = rows.into_iter().map(|row| {
        Ok(Signature {
            party: row.party.parse().map_err(|_| Error::Corrupt("signatures.party", row.party))?,
            signer_name: row.signer_name,
            format: row.format.parse().map_err(|_| Error::Corrupt("signatures.format", row.format))?,
            data: row.data,
            sha256: row.sha256,
            signed_at: row.signed_at,
            captured_by: row.captured_by,
        })
    });
    signatures.collect()
}

pub async fn insert(
    db: &mut PgConnection,
    tenant: TenantId,
    contract: Uuid,
    signature: &Signature,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into quote_contract.signatures
             (tenant_id, contract_id, party, signer_name, format, data, sha256, signed_at, captured_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        tenant.0,
        contract,
        signature.party.as_str(),
        signature.signer_name,
        signature.format.as_str(),
        signature.data,
        signature.sha256,
        signature.signed_at,
        signature.captured_by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps the signed file.
pub async fn keep_file(
    db: &mut PgConnection,
    tenant: TenantId,
    contract: Uuid,
    pdf: &[u8],
    sha256: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into quote_contract.signed_files (tenant_id, contract_id, sha256, pdf) values ($1, $2, $3, $4)",
        tenant.0,
        contract,
        sha256,
        pdf,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The signed file, once both have signed.
pub async fn file(db: &mut PgConnection, contract: Uuid) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select pdf from quote_contract.signed_files where contract_id = $1", contract)
        .fetch_optional(db)
        .await
}
