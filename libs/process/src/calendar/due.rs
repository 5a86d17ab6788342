//! Arithmetic on working time.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Calendar, local};

/// Searching further than this for working time is pointless: the due time is then the last day searched.
const LONGEST_SEARCH_DAYS: usize = 36_600;

/// How the time up to a deadline is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineClock {
    /// Only inside working hours of working days.
    Working,
    /// Every minute counts.
    Elapsed,
}

impl DeadlineClock {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Elapsed => "elapsed",
        }
    }
}

/// When something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub at: DateTime<Utc>,
    /// True when a year without its State Council notice was crossed, so that `at` may still move.
    pub provisional: bool,
}

impl Calendar {
    /// The earliest instant by which `length` has passed on the given clock since `start`.
    ///
    /// In working time that is never later than a closing minute, and `start` itself for a length
    /// of zero or less.
    pub fn due(&self, start: DateTime<Utc>, length: Duration, clock: DeadlineClock) -> Due {
        if length <= Duration::zero() {
            return Due { at: start, provisional: false };
        }
        match clock {
            DeadlineClock::Elapsed => Due { at: later(start, length), provisional: false },
            DeadlineClock::Working => self.due_in_working_time(start, length),
        }
    }

    fn due_in_working_time(&self, start: DateTime<Utc>, length: Duration) -> Due {
        let first = local(start).date();
        let mut left = length;
        let mut last = start;
        for day in first.iter_days().take(LONGEST_SEARCH_DAYS) {
            for (opens, closes) in self.spans(day) {
                let from = opens.max(start);
                if left <= closes - from {
                    return Due { at: from + left, provisional: self.crosses_provisional(first, day) };
                }
                left -= (closes - from).max(Duration::zero());
                last = closes;
            }
        }
        Due { at: last, provisional: true }
    }

    /// How much working time lies between two instants; zero when `to` is not after `from`.
    pub fn working_time_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Duration {
        if to <= from {
            return Duration::zero();
        }
        let days = days_between(local(from).date(), local(to).date());
        let spans = days.flat_map(|day| self.spans(day));
        spans.fold(Duration::zero(), |sum, (opens, closes)| {
            sum + (closes.min(to) - opens.max(from)).max(Duration::zero())
        })
    }

    fn crosses_provisional(&self, first: NaiveDate, last: NaiveDate) -> bool {
        (first.year()..=last.year()).any(|year| self.is_provisional(year))
    }
}

fn days_between(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |day| *day <= last)
}

/// Adds without leaving the range of dates.
fn later(start: DateTime<Utc>, length: Duration) -> DateTime<Utc> {
    start.checked_add_signed(length).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
