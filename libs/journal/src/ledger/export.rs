//! The lines of an export and how they are written.

use std::io::Write;

use chrono::{DateTime, Utc};
use kernel::TenantId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::LedgerError;
use super::merkle::Hash;
use super::note::Verifier;

/// The version of the export format.
pub const FORMAT: u8 = 1;

/// The first line: which log this is and who may have signed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Always [`FORMAT`].
    #[serde(rename = "sluice_ledger")]
    pub format: u8,
    pub service: String,
    pub tenant: TenantId,
    /// Every key that signed one of the checkpoints; more than one after a key was replaced.
    pub keys: Vec<Verifier>,
    /// When the export was written.
    pub at: DateTime<Utc>,
    /// The number of sealed leaves that follow.
    pub size: u64,
}

impl Header {
    pub fn new(service: &str, tenant: TenantId, keys: Vec<Verifier>, at: DateTime<Utc>, size: u64) -> Self {
        Self { format: FORMAT, service: service.to_owned(), tenant, keys, at, size }
    }
}

/// One record with its leaf hash as the service stored it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordLine {
    /// The leaf's place in the log; `None` while no checkpoint covers it.
    pub index: Option<u64>,
    #[serde(with = "super::hex_hash")]
    pub hash: Hash,
    /// The record's canonical text.
    pub record: String,
}

/// The last line's counts and digest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trailer {
    pub leaves: u64,
    pub unsealed: u64,
    pub checkpoints: u64,
    /// SHA-256 of every byte of this export before the last line.
    #[serde(with = "super::hex_hash")]
    pub sha256: Hash,
}

/// One line of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Header(Header),
    Record(RecordLine),
    /// A checkpoint as a signed note.
    Checkpoint(String),
    End(Trailer),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckpointLine<T> {
    checkpoint: T,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EndLine<T> {
    end: T,
}

impl Line {
    /// The canonical text, without a line end.
    pub fn to_text(&self) -> Result<String, LedgerError> {
        Ok(match self {
            Self::Header(header) => serde_json::to_string(header),
            Self::Record(record) => serde_json::to_string(record),
            Self::Checkpoint(checkpoint) => serde_json::to_string(&CheckpointLine { checkpoint }),
            Self::End(end) => serde_json::to_string(&EndLine { end }),
        }?)
    }

    /// Reads a line without its line end; refuses any spelling but the canonical one.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let line = Self::parse_any_spelling(text)?;
        if line.to_text()? != text {
            return Err(LedgerError::NotCanonical("an export line"));
        }
        Ok(line)
    }

    fn parse_any_spelling(text: &str) -> Result<Self, LedgerError> {
        if text.starts_with(r#"{"index":"#) {
            return Ok(Self::Record(serde_json::from_str(text)?));
        }
        if text.starts_with(r#"{"checkpoint":"#) {
            return Ok(Self::Checkpoint(serde_json::from_str::<CheckpointLine<_>>(text)?.checkpoint));
        }
        if text.starts_with(r#"{"end":"#) {
            return Ok(Self::End(serde_json::from_str::<EndLine<_>>(text)?.end));
        }
        if text.starts_with(r#"{"sluice_ledger":"#) {
            return Self::parse_header(text);
        }
        Err(LedgerError::UnknownLine)
    }

    fn parse_header(text: &str) -> Result<Self, LedgerError> {
        #[derive(Deserialize)]
        struct Version {
            sluice_ledger: u8,
        }
        // The version first: another version may have another form.
        let version = serde_json::from_str::<Version>(text)?.sluice_ledger;
        if version != FORMAT {
            return Err(LedgerError::UnknownVersion { what: "an export", version });
        }
        Ok(Self::Header(serde_json::from_str(text)?))
    }
}

/// Makes the lines of one export one after the other, for sending them singly. Lines have no line end; the digest
/// in the last one counts a line feed after each.
#[derive(Debug)]
pub struct ExportLines {
    digest: Sha256,
    counts: Trailer,
}

