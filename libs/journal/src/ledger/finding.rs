//! What verification found, naming the record.

use std::fmt;

use uuid::Uuid;

use super::record::Record;

/// One thing wrong with an export. `Display` gives one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// The service whose log it is; empty where no header said so.
    pub service: String,
    /// The line of the input, from 1, where there is one.
    pub line: Option<u64>,
    /// The leaf's index as the export states it.
    pub index: Option<u64>,
    pub event_id: Option<Uuid>,
    pub aggregate: Option<String>,
    pub aggregate_id: Option<Uuid>,
    pub version: Option<u64>,
    pub what: FindingKind,
}

/// What is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub enum FindingKind {
    #[default]
    #[error("there is no export here")]
    NoExport,
    #[error("the line cannot be read: {0}")]
    UnreadableLine(String),
    #[error("{0} is out of place")]
    OutOfPlace(&'static str),
    #[error("this log was already read in another export")]
    RepeatedLog,
    #[error("the export ends without its last line")]
    Truncated,

    #[error("the record's text does not match its hash")]
    RecordAltered,
    #[error("the record cannot be read: {0}")]
    UnreadableRecord(String),
    #[error("the record belongs to service {service}, tenant {tenant}")]
    ForeignRecord { service: String, tenant: String },
    #[error("an event with this id was already read")]
    RepeatedEvent,
    #[error("version {expected} of the aggregate was expected")]
    VersionOutOfSequence { expected: u64 },
    #[error("the record does not follow the aggregate's previous version")]
    BrokenChain,
    #[error("leaf {expected} was expected")]
    LeafOutOfSequence { expected: u64 },

    #[error("the checkpoint is not valid: {0}")]
    InvalidCheckpoint(String),
    #[error("the checkpoint is one of another log: {0}")]
    ForeignCheckpoint(String),
    #[error("a checkpoint of {size} leaves stands after {leaves}")]
    CheckpointSize { size: u64, leaves: u64 },
    #[error("the checkpoint repeats the size of the one before")]
    RepeatedCheckpoint,
    #[error("the root differs from the signed one: a leaf from {from} to {to} was altered, inserted, removed or moved")]
    RootDiffers { from: u64, to: u64 },
    #[error("leaves {from} to {to} are covered by no checkpoint")]
    Uncovered { from: u64, to: u64 },

    #[error("the header names {header} leaves, the export holds {found}")]
    HeaderCount { header: u64, found: u64 },
    #[error("the last line counts {stated} {what}, the export holds {found}")]
    TrailerCount { what: &'static str, stated: u64, found: u64 },
    #[error("the export's bytes do not match the digest in its last line")]
    DigestDiffers,

    #[error("the key {0} is not one of the expected keys")]
    UnexpectedKey(String),
    #[error("the earlier checkpoint is not valid: {0}")]
    InvalidEarlierCheckpoint(String),
    #[error("the first {size} leaves are not those of the earlier checkpoint")]
    NotAnExtension { size: u64 },
    #[error("the export holds {leaves} leaves, the earlier checkpoint covers {size}")]
    OlderThanCheckpoint { size: u64, leaves: u64 },
    #[error("there is no export of {0}, of which an earlier checkpoint is known")]
    MissingLog(String),
}

impl Finding {
    /// A finding about a log as a whole.
    pub fn of_log(service: &str, what: FindingKind) -> Self {
        Self { service: service.to_owned(), what, ..Self::default() }
    }

    pub(super) fn at_line(self, line: u64) -> Self {
        Self { line: Some(line), ..self }
    }

    pub(super) fn at_index(self, index: Option<u64>) -> Self {
        Self { index, ..self }
    }

    pub(super) fn about(self, record: Option<&Record>) -> Self {
        let Some(record) = record else { return self };
        Self {
            event_id: Some(record.id),
            aggregate: Some(record.aggregate.clone()),
            aggregate_id: Some(record.aggregate_id),
            version: Some(record.version),
            ..self
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", if self.service.is_empty() { "ledger" } else { &self.service }.escape_debug())?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(index) = self.index {
            write!(f, ", leaf {index}")?;
        }
        if let (Some(aggregate), Some(id), Some(version)) = (&self.aggregate, self.aggregate_id, self.version) {
            write!(f, ", {} {id} version {version}", aggregate.escape_debug())?;
        }
        if let Some(event) = self.event_id {
            write!(f, ", event {event}")?;
        }
        // Texts from a damaged export may hold line ends.
        write!(f, ": {}", self.what.to_string().replace(char::is_control, " "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_the_record_in_one_line() {
        let finding = Finding {
            service: "crm".to_owned(),
            line: Some(4),
            index: Some(2),
            event_id: Some(Uuid::from_u128(1)),
            aggregate: Some("customer".to_owned()),
            aggregate_id: Some(Uuid::from_u128(2)),
            version: Some(3),
            what: FindingKind::UnreadableRecord("broken\nhere".to_owned()),
        };
        assert_eq!(
            finding.to_string(),
            "crm, line 4, leaf 2, customer 00000000-0000-0000-0000-000000000002 version 3, \
             event 00000000-0000-0000-0000-000000000001: the record cannot be read: broken here"
        );
        let general = Finding::of_log("", FindingKind::NoExport);
        assert_eq!(general.to_string(), "ledger: there is no export here");
    }
}
