//! Changes of custom fields: every service that has some says the same in an event of its own.

use crate::Event;

/// An event that says how a custom field is defined now.
pub trait CustomFieldChange: Event {
    fn of(change: ChangedField) -> Self;
}

/// A custom field as it is defined now; `type` and `resource` under their fixed names.
#[derive(Clone, Debug)]
pub struct ChangedField {
    pub field_id: String,
    pub resource: String,
    pub key: String,
    pub r#type: String,
    pub required: bool,
    pub retired: bool,
}

macro_rules! custom_field_changes {
    ($($module:ident)*) => {$(
        impl CustomFieldChange for crate::$module::v1::CustomFieldChanged {
            fn of(change: ChangedField) -> Self {
                let ChangedField { field_id, resource, key, r#type, required, retired } = change;
                Self { field_id, resource, key, r#type, required, retired }
            }
        }
    )*};
}

custom_field_changes! { lead_routing crm quote_contract }