impl ExportLines {
    /// The header line.
    pub fn start(header: &Header) -> Result<(Self, String), LedgerError> {
        let mut lines = Self { digest: Sha256::new(), counts: Trailer::default() };
        let text = lines.digested(&Line::Header(header.clone()))?;
        Ok((lines, text))
    }

    /// The next leaf in log order or, with no index, the next record that is not yet sealed.
    pub fn record(&mut self, record: RecordLine) -> Result<String, LedgerError> {
        match record.index {
            Some(_) => self.counts.leaves += 1,
            None => self.counts.unsealed += 1,
        }
        self.digested(&Line::Record(record))
    }

    /// A checkpoint, directly after the last leaf it covers.
    pub fn checkpoint(&mut self, note: String) -> Result<String, LedgerError> {
        self.counts.checkpoints += 1;
        self.digested(&Line::Checkpoint(note))
    }

    /// The last line.
    pub fn finish(self) -> Result<String, LedgerError> {
        Line::End(Trailer { sha256: self.digest.finalize().into(), ..self.counts }).to_text()
    }

    fn digested(&mut self, line: &Line) -> Result<String, LedgerError> {
        let text = line.to_text()?;
        self.digest.update(&text);
        self.digest.update(b"\n");
        Ok(text)
    }
}

/// Writes a whole export. `lines` are its records and checkpoints in order; a header or end among them is refused.
pub fn write_export(
    mut out: impl Write,
    header: &Header,
    lines: impl IntoIterator<Item = Line>,
) -> Result<(), LedgerError> {
    let (mut export, text) = ExportLines::start(header)?;
    writeln!(out, "{text}")?;
    for line in lines {
        let text = match line {
            Line::Record(record) => export.record(record)?,
            Line::Checkpoint(note) => export.checkpoint(note)?,
            Line::Header(_) | Line::End(_) => return Err(LedgerError::UnknownLine),
        };
        writeln!(out, "{text}")?;
    }
    writeln!(out, "{}", export.finish()?)?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf() -> Line {
        Line::Record(RecordLine { index: Some(3), hash: [0xab; 32], record: "{\"v\":1}".to_owned() })
    }

    #[test]
    fn every_kind_of_line_parses_and_is_written_back() {
        let key = super::super::Signer::new("log", &[1; 32]).expect("signer").verifier().clone();
        let tenant = TenantId(uuid::Uuid::from_u128(1));
        let lines = [
            Line::Header(Header::new("crm", tenant, vec![key], DateTime::UNIX_EPOCH, 1)),
            leaf(),
            Line::Record(RecordLine { index: None, hash: [1; 32], record: String::new() }),
            Line::Checkpoint("a\n0\n\n— b c\n".to_owned()),
            Line::End(Trailer { leaves: 1, ..Trailer::default() }),
        ];
        for line in lines {
            assert_eq!(Line::parse(&line.to_text().expect("text")).expect("line"), line);
        }
    }

    #[test]
    fn other_spellings_of_the_same_line_are_refused() {
        let text = leaf().to_text().expect("text");
        let spellings = [
            text.replace(",\"hash\"", ", \"hash\""),
            text.replace("abab", "ABAB"),
            text.replace("\\\"v", "\\u0022v"),
            format!("{text} "),
        ];
        for spelling in spellings {
            assert_ne!(spelling, text);
            assert!(matches!(Line::parse(&spelling), Err(LedgerError::NotCanonical(_))), "{spelling}");
        }
    }

    #[test]
    fn a_newer_format_is_named() {
        let newer = r#"{"sluice_ledger":2,"anything":true}"#;
        assert!(matches!(Line::parse(newer), Err(LedgerError::UnknownVersion { version: 2, .. })));
    }

    #[test]
    fn a_header_among_the_lines_is_refused() {
        let header = Header::new("crm", TenantId(uuid::Uuid::nil()), Vec::new(), DateTime::UNIX_EPOCH, 0);
        let written = write_export(Vec::new(), &header, [Line::Header(header.clone())]);
        assert!(matches!(written, Err(LedgerError::UnknownLine)));
    }
}
