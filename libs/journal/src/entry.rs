//! What one write says happened.

use contracts::{Event, EventKind};
use kernel::{Evidence, Reason};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::JournalError;

/// One event about one aggregate: who did it is known from the caller, the rest is said here.
#[derive(Debug)]
pub struct Entry {
    pub(crate) kind: EventKind,
    pub(crate) aggregate_id: Uuid,
    pub(crate) version: i64,
    pub(crate) data: Box<RawValue>,
    pub(crate) change: Option<(String, String)>,
    pub(crate) why: Option<Reason>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) personal: Vec<(String, String)>,
}

impl Entry {
    /// `version` is the aggregate's version after this event; versions start at 1 and have no gaps.
    pub fn new<E: Event>(event: &E, aggregate_id: impl Into<Uuid>, version: i64) -> Result<Self, JournalError> {
        Ok(Self {
            kind: E::KIND,
            aggregate_id: aggregate_id.into(),
            version,
            data: serde_json::value::to_raw_value(event)?,
            change: None,
            why: None,
            evidence: Vec::new(),
            personal: Vec::new(),
        })
    }

    /// The state before and after.
    pub fn change(mut self, from: impl Into<String>, to: impl Into<String>) -> Self {
        self.change = Some((from.into(), to.into()));
        self
    }

    /// The reason: what somebody said, or the system's sentence in both languages.
    pub fn why(mut self, reason: impl Into<Reason>) -> Self {
        self.why = Some(reason.into());
        self
    }

    /// The carriers this rests on.
    pub fn evidence(mut self, carriers: impl IntoIterator<Item = Evidence>) -> Self {
        self.evidence.extend(carriers);
        self
    }

    /// Commits to personal data without holding it: the journal keeps a salted SHA-256.
    pub fn personal(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.personal.push((name.into(), value.into()));
        self
    }

    /// `lead` of `lead.assigned.v1`.
    pub(crate) fn aggregate(&self) -> &'static str {
        self.kind.type_name.split('.').next().unwrap_or(self.kind.type_name)
    }
}
