//! What the login role may do: read and write rows, never change tables, and only add to the evidence.

use sqlx::postgres::PgConnection;

use super::DatabaseError;
use super::provision::run;

/// Evidence: rows are added and read, never changed or removed.
const INSERT_ONLY: [&str; 3] = ["journal", "ledger_leaves", "ledger_checkpoints"];

/// Sets the grants and records the fingerprint, in one transaction: a running service never has more or fewer.
pub(super) async fn apply(admin: &mut PgConnection, schema: &str, fingerprint: &str) -> Result<(), DatabaseError> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = to_regnamespace($1) and relkind in ('r', 'p', 'v', 'm')",
    )
    .bind(format!("\"{schema}\""))
    .fetch_all(&mut *admin)
    .await
    .map_err(DatabaseError::sql("list the tables"))?;
    let mut statements = vec![
        "begin".to_owned(),
        format!("set local role \"{schema}_owner\""),
        format!("revoke all on all tables in schema \"{schema}\" from \"{schema}\""),
        format!("grant usage on schema \"{schema}\" to \"{schema}\""),
        format!("grant usage, select on all sequences in schema \"{schema}\" to \"{schema}\""),
    ];
    statements.extend(tables.iter().filter_map(|table| grant(schema, table)));
    statements.push(format!("comment on schema \"{schema}\" is '{fingerprint}'"));
    statements.push("commit".to_owned());
    run(admin, "grant the service's role its rights", statements.join("; ")).await
}

fn grant(schema: &str, table: &str) -> Option<String> {
    let rights = match table {
        "_sqlx_migrations" => return None,
        evidence if INSERT_ONLY.contains(&evidence) => "select, insert",
        _ => "select, insert, update, delete",
    };
    Some(format!("grant {rights} on \"{schema}\".\"{}\" to \"{schema}\"", table.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::grant;

    #[test]
    fn evidence_can_only_be_added_to() {
        assert_eq!(grant("crm", "journal").as_deref(), Some("grant select, insert on \"crm\".\"journal\" to \"crm\""));
        assert!(grant("crm", "customers").is_some_and(|grant| grant.contains("update, delete")));
        assert_eq!(grant("crm", "_sqlx_migrations"), None);
    }
}
