//! One row of the journal in its canonical JSON text.

use chrono::{DateTime, Utc};
use kernel::{Evidence, PrincipalKind, Reason, Role, TenantId};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::error::LedgerError;
use super::merkle::{self, Hash};

/// The version of the record's JSON form.
pub const RECORD_VERSION: u8 = 1;

/// `prev` of an aggregate's first version.
pub const NO_PREVIOUS: Hash = [0; 32];

/// Who made the change, with the role shown in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    pub kind: PrincipalKind,
    pub id: Uuid,
    pub role: Role,
}

/// One state change. The members are written in the order of the fields, and the text is stored as it is hashed.
///
/// There is one text for one record: every member is present (`null` where there is nothing), without spaces
/// between them; only `data` keeps the spelling it came with.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Always [`RECORD_VERSION`].
    pub v: u8,
    /// The event's id.
    pub id: Uuid,
    pub tenant: TenantId,
    pub service: String,
    /// The kind of aggregate, such as `customer`.
    pub aggregate: String,
    pub aggregate_id: Uuid,
    /// Counts the aggregate's records from 1.
    pub version: u64,
    /// The event's type, such as `lead.assigned.v1`.
    #[serde(rename = "type")]
    pub event_type: String,
    pub at: DateTime<Utc>,
    pub actor: Actor,
    /// The stage or state before, where the change has one.
    pub from: Option<String>,
    /// The stage or state after, where the change has one.
    pub to: Option<String>,
    /// Somebody's words as a string, the system's sentence as `{"zh":…,"en":…}`.
    pub why: Option<Reason>,
    pub evidence: Vec<Evidence>,
    /// The event's payload, byte for byte as published.
    pub data: Box<RawValue>,
    /// The event or command that led to this one.
    pub causation: Option<Uuid>,
    /// Shared by everything that one outside trigger led to.
    pub correlation: Uuid,
    /// Leaf hash of the aggregate's previous version, [`NO_PREVIOUS`] for version 1.
    #[serde(with = "super::hex_hash")]
    pub prev: Hash,
}

impl Record {
    /// The canonical text: what is stored, hashed and exported.
    pub fn to_text(&self) -> Result<String, LedgerError> {
        Ok(serde_json::to_string(self)?)
    }

    /// Reads a canonical text; refuses any other spelling of the same record.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let record: Self = serde_json::from_str(text)?;
        if record.v != RECORD_VERSION {
            return Err(LedgerError::UnknownVersion { what: "a record", version: record.v });
        }
        if record.to_text()? != text {
            return Err(LedgerError::NotCanonical("a record"));
        }
        Ok(record)
    }
}

/// The RFC 6962 leaf hash of a record's text: `SHA-256(0x00 || text)`.
pub fn leaf_hash(text: &str) -> Hash {
    merkle::leaf_hash(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = concat!(
        r#"{"v":1,"id":"00000000-0000-0000-0000-00000000000a","tenant":"00000000-0000-0000-0000-000000000001","#,
        r#""service":"crm","aggregate":"customer","aggregate_id":"00000000-0000-0000-0000-00000000000b","#,
        r#""version":1,"type":"customer.registered.v1","at":"2026-05-04T08:00:00.250Z","#,
        r#""actor":{"kind":"person","id":"00000000-0000-0000-0000-00000000000c","role":"sales_rep"},"#,
        r#""from":null,"to":"new","why":"来电 \"咨询\"","#,
        r#""evidence":[{"kind":"recording","name":"first_call","reference":"calls/1"}],"#,
        r#""data":{"b": 1.50,"a":"\u00e9"},"causation":null,"#,
        r#""correlation":"00000000-0000-0000-0000-00000000000d","#,
        r#""prev":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
    );

    #[test]
    fn text_parses_and_is_written_back_byte_for_byte() {
        let record = Record::parse(TEXT).expect("canonical");
        assert_eq!(record.data.get(), r#"{"b": 1.50,"a":"\u00e9"}"#);
        assert_eq!(record.prev, NO_PREVIOUS);
        assert_eq!(record.to_text().expect("text"), TEXT);
    }

    #[test]
    fn other_spellings_of_the_same_record_are_refused() {
        let other_spellings = [
            TEXT.replace("\"version\":1", "\"version\": 1"),
            TEXT.replace("\"from\":null,", ""),
            TEXT.replace("08:00:00.250Z", "08:00:00.250000Z"),
            TEXT.replace("来", "\\u6765"),
            TEXT.replace("00000000000c", "00000000000C"),
            format!("{TEXT} "),
        ];
        for text in other_spellings {
            assert_ne!(text, TEXT);
            assert!(matches!(Record::parse(&text), Err(LedgerError::NotCanonical(_))), "{text}");
        }
    }

    #[test]
    fn unknown_members_and_versions_are_refused() {
        let added = TEXT.replace("\"from\"", "\"more\":1,\"from\"");
        assert!(matches!(Record::parse(&added), Err(LedgerError::Json(_))));
        let newer = TEXT.replace("{\"v\":1", "{\"v\":2");
        assert!(matches!(Record::parse(&newer), Err(LedgerError::UnknownVersion { version: 2, .. })));
    }

    #[test]
    fn the_leaf_hash_is_prefixed_with_zero() {
        assert_eq!(hex::encode(leaf_hash("")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    }
}
