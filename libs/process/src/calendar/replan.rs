//! What moves when a provisional year is replaced by the published one.

use chrono::{DateTime, Duration, Utc};

use super::{Calendar, DeadlineClock, Due};

/// A deadline that is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Armed<Id> {
    pub id: Id,
    pub start: DateTime<Utc>,
    pub length: Duration,
    pub clock: DeadlineClock,
    pub due: Due,
}

/// A deadline whose due time, or the trust in it, has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replanned<Id> {
    pub id: Id,
    pub before: Due,
    pub after: Due,
}

/// The deadlines that come out differently on `calendar`; the caller arms them again and journals it.
pub fn replan<Id>(calendar: &Calendar, armed: impl IntoIterator<Item = Armed<Id>>) -> Vec<Replanned<Id>> {
    let compare = |one: Armed<Id>| {
        let after = calendar.due(one.start, one.length, one.clock);
        (after != one.due).then_some(Replanned { id: one.id, before: one.due, after })
    };
    armed.into_iter().filter_map(compare).collect()
}
