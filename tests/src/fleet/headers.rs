//! CloudEvents headers as a relay writes them.

use async_nats::HeaderMap;
use contracts::EventKind;
use uuid::Uuid;

use super::TENANT;

/// Headers without `Nats-Msg-Id`, so that the broker keeps repetitions.
pub fn of(kind: EventKind, event_id: Uuid, aggregate_id: Uuid, version: i64) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("ce-id", event_id.to_string());
    headers.insert("ce-type", kind.type_name);
    headers.insert("ce-source", format!("sluice/{}", kind.service));
    headers.insert("ce-subject", aggregate_id.to_string());
    headers.insert("ce-time", "2027-01-04T01:00:00+00:00");
    headers.insert("ce-tenant", TENANT.to_string());
    headers.insert("ce-version", version.to_string());
    headers.insert("ce-actor", Uuid::nil().to_string());
    headers.insert("ce-actorrole", "service");
    headers.insert("ce-correlation", event_id.to_string());
    headers
}

/// The same headers for a repetition.
pub fn without_message_id(headers: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for (name, values) in headers.iter() {
        if name.to_string() != "Nats-Msg-Id" {
            for value in values {
                kept.append(name.clone(), value.clone());
            }
        }
    }
    kept
}
