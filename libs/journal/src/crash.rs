//! Points at which a fault test may kill the process. Nothing happens unless a test armed one.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

static ARMED: OnceLock<Armed> = OnceLock::new();

struct Armed {
    point: String,
    passes_left: AtomicU64,
}

/// Lets the process abort when `point` is passed for the `nth` time (counted from 1).
pub fn arm(point: &str, nth: u64) {
    let _ = ARMED.set(Armed { point: point.to_owned(), passes_left: AtomicU64::new(nth.max(1)) });
}

pub(crate) fn point(name: &str) {
    let Some(armed) = ARMED.get() else { return };
    if armed.point == name && armed.passes_left.fetch_sub(1, Ordering::SeqCst) == 1 {
        tracing::error!(point = name, "fault test: aborting here");
        std::process::abort();
    }
}
