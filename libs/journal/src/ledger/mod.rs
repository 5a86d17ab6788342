//! The offline half of the journal: what a record is, how records are sealed, and how anyone can check an
//! export without a database or a network.
//!
//! # From record to proof
//!
//! 1. Each state change is one [`Record`], kept as the exact JSON text that is hashed. `prev` holds the leaf hash
//!    of the same aggregate's previous version, so every aggregate is a hash chain that starts at version 1.
//! 2. The leaf hash `SHA-256(0x00 || text)` of each record is appended to one RFC 6962 Merkle tree per service and
//!    tenant. A [`Frontier`] is all the state that appending needs.
//! 3. The root is signed again and again as a [`Checkpoint`]: a C2SP `tlog-checkpoint` in a C2SP `signed-note`, with
//!    origin `sluice/<service>/<tenant>`. Whoever keeps one old checkpoint can later prove that nothing before it
//!    was rewritten.
//!
//! # Export format, version 1
//!
//! UTF-8, one JSON object a line, each line ended by a single line feed and written in exactly one way (members in
//! the order below, no spaces): a line that parses but is spelled differently is refused. Long values are
//! shortened here:
//!
//! ```text
//! {"sluice_ledger":1,"service":"crm","tenant":"0190…01","keys":["sluice/crm/0190…01+5f0a91c2+AXk3…"],"at":"2026-05-04T08:00:00Z","size":3}
//! {"index":0,"hash":"9d1c…","record":"{\"v\":1,\"id\":\"0190…\",…,\"version\":1,…,\"prev\":\"0000…\"}"}
//! {"index":1,"hash":"07fe…","record":"{\"v\":1,…,\"version\":2,…,\"prev\":\"9d1c…\"}"}
//! {"checkpoint":"sluice/crm/0190…01\n2\nm0Zb…=\n\n— sluice/crm/0190…01 XwqR…\n"}
//! {"index":2,"hash":"61b3…","record":"…"}
//! {"checkpoint":"sluice/crm/0190…01\n3\nx9Qd…=\n\n— sluice/crm/0190…01 XwqR…\n"}
//! {"index":null,"hash":"c4aa…","record":"…"}
//! {"end":{"leaves":3,"unsealed":1,"checkpoints":2,"sha256":"b2e0…"}}
//! ```
//!
//! - The header names the log, the keys that may have signed it, when the export was written and how many leaves
//!   are sealed.
//! - Leaves come in log order. A checkpoint stands directly after the last leaf it covers. The last checkpoint covers
//!   the last leaf.
//! - Records that no checkpoint covers yet follow with `"index":null`, whether or not the tree holds them already.
//! - In log order each aggregate's versions count up from 1 without a gap.
//! - `end` counts the lines and holds the SHA-256 of every byte of this export before it. That digest is not signed: it
//!   catches accidents anywhere, the signatures catch intent in the sealed part.
//! - Several exports may follow each other in one stream.
//!
//! # What verification proves
//!
//! With nothing but the export, [`verify()`] proves that it is whole and consistent with the keys it names. An
//! adversary who holds a signing key could write another history, and one who only shortens an export to an older
//! checkpoint leaves a true but older one: pin the expected keys and an earlier checkpoint in [`Trust`] to find
//! both. Removing a checkpoint that a later one supersedes loses no evidence and shows in the counts only.
//!
//! # Example
//!
//! ```
//! use chrono::DateTime;
//! use journal::ledger::{Checkpoint, Frontier, Header, Line, Report, Signer, Trust, origin, verify, write_export};
//! use kernel::TenantId;
//! use uuid::Uuid;
//!
//! let tenant = TenantId(Uuid::from_u128(1));
//! let origin = origin("crm", tenant);
//! let signer = Signer::new(&origin, &[7; 32])?;
//! let empty = Checkpoint { origin, size: 0, root: Frontier::new().root() };
//!
//! let header = Header::new("crm", tenant, vec![signer.verifier().clone()], DateTime::UNIX_EPOCH, 0);
//! let mut export = Vec::new();
//! write_export(&mut export, &header, [Line::Checkpoint(empty.sign(&signer)?)])?;
//!
//! let trust = Trust { keys: vec![signer.verifier().clone()], ..Trust::default() };
//! assert!(matches!(verify(export.as_slice(), trust)?, Report::Verified(_)));
//! # Ok::<(), journal::ledger::LedgerError>(())
//! ```

mod checkpoint;
mod error;
mod export;
mod finding;
mod hex_hash;
mod log_check;
mod merkle;
mod note;
mod proof;
mod reader;
mod record;
mod verify;

pub use checkpoint::{Checkpoint, origin};
pub use error::LedgerError;
pub use export::{ExportLines, FORMAT, Header, Line, RecordLine, Trailer, write_export};
pub use finding::{Finding, FindingKind};
pub use merkle::{Frontier, Hash, empty_root, node_hash};
pub use note::{Note, NoteSignature, Signer, Verifier};
pub use proof::{consistency_proof, inclusion_proof, verify_consistency, verify_inclusion};
pub use reader::{MAX_LINE_BYTES, Reader};
pub use record::{Actor, NO_PREVIOUS, RECORD_VERSION, Record, leaf_hash};
pub use verify::{LogSummary, Report, Trust, Verification, Verified, verify, verify_path};
