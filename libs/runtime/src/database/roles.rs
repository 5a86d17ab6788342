//! Two roles per service: an owner that nobody logs in as, and the login role that works with the tables.

use sqlx::postgres::PgConnection;

use super::DatabaseError;
use super::provision::run;

/// SQLSTATEs that say another session created the role in the same moment.
const ALREADY_THERE: [&str; 2] = ["42710", "23505"];

/// Makes sure both roles exist and the password is as given; whether both existed before.
pub(super) async fn ensure(admin: &mut PgConnection, schema: &str, password: &str) -> Result<bool, DatabaseError> {
    let owner = format!("{schema}_owner");
    let existing: Vec<String> = sqlx::query_scalar("select rolname::text from pg_roles where rolname = any($1)")
        .bind([owner.as_str(), schema].as_slice())
        .fetch_all(&mut *admin)
        .await
        .map_err(DatabaseError::sql("list the roles"))?;
    for (role, attributes) in [(owner.as_str(), "nologin noinherit"), (schema, "login noinherit")] {
        if !existing.iter().any(|name| name == role) {
            create(admin, role, attributes).await?;
        }
    }
    let password = password.replace('\'', "''");
    run(admin, "set the service's password", format!("alter role \"{schema}\" password '{password}'")).await?;
    if existing.len() == 2 {
        return Ok(true);
    }
    prepare(admin, schema, &owner).await?;
    Ok(false)
}

async fn create(admin: &mut PgConnection, role: &str, attributes: &str) -> Result<(), DatabaseError> {
    match run(admin, "create a role", format!("create role \"{role}\" {attributes}")).await {
        Err(DatabaseError::Sql { source: sqlx::Error::Database(error), .. })
            if error.code().is_some_and(|code| ALREADY_THERE.contains(&code.as_ref())) =>
        {
            Ok(())
        }
        other => other,
    }
}

/// An administrator who is no superuser must be a member of the owner to act as it.
async fn prepare(admin: &mut PgConnection, schema: &str, owner: &str) -> Result<(), DatabaseError> {
    let search_path = format!("alter role \"{schema}\" set search_path = \"{schema}\", public");
    run(admin, "set the service's search path", search_path).await?;
    let is_member: bool = sqlx::query_scalar("select pg_has_role(current_user, $1, 'member')")
        .bind(owner)
        .fetch_one(&mut *admin)
        .await
        .map_err(DatabaseError::sql("look up role membership"))?;
    if is_member {
        return Ok(());
    }
    run(admin, "become a member of the owner role", format!("grant \"{owner}\" to current_user")).await
}
