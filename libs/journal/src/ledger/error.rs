//! What can be wrong with the ledger's texts and bytes.

/// A text, key, note, proof or export that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    #[error("not valid JSON of the expected form: {0}")]
    Json(#[from] serde_json::Error),
    #[error("this is {what} of version {version}, which is not known here")]
    UnknownVersion { what: &'static str, version: u8 },
    #[error("not written in the one canonical way of {0}")]
    NotCanonical(&'static str),
    #[error("malformed key: {0}")]
    Key(&'static str),
    #[error("malformed signed note: {0}")]
    Note(&'static str),
    #[error("no signature by a known key")]
    Unsigned,
    #[error("the signature by {0} does not verify")]
    BadSignature(String),
    #[error("malformed checkpoint: {0}")]
    Checkpoint(&'static str),
    #[error("malformed tree state: {0}")]
    Frontier(&'static str),
    #[error("the proof does not lead to the expected root")]
    Proof,
    #[error("not a line of an export")]
    UnknownLine,
    #[error("the line has no line end")]
    UnfinishedLine,
    #[error("the line is longer than {0} bytes")]
    LineTooLong(usize),
    #[error("cannot read or write the export: {0}")]
    Io(#[from] std::io::Error),
}
