use chrono::DateTime;
use custom_fields::{CustomFieldError, DefinitionChange, FieldType, Resource, changed_values, first_values, store};
use serde_json::json;

use crate::support::{OURS, THEIRS, database, define_all, field, transaction, values};

#[tokio::test]
async fn definitions_are_kept_in_order_and_belong_to_one_tenant() {
    let database = database().await;
    let mut tx = transaction(&database, OURS).await;
    define_all(&mut tx).await;
    let stored = store::of_resource(&mut tx, Resource::Customer).await.expect("read");
    let keys: Vec<_> = stored.iter().map(|field| field.key.as_str()).collect();
    assert_eq!(keys, ["text", "number", "date", "yes_no", "choice"]);
    assert_eq!(stored[4], field(5, "choice", FieldType::Choice));
    assert!(store::of_resource(&mut tx, Resource::Visit).await.expect("read").is_empty());
    tx.commit().await.expect("committed");
    let mut theirs = transaction(&database, THEIRS).await;
    assert!(store::all(&mut theirs).await.expect("read").is_empty());
    assert!(store::lock(&mut theirs, stored[0].id).await.expect("read").is_none());
    store::save(&mut theirs, THEIRS, &field(9, "text", FieldType::Text)).await.expect("their own key");
}

#[tokio::test]
async fn a_key_is_taken_once_and_a_change_is_kept() {
    let database = database().await;
    let mut tx = transaction(&database, OURS).await;
    define_all(&mut tx).await;
    let before = store::lock(&mut tx, field(1, "text", FieldType::Text).id).await.expect("read").expect("there");
    let change = DefinitionChange { retired: Some(true), position: Some(7), ..DefinitionChange::default() };
    let after = before.changed(change, DateTime::UNIX_EPOCH).expect("valid");
    store::save(&mut tx, OURS, &after).await.expect("saved");
    assert_eq!(store::lock(&mut tx, after.id).await.expect("read"), Some(after));
    let again = store::save(&mut tx, OURS, &field(8, "text", FieldType::Number)).await;
    assert!(matches!(again, Err(CustomFieldError::KeyTaken)), "{again:?}");
}

#[tokio::test]
async fn what_has_become_required_stops_only_those_who_touch_the_fields() {
    let database = database().await;
    let mut tx = transaction(&database, OURS).await;
    define_all(&mut tx).await;
    let held = first_values(&mut tx, Resource::Customer, values(json!({"number": 3}))).await.expect("valid");
    let required = DefinitionChange { required: Some(true), ..DefinitionChange::default() };
    let choice = field(5, "choice", FieldType::Choice).changed(required, DateTime::UNIX_EPOCH).expect("valid");
    store::save(&mut tx, OURS, &choice).await.expect("saved");

    let untouched = changed_values(&mut tx, Resource::Customer, &held, values(json!({}))).await.expect("no change");
    assert_eq!(untouched, held);
    let touched = changed_values(&mut tx, Resource::Customer, &held, values(json!({"number": 4}))).await;
    assert!(
        matches!(&touched, Err(CustomFieldError::Invalid(faults)) if faults[0].field == "custom.choice"),
        "{touched:?}"
    );
    let new = first_values(&mut tx, Resource::Customer, values(json!({}))).await;
    assert!(matches!(&new, Err(CustomFieldError::Invalid(faults)) if faults[0].code == "required"), "{new:?}");
    first_values(&mut tx, Resource::Visit, values(json!({}))).await.expect("visits have no fields");
}
