use chrono::DateTime;
use custom_fields::{Definition, FieldType, NewDefinition, Resource, Values};
use kernel::{TenantId, Text};
use serde_json::Value;
use sqlx::{PgConnection, Postgres, Transaction};
use testkit::{Template, TestDatabase};
use uuid::Uuid;

pub const SERVICE: &str = "crm";
pub const OURS: TenantId = TenantId(Uuid::from_u128(1));
pub const THEIRS: TenantId = TenantId(Uuid::from_u128(2));

pub async fn database() -> TestDatabase {
    TestDatabase::new(&Template::new().service(SERVICE, &[&journal::MIGRATOR, &custom_fields::MIGRATOR])).await
}

/// A transaction of the service, for one tenant.
pub async fn transaction(database: &TestDatabase, tenant: TenantId) -> Transaction<'static, Postgres> {
    let mut tx = database.pool(SERVICE).await.begin().await.expect("begun");
    let set = sqlx::query("select set_config('sluice.tenant', $1, true)").bind(tenant.to_string());
    set.execute(&mut *tx).await.expect("set");
    tx
}

pub fn field(number: u128, key: &str, r#type: FieldType) -> Definition {
    let choices = if r#type == FieldType::Choice { vec!["直营".into(), "加盟".into()] } else { Vec::new() };
    let label = Text::new("门店", "Store");
    let new = NewDefinition {
        resource: Resource::Customer,
        key: key.into(),
        label,
        r#type,
        choices,
        required: false,
        position: None,
    };
    let position = i32::try_from(number).expect("small");
    new.checked(Uuid::from_u128(number), position, DateTime::UNIX_EPOCH).expect("valid")
}

/// One field of every type, stored.
pub async fn define_all(db: &mut PgConnection) {
    for (number, kind) in (1..).zip(FieldType::ALL) {
        custom_fields::store::save(db, OURS, &field(number, kind.as_str(), *kind)).await.expect("saved");
    }
}

pub fn values(json: Value) -> Values {
    serde_json::from_value(json).expect("an object")
}
