//! Verifies exports offline.

use std::collections::HashSet;
use std::fmt;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use kernel::TenantId;
use uuid::Uuid;

use super::checkpoint::{Checkpoint, origin};
use super::error::LedgerError;
use super::export::{Header, Line};
use super::finding::{Finding, FindingKind};
use super::log_check::LogCheck;
use super::merkle::Hash;
use super::note::{Note, Verifier};
use super::reader::Reader;

/// One cause can spoil every line after it; more findings than these help nobody.
const MAX_FINDINGS: usize = 1000;

/// What the caller knows from elsewhere. Nothing, by default.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// If not empty, every key an export names must be one of these.
    pub keys: Vec<Verifier>,
    /// Signed notes kept from earlier; each log must still extend its own.
    pub checkpoints: Vec<String>,
}

/// What verification came to. `Display` gives one line a log or finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Report {
    /// Every export is whole.
    Verified(Verified),
    /// Something is wrong. `more` counts the findings left out after the first thousand.
    Broken { findings: Vec<Finding>, more: usize },
}

/// Totals over all logs, and each log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub services: usize,
    /// Sealed records.
    pub records: u64,
    /// Records that no checkpoint covers yet.
    pub unsealed: u64,
    pub checkpoints: u64,
    /// True if the keys were compared with expected ones.
    pub keys_expected: bool,
    pub logs: Vec<LogSummary>,
}

/// One log that is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSummary {
    pub service: String,
    pub tenant: TenantId,
    pub records: u64,
    pub unsealed: u64,
    pub checkpoints: u64,
    pub root: Hash,
    /// The keys the export names, to compare with what is known from elsewhere.
    pub keys: Vec<Verifier>,
    /// Worth keeping: a later export must extend it (see [`Trust::checkpoints`]).
    pub last_checkpoint: Option<String>,
}

/// Verifies one stream of exports.
pub fn verify(input: impl BufRead, trust: Trust) -> Result<Report, LedgerError> {
    let mut verification = Verification::new(trust)?;
    verification.read(input)?;
    Ok(verification.finish())
}

/// Verifies a file or all `.ndjson` files of a folder (not of folders in it), in order of their names.
pub fn verify_path(path: &Path, trust: Trust) -> Result<Report, LedgerError> {
    let mut verification = Verification::new(trust)?;
    for file in export_files(path)? {
        verification.read(BufReader::new(File::open(file)?))?;
    }
    Ok(verification.finish())
}

fn export_files(path: &Path) -> Result<Vec<PathBuf>, LedgerError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    files.retain(|file| file.is_file() && file.extension().is_some_and(|extension| extension == "ndjson"));
    files.sort();
    Ok(files)
}

/// A verification over several inputs. Remembers every event id and the newest version of every aggregate; all
/// else is read and forgotten.
pub struct Verification {
    keys: Vec<Verifier>,
    earlier: Vec<(Note, Checkpoint)>,
    events: HashSet<Uuid>,
    logs_seen: HashSet<String>,
    open: Option<LogCheck>,
    /// Set while lines belong to no readable header, so that only the first is reported.
    lost: bool,
    verified: Verified,
    findings: Vec<Finding>,
    more: usize,
}

impl Verification {
    /// Refuses earlier checkpoints that cannot be read.
    pub fn new(trust: Trust) -> Result<Self, LedgerError> {
        let read = |note: &String| {
            let note = Note::parse(note)?;
            let checkpoint = Checkpoint::parse(note.text())?;
            Ok::<_, LedgerError>((note, checkpoint))
        };
        Ok(Self {
            verified: Verified { keys_expected: !trust.keys.is_empty(), ..Verified::default() },
            earlier: trust.checkpoints.iter().map(read).collect::<Result<_, _>>()?,
            keys: trust.keys,
            events: HashSet::new(),
            logs_seen: HashSet::new(),
            open: None,
            lost: false,
            findings: Vec::new(),
            more: 0,
        })
    }

    /// Reads one input, which holds one or several whole exports. Fails only if the input cannot be read at all;
    /// whatever is wrong in it becomes a finding.
    pub fn read(&mut self, input: impl BufRead) -> Result<(), LedgerError> {
        let mut reader = Reader::new(input);
        self.lost = false;
        loop {
            match reader.next_line() {
                Ok(None) => break,
                Ok(Some(Line::Header(header))) => self.start(header, reader.line_number()),
                Ok(Some(line)) => self.line(&line, &reader),
                Err(LedgerError::Io(error)) => return Err(error.into()),
                Err(error) => {
                    self.found_in_line(FindingKind::UnreadableLine(error.to_string()), reader.line_number());
                    if matches!(error, LedgerError::LineTooLong(_) | LedgerError::UnfinishedLine) {
                        break;
                    }
                }
            }
        }
        self.close_unfinished();
        Ok(())
    }

