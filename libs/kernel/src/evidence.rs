//! What a claim rests on: a recording, a file, a text, a link.

use serde::{Deserialize, Serialize};

/// The form a carrier of evidence takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    Recording,
    File,
    Text,
    Link,
    Message,
    Payment,
}

/// One carrier: where it is and what it hashed to when it was referred to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Evidence {
    pub kind: EvidenceKind,
    /// What the evidence proves, in the process definition's words, such as `technical_confirmation`.
    pub name: String,
    /// Where it is kept: an object key, a URL, an event id, or the text itself.
    pub reference: String,
    /// SHA-256 of the content in lower-case hex, when there is content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}
