//! The clauses as they stand in one contract. The database itself refuses to change locked ones.

use std::collections::HashMap;

use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::clauses::ClauseRevision;
use crate::domain::clause::{ClauseText, ContractClause};
use crate::error::Error;

/// Copies library revisions into a new contract, in this order.
pub async fn copy(
    db: &mut PgConnection,
    tenant: TenantId,
    contract: Uuid,
    revisions: &[ClauseRevision],
) -> sqlx::Result<()> {
    for (position, clause) in (0_i32..).zip(revisions) {
        sqlx::query!(
            "insert into quote_contract.contract_clauses
                 (tenant_id, contract_id, position, clause_id, code, revision, kind, title, body, sha256, library_sha256)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
            tenant.0,
            contract,
            position,
            clause.clause_id,
            clause.text.code,
            clause.revision,
            clause.kind.as_str(),
            clause.text.title,
            clause.text.body,
            clause.sha256,
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// In the order of the contract.
pub async fn of_contract(db: &mut PgConnection, contract: Uuid) -> Result<Vec<ContractClause>, Error> {
    let rows = sqlx::query!(
        "select code, revision, kind, title, body, sha256, library_sha256
         from quote_contract.contract_clauses where contract_id = $1 order by position",
        contract,
    )
    .fetch_all(db)
    .await?;
    let mut clauses = Vec::with_capacity(rows.len());
    for row in rows {
        clauses.push(ContractClause {
            kind: row.kind.parse().map_err(|_| Error::Corrupt("contract_clauses.kind", row.kind))?,
            text: ClauseText { code: row.code, title: row.title, body: row.body },
            revision: row.revision,
            sha256: row.sha256,
            library_sha256: row.library_sha256,
        });
    }
    Ok(clauses)
}

/// The codes of clauses that differ from the library, in the order of their contracts.
pub async fn edited(db: &mut PgConnection, contracts: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Vec<String>>> {
    let rows = sqlx::query!(
        "select contract_id, code from quote_contract.contract_clauses
         where contract_id = any($1) and sha256 <> library_sha256 order by position",
        contracts,
    )
    .fetch_all(db)
    .await?;
    let mut edited: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in rows {
        edited.entry(row.contract_id).or_default().push(row.code);
    }
    Ok(edited)
}

/// Puts another text in the place of a business clause's.
pub async fn rewrite(db: &mut PgConnection, contract: Uuid, text: &ClauseText) -> sqlx::Result<()> {
    sqlx::query!(
        "update quote_contract.contract_clauses set title = $3, body = $4, sha256 = $5
         where contract_id = $1 and code = $2",
        contract,
        text.code.trim(),
        text.title,
        text.body,
        text.sha256(),
    )
    .execute(db)
    .await?;
    Ok(())
}
