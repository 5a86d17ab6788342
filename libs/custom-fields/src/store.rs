//! `custom_fields`

use chrono::{DateTime, Utc};
use kernel::{TenantId, Text};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::definition::{Definition, FieldType, Resource};
use crate::error::CustomFieldError;

struct Row {
    id: Uuid,
    resource: String,
    key: String,
    r#type: String,
    label_zh: String,
    label_en: String,
    choices: Vec<String>,
    required: bool,
    position: i32,
    retired: bool,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl TryFrom<Row> for Definition {
    type Error = CustomFieldError;

    fn try_from(row: Row) -> Result<Self, CustomFieldError> {
        let resource: Resource = row.resource.parse()?;
        let kind: FieldType = row.r#type.parse()?;
        Ok(Self {
            id: row.id,
            resource,
            key: row.key,
            label: Text::new(row.label_zh, row.label_en),
            r#type: kind,
            choices: row.choices,
            required: row.required,
            position: row.position,
            retired: row.retired,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Every field of the tenant in this service, in the order of forms.
pub async fn all(db: &mut PgConnection) -> Result<Vec<Definition>, CustomFieldError> {
    let rows = sqlx::query_as!(
        Row,
        "select id, resource, key, type, label_zh, label_en, choices, required, position, retired, version, created_at,
             updated_at
         from custom_fields order by resource, position, key",
    );
    rows.fetch_all(db).await?.into_iter().map(Definition::try_from).collect()
}

/// The fields of one resource, retired ones too, in the order of forms.
pub async fn of_resource(db: &mut PgConnection, resource: Resource) -> Result<Vec<Definition>, CustomFieldError> {
    let rows = sqlx::query_as!(
        Row,
        "select id, resource, key, type, label_zh, label_en, choices, required, position, retired, version, created_at,
             updated_at
         from custom_fields where resource = $1 order by position, key",
        resource.as_str(),
    );
    rows.fetch_all(db).await?.into_iter().map(Definition::try_from).collect()
}

/// The field, locked until the transaction ends.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Definition>, CustomFieldError> {
    let row = sqlx::query_as!(
        Row,
        "select id, resource, key, type, label_zh, label_en, choices, required, position, retired, version, created_at,
             updated_at
         from custom_fields where id = $1 for update",
        id,
    );
    row.fetch_optional(db).await?.map(Definition::try_from).transpose()
}

/// Stores a field as it is now, new or changed.
pub async fn save(db: &mut PgConnection, tenant: TenantId, field: &Definition) -> Result<(), CustomFieldError> {
    sqlx::query!(
        "insert into custom_fields (tenant_id, id, resource, key, type, label_zh, label_en, choices, required, position,
             retired, version, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict (id) do update set label_zh = excluded.label_zh, label_en = excluded.label_en,
             choices = excluded.choices, required = excluded.required, position = excluded.position,
             retired = excluded.retired, version = excluded.version, updated_at = excluded.updated_at",
        tenant.0,
        field.id,
        field.resource.as_str(),
        field.key,
        field.r#type.as_str(),
        field.label.zh,
        field.label.en,
        &field.choices,
        field.required,
        field.position,
        field.retired,
        field.version,
        field.created_at,
        field.updated_at,
    )
    .execute(db)
    .await?;
    Ok(())
}
