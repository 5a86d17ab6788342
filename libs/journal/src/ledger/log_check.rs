//! Checks one export, line by line.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::checkpoint::{Checkpoint, origin};
use super::export::{Header, RecordLine, Trailer};
use super::finding::{Finding, FindingKind};
use super::merkle::{Frontier, Hash};
use super::record::{NO_PREVIOUS, Record, leaf_hash};
use super::verify::LogSummary;

/// What was read of one log and what is expected next.
pub struct LogCheck {
    header: Header,
    origin: String,
    /// Earlier checkpoints of this log that the caller trusts.
    earlier: Vec<Checkpoint>,
    frontier: Frontier,
    next_index: u64,
    chains: HashMap<(String, Uuid), Link>,
    counts: Trailer,
    last_checkpoint: Option<(u64, String)>,
    /// Set once the tree is known to differ, so that one cause is reported once.
    tree_differs: bool,
    findings: Vec<Finding>,
}

/// The newest version of an aggregate.
struct Link {
    version: u64,
    hash: Hash,
}

impl LogCheck {
    pub fn new(header: Header, earlier: Vec<Checkpoint>) -> Self {
        let mut check = Self {
            origin: origin(&header.service, header.tenant),
            header,
            earlier,
            frontier: Frontier::new(),
            next_index: 0,
            chains: HashMap::new(),
            counts: Trailer::default(),
            last_checkpoint: None,
            tree_differs: false,
            findings: Vec::new(),
        };
        check.compare_with_earlier();
        check
    }

    pub fn service(&self) -> &str {
        &self.header.service
    }

