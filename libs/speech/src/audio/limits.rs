//! What a recording may cost, and how to stop paying.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What a recording may cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Longest recording.
    pub max_duration: Duration,
    /// Largest file.
    pub max_bytes: u64,
    /// How long the decoder may go without producing a block before its thread is abandoned.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_duration: Duration::from_hours(4), max_bytes: 4 << 30, patience: Duration::from_mins(1) }
    }
}

/// A flag that stops a decode: at the next read or the next packet, whichever comes first. Clones are the same
/// flag; one flag may stop many recordings.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    own: Arc<AtomicBool>,
    parent: Option<Arc<AtomicBool>>,
}

impl Cancel {
    /// Stops every decode that holds this flag.
    pub fn cancel(&self) {
        self.own.store(true, Ordering::Relaxed);
    }

    /// Whether [`Cancel::cancel`] was called.
    pub fn is_cancelled(&self) -> bool {
        let set = |flag: &Arc<AtomicBool>| flag.load(Ordering::Relaxed);
        set(&self.own) || self.parent.as_ref().is_some_and(set)
    }

    /// A flag for one decode, which is cancelled with this one but not the other way round.
    pub(crate) fn for_one(&self) -> Self {
        Self { own: Arc::default(), parent: Some(self.own.clone()) }
    }
}