    /// The report over everything read.
    pub fn finish(mut self) -> Report {
        if self.logs_seen.is_empty() {
            self.found(Finding::of_log("", FindingKind::NoExport));
        }
        for (_, earlier) in std::mem::take(&mut self.earlier) {
            if !self.logs_seen.contains(&earlier.origin) {
                self.found(Finding::of_log("", FindingKind::MissingLog(earlier.origin)));
            }
        }
        if !self.findings.is_empty() {
            return Report::Broken { findings: self.findings, more: self.more };
        }
        let services: HashSet<_> = self.verified.logs.iter().map(|log| &log.service).collect();
        self.verified.services = services.len();
        Report::Verified(self.verified)
    }

    fn start(&mut self, header: Header, line: u64) {
        self.close_unfinished();
        self.lost = false;
        let service = header.service.clone();
        let unexpected = header.keys.iter().filter(|key| self.verified.keys_expected && !self.keys.contains(key));
        let mut kinds: Vec<_> = unexpected.map(|key| FindingKind::UnexpectedKey(key.to_string())).collect();
        let origin = origin(&header.service, header.tenant);
        let earlier = self.earlier_of(&origin, &header, &mut kinds);
        if !self.logs_seen.insert(origin) {
            kinds.push(FindingKind::RepeatedLog);
        }
        for what in kinds {
            self.found(Finding::of_log(&service, what).at_line(line));
        }
        self.open = Some(LogCheck::new(header, earlier));
        self.collect(line);
    }

    /// The earlier checkpoints of one log, as far as a trusted key signed them.
    fn earlier_of(&self, origin: &str, header: &Header, kinds: &mut Vec<FindingKind>) -> Vec<Checkpoint> {
        let keys = if self.keys.is_empty() { &header.keys } else { &self.keys };
        let of_log = self.earlier.iter().filter(|(_, earlier)| earlier.origin == origin);
        let mut trusted = Vec::new();
        for (note, earlier) in of_log {
            match note.verify(keys) {
                Ok(_) => trusted.push(earlier.clone()),
                Err(reason) => kinds.push(FindingKind::InvalidEarlierCheckpoint(reason.to_string())),
            }
        }
        trusted
    }

    fn line(&mut self, line: &Line, reader: &Reader<impl BufRead>) {
        let Some(log) = &mut self.open else {
            return self.found_outside(reader.line_number());
        };
        match line {
            Line::Record(record) => log.record(record, &mut self.events),
            Line::Checkpoint(note) => log.checkpoint(note),
            Line::End(stated) => log.end(stated, reader.digest_before()),
            Line::Header(_) => {}
        }
        self.collect(reader.line_number());
        if matches!(line, Line::End(_)) {
            self.close();
        }
    }

    fn found_outside(&mut self, line: u64) {
        if !self.lost {
            self.found(Finding::of_log("", FindingKind::OutOfPlace("a line outside of any export")).at_line(line));
        }
        self.lost = true;
    }

    fn close(&mut self) {
        let Some(log) = self.open.take() else { return };
        let summary = log.summary();
        self.verified.records += summary.records;
        self.verified.unsealed += summary.unsealed;
        self.verified.checkpoints += summary.checkpoints;
        self.verified.logs.push(summary);
    }

    fn close_unfinished(&mut self) {
        if let Some(log) = self.open.take() {
            self.found(Finding::of_log(log.service(), FindingKind::Truncated));
        }
    }

    fn collect(&mut self, line: u64) {
        let findings = self.open.as_mut().map(LogCheck::take_findings).unwrap_or_default();
        for finding in findings {
            self.found(finding.at_line(line));
        }
    }

    fn found_in_line(&mut self, what: FindingKind, line: u64) {
        let service = self.open.as_ref().map(LogCheck::service).unwrap_or_default();
        let finding = Finding::of_log(service, what).at_line(line);
        self.found(finding);
    }

    fn found(&mut self, finding: Finding) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(finding);
        } else {
            self.more += 1;
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Verified(verified) => verified.fmt(f),
            Self::Broken { findings, more } => {
                findings.iter().try_for_each(|finding| writeln!(f, "{finding}"))?;
                if *more > 0 { writeln!(f, "and {more} more") } else { Ok(()) }
            }
        }
    }
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for log in &self.logs {
            writeln!(
                f,
                "{} of tenant {}: {} records, {} unsealed, {} checkpoints, root {}",
                log.service,
                log.tenant,
                log.records,
                log.unsealed,
                log.checkpoints,
                hex::encode(log.root)
            )?;
        }
        Ok(())
    }
}
