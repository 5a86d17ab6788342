//! Fields that a company adds to its records by itself: defined by operations, typed, checked, searchable.
//!
//! - [`definition`]: what a field is, what may be said about one, and what is refused
//! - [`values`]: the values of one record, checked against the definitions
//! - [`search`]: `key:value` as a condition of a list
//! - [`store`]: the SQL; every function takes a connection inside the caller's transaction, which names the tenant
//!
//! Records keep their values in a `jsonb` column of their own, named `custom`.

pub mod definition;
pub mod error;
pub mod search;
pub mod store;
pub mod values;

pub use definition::{Definition, DefinitionChange, FieldType, NewDefinition, Resource};
pub use error::CustomFieldError;
pub use values::Values;

use sqlx::PgConnection;

/// The crate's table, to be applied in the schema of each service.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The values of a new record that a person or a system describes: everything required must be there.
pub async fn first_values(
    db: &mut PgConnection,
    resource: Resource,
    given: Values,
) -> Result<Values, CustomFieldError> {
    completed(db, resource, &Values::default(), given).await
}

/// The values of a record after a change. Nothing given changes nothing, whatever has become required since.
pub async fn changed_values(
    db: &mut PgConnection,
    resource: Resource,
    before: &Values,
    given: Values,
) -> Result<Values, CustomFieldError> {
    if given.is_empty() {
        return Ok(before.clone());
    }
    completed(db, resource, before, given).await
}

async fn completed(
    db: &mut PgConnection,
    resource: Resource,
    before: &Values,
    given: Values,
) -> Result<Values, CustomFieldError> {
    let definitions = store::of_resource(db, resource).await?;
    let values = before.changed(&definitions, given)?;
    values.check_complete(&definitions)?;
    Ok(values)
}

/// The condition on the column `custom` that `key:value` means; a `jsonpath` predicate for `custom @@ …`.
pub async fn condition(
    db: &mut PgConnection,
    resource: Resource,
    wanted: Option<&str>,
) -> Result<Option<String>, CustomFieldError> {
    let Some(wanted) = wanted else { return Ok(None) };
    let definitions = store::of_resource(db, resource).await?;
    Ok(Some(search::condition(&definitions, wanted)?))
}
