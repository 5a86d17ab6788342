//! What payloads of all services say under the same names.

use kernel::OrgPath;
use serde_json::Value;
use uuid::Uuid;

/// An id; `None` when it is missing, empty or none.
pub fn id(data: &Value, name: &str) -> Option<Uuid> {
    text(data, name)?.parse().ok()
}

/// A text; `None` when it is missing or empty.
pub fn text<'a>(data: &'a Value, name: &str) -> Option<&'a str> {
    data.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// The node of the organisation that the event belongs to.
pub fn org(data: &Value) -> Option<String> {
    text(data, "org")?.parse::<OrgPath>().ok().map(String::from)
}

/// Who is responsible.
pub fn owner(data: &Value) -> Option<Uuid> {
    id(data, "ownerId").or_else(|| id(data, "repId"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_cannot_be_used_counts_as_missing() {
        let data = json!({ "customerId": "", "leadId": 7, "org": "east", "repId": Uuid::nil() });
        assert_eq!((id(&data, "customerId"), id(&data, "leadId"), org(&data)), (None, None, None));
        assert_eq!(owner(&data), Some(Uuid::nil()));
    }
}
