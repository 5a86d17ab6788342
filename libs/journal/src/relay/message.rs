//! A journal record as a message on the bus.

use async_nats::{HeaderMap, HeaderName, HeaderValue};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;

/// What is sent to the broker.
pub(super) struct Message {
    pub subject: String,
    pub headers: HeaderMap,
    pub payload: Bytes,
}

/// The members of a record that the bus needs, as they are spelled in it.
#[derive(Deserialize)]
struct Envelope<'a> {
    id: &'a str,
    tenant: &'a str,
    service: &'a str,
    aggregate_id: &'a str,
    version: u64,
    #[serde(rename = "type")]
    event_type: &'a str,
    at: &'a str,
    #[serde(borrow)]
    actor: Actor<'a>,
    #[serde(borrow)]
    data: &'a RawValue,
    causation: Option<&'a str>,
    correlation: &'a str,
}

#[derive(Deserialize)]
struct Actor<'a> {
    id: &'a str,
    role: &'a str,
}

/// The message of a record's text. Written by this service; whether it still is what was sealed is the ledger's
/// question.
pub(super) fn of(record: &str, traceparent: Option<&str>) -> serde_json::Result<Message> {
    let envelope: Envelope<'_> = serde_json::from_str(record)?;
    Ok(Message {
        subject: subject_of(envelope.service, envelope.event_type),
        headers: headers_of(&envelope, traceparent),
        payload: Bytes::copy_from_slice(envelope.data.get().as_bytes()),
    })
}

/// `evt.lead-routing.lead.assigned` for `lead.assigned.v1` of `lead-routing`.
fn subject_of(service: &str, event_type: &str) -> String {
    let name = event_type.rsplit_once('.').map_or(event_type, |(name, _version)| name);
    format!("evt.{service}.{name}")
}

/// CloudEvents 1.0 attributes in their binary NATS form, plus the de-duplication id.
fn headers_of(envelope: &Envelope<'_>, traceparent: Option<&str>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut set = |name: &'static str, value: HeaderValue| headers.insert(HeaderName::from_static(name), value);
    set("Nats-Msg-Id", envelope.id.into());
    set("ce-specversion", "1.0".into());
    set("ce-id", envelope.id.into());
    set("ce-type", envelope.event_type.into());
    set("ce-source", format!("sluice/{}", envelope.service).into());
    set("ce-subject", envelope.aggregate_id.into());
    set("ce-time", envelope.at.into());
    set("ce-tenant", envelope.tenant.into());
    set("ce-version", envelope.version.into());
    set("ce-actor", envelope.actor.id.into());
    set("ce-actorrole", envelope.actor.role.into());
    set("ce-correlation", envelope.correlation.into());
    if let Some(causation) = envelope.causation {
        set("ce-causation", causation.into());
    }
    if let Some(parent) = traceparent {
        set("traceparent", parent.into());
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_of_the_catalogue_gets_its_subject() {
        for kind in contracts::EVENTS {
            assert_eq!(subject_of(kind.service, kind.type_name), kind.subject);
        }
    }

    #[test]
    fn a_record_becomes_headers_and_the_payload_byte_for_byte() {
        let record = concat!(
            r#"{"v":1,"id":"0a","tenant":"01","service":"crm","aggregate":"customer","aggregate_id":"0b","#,
            r#""version":7,"type":"customer.registered.v1","at":"2026-05-04T08:00:00.250Z","#,
            r#""actor":{"kind":"person","id":"0c","role":"sales_rep"},"from":null,"to":"new","#,
            r#""why":"来电 \"咨询\"","evidence":[{"kind":"text","name":"n","reference":"r"}],"#,
            r#""data":{"b": 1.50,"a":"\u00e9"},"causation":"0e","correlation":"0d","prev":"00"}"#,
        );
        let message = of(record, Some("00-1-2-01")).expect("readable");
        assert_eq!(message.subject, "evt.crm.customer.registered");
        assert_eq!(message.payload, r#"{"b": 1.50,"a":"\u00e9"}"#);
        let expected = [
            ("Nats-Msg-Id", "0a"),
            ("ce-specversion", "1.0"),
            ("ce-id", "0a"),
            ("ce-type", "customer.registered.v1"),
            ("ce-source", "sluice/crm"),
            ("ce-subject", "0b"),
            ("ce-time", "2026-05-04T08:00:00.250Z"),
            ("ce-tenant", "01"),
            ("ce-version", "7"),
            ("ce-actor", "0c"),
            ("ce-actorrole", "sales_rep"),
            ("ce-correlation", "0d"),
            ("ce-causation", "0e"),
            ("traceparent", "00-1-2-01"),
        ];
        assert_eq!(message.headers.len(), expected.len());
        for (name, value) in expected {
            assert_eq!(message.headers.get(name).map(HeaderValue::as_str), Some(value), "{name}");
        }
    }
}
