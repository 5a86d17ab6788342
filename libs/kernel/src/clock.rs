//! The only place that reads the time. Everything else receives a [`Clock`].

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, Utc};
use tokio::sync::watch;

/// A cheap, cloneable source of the current time.
///
/// A *system* clock follows the machine. A *movable* clock, for demonstrations and tests only, follows
/// the machine plus an offset that can be advanced; a *fixed* clock stands still until it is advanced.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Source>);

#[derive(Debug)]
struct Source {
    base: Base,
    offset_micros: AtomicI64,
    moved: watch::Sender<()>,
}

#[derive(Debug)]
enum Base {
    System,
    Movable,
    Fixed(DateTime<Utc>),
}

/// The clock follows the machine and cannot be moved.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("this clock follows the machine and cannot be advanced")]
pub struct NotMovable;

impl Clock {
    /// The machine's time.
    pub fn system() -> Self {
        Self::new(Base::System)
    }

    /// The machine's time plus what [`Clock::advance`] added.
    pub fn movable() -> Self {
        Self::new(Base::Movable)
    }

    /// Stands at `at` until advanced.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::new(Base::Fixed(at))
    }

    fn new(base: Base) -> Self {
        Self(Arc::new(Source { base, offset_micros: AtomicI64::new(0), moved: watch::Sender::new(()) }))
    }

    /// The current time in UTC, to the microsecond (what PostgreSQL keeps).
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(&self) -> DateTime<Utc> {
        let base = match self.0.base {
            Base::System | Base::Movable => Utc::now(),
            Base::Fixed(at) => at,
        };
        let micros = base.timestamp_micros() + self.0.offset_micros.load(Ordering::SeqCst);
        DateTime::from_timestamp_micros(micros).unwrap_or(base)
    }

    /// Moves time forward and wakes everything that waits in [`Clock::moved`].
    pub fn advance(&self, by: Duration) -> Result<(), NotMovable> {
        if matches!(self.0.base, Base::System) {
            return Err(NotMovable);
        }
        self.0.offset_micros.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
        self.0.moved.send_replace(());
        Ok(())
    }

    /// A receiver that changes whenever the clock is advanced.
    pub fn moved(&self) -> watch::Receiver<()> {
        self.0.moved.subscribe()
    }

    /// How far the clock runs ahead of its base.
    pub fn offset(&self) -> Duration {
        Duration::microseconds(self.0.offset_micros.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_advanced() {
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("valid");
        let clock = Clock::fixed(start);
        assert_eq!(clock.now(), start);
        clock.advance(Duration::hours(2)).expect("movable");
        assert_eq!(clock.now(), start + Duration::hours(2));
    }

    #[test]
    fn a_system_clock_cannot_be_advanced() {
        assert_eq!(Clock::system().advance(Duration::seconds(1)), Err(NotMovable));
    }

    #[test]
    fn waiting_tasks_see_that_the_clock_moved() {
        let clock = Clock::movable();
        let waiting = clock.moved();
        clock.advance(Duration::seconds(1)).expect("movable");
        assert!(waiting.has_changed().expect("open"));
    }
}