    /// What was found since the last call.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    fn report(&mut self, what: FindingKind) {
        self.findings.push(Finding::of_log(&self.header.service, what));
    }

    /// A leaf or an unsealed record. `events` holds the ids of all records read so far.
    pub fn record(&mut self, line: &RecordLine, events: &mut HashSet<Uuid>) {
        let mut kinds = Vec::new();
        if leaf_hash(&line.record) != line.hash {
            kinds.push(FindingKind::RecordAltered);
        }
        self.place(line, &mut kinds);
        let record = match Record::parse(&line.record) {
            Ok(record) => {
                self.content(&record, line.hash, events, &mut kinds);
                Some(record)
            }
            Err(reason) => {
                kinds.push(FindingKind::UnreadableRecord(reason.to_string()));
                None
            }
        };
        let service = &self.header.service;
        let named = |what| Finding::of_log(service, what).at_index(line.index).about(record.as_ref());
        self.findings.extend(kinds.into_iter().map(named));
        self.compare_with_earlier();
    }

    /// Appends the stated hash: if only the text was altered, every root still fits and the record alone is named.
    fn place(&mut self, line: &RecordLine, kinds: &mut Vec<FindingKind>) {
        let Some(index) = line.index else {
            self.counts.unsealed += 1;
            return;
        };
        if self.counts.unsealed > 0 {
            kinds.push(FindingKind::OutOfPlace("a sealed leaf after an unsealed record"));
        }
        if index != self.next_index {
            kinds.push(FindingKind::LeafOutOfSequence { expected: self.next_index });
            self.tree_differs = true;
        }
        self.next_index = index.saturating_add(1);
        self.frontier.append(line.hash);
        self.counts.leaves += 1;
    }

    fn content(&mut self, record: &Record, hash: Hash, events: &mut HashSet<Uuid>, kinds: &mut Vec<FindingKind>) {
        if record.service != self.header.service || record.tenant != self.header.tenant {
            let (service, tenant) = (record.service.clone(), record.tenant.to_string());
            kinds.push(FindingKind::ForeignRecord { service, tenant });
        }
        if !events.insert(record.id) {
            kinds.push(FindingKind::RepeatedEvent);
        }
        let aggregate = (record.aggregate.clone(), record.aggregate_id);
        let link = self.chains.entry(aggregate).or_insert(Link { version: 0, hash: NO_PREVIOUS });
        let expected = link.version.saturating_add(1);
        if record.version != expected {
            kinds.push(FindingKind::VersionOutOfSequence { expected });
        } else if record.prev != link.hash {
            kinds.push(FindingKind::BrokenChain);
        }
        *link = Link { version: record.version, hash };
    }

    /// An earlier checkpoint must be the root of this log at its size.
    fn compare_with_earlier(&mut self) {
        let size = self.frontier.size();
        let (due, later): (Vec<_>, Vec<_>) = self.earlier.drain(..).partition(|earlier| earlier.size == size);
        self.earlier = later;
        if due.iter().any(|earlier| earlier.root != self.frontier.root()) {
            self.report(FindingKind::NotAnExtension { size });
        }
    }

    /// A checkpoint line.
    pub fn checkpoint(&mut self, note: &str) {
        self.counts.checkpoints += 1;
        let checkpoint = match Checkpoint::open(note, &self.header.keys) {
            Ok(checkpoint) => checkpoint,
            Err(reason) => return self.report(FindingKind::InvalidCheckpoint(reason.to_string())),
        };
        if checkpoint.origin != self.origin {
            return self.report(FindingKind::ForeignCheckpoint(checkpoint.origin));
        }
        if self.counts.unsealed > 0 {
            self.report(FindingKind::OutOfPlace("a checkpoint after an unsealed record"));
        }
        self.compare_with_tree(&checkpoint);
        self.last_checkpoint = Some((checkpoint.size, note.to_owned()));
    }

    fn compare_with_tree(&mut self, checkpoint: &Checkpoint) {
        let (size, leaves) = (checkpoint.size, self.frontier.size());
        let covered = self.covered();
        if covered == Some(size) {
            self.report(FindingKind::RepeatedCheckpoint);
        }
        if self.tree_differs {
            return;
        }
        if size != leaves {
            self.report(FindingKind::CheckpointSize { size, leaves });
            self.tree_differs = true;
        } else if checkpoint.root != self.frontier.root() {
            self.report(FindingKind::RootDiffers { from: covered.unwrap_or(0), to: size.saturating_sub(1) });
            self.tree_differs = true;
        }
    }

    /// The size of the last checkpoint.
    fn covered(&self) -> Option<u64> {
        self.last_checkpoint.as_ref().map(|(size, _)| *size)
    }

    /// The last line. `digest` is that of the bytes before it.
    pub fn end(&mut self, stated: &Trailer, digest: Hash) {
        let counts = [
            ("leaves", stated.leaves, self.counts.leaves),
            ("unsealed records", stated.unsealed, self.counts.unsealed),
            ("checkpoints", stated.checkpoints, self.counts.checkpoints),
        ];
        for (what, stated, found) in counts {
            if stated != found {
                self.report(FindingKind::TrailerCount { what, stated, found });
            }
        }
        if stated.sha256 != digest {
            self.report(FindingKind::DigestDiffers);
        }
        self.check_size();
    }

    fn check_size(&mut self) {
        let (header, leaves) = (self.header.size, self.frontier.size());
        if header != leaves {
            self.report(FindingKind::HeaderCount { header, found: leaves });
        }
        let covered = self.covered().unwrap_or(0);
        if covered < leaves {
            self.report(FindingKind::Uncovered { from: covered, to: leaves - 1 });
        }
        for earlier in std::mem::take(&mut self.earlier) {
            self.report(FindingKind::OlderThanCheckpoint { size: earlier.size, leaves });
        }
    }

    /// What a caller wants to know of a log that is whole.
    pub fn summary(self) -> LogSummary {
        LogSummary {
            records: self.counts.leaves,
            unsealed: self.counts.unsealed,
            checkpoints: self.counts.checkpoints,
            root: self.frontier.root(),
            last_checkpoint: self.last_checkpoint.map(|(_, note)| note),
            service: self.header.service,
            tenant: self.header.tenant,
            keys: self.header.keys,
        }
    }
}
