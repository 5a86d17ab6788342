use chrono::DateTime;
use kernel::{Clock, IdSource};

/// Monday 2027-01-04, 09:00 in Shanghai: the first working hour of a normal week.
const MORNING: i64 = 1_799_024_400;

/// A clock that stands at a Monday morning until advanced.
pub fn clock() -> Clock {
    Clock::fixed(DateTime::from_timestamp(MORNING, 0).expect("a valid time"))
}

/// The same ids in every run.
pub fn ids() -> IdSource {
    IdSource::seeded(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_stands_at_a_monday_morning_in_shanghai() {
        assert_eq!(clock().now().to_rfc3339(), "2027-01-04T01:00:00+00:00");
        assert_eq!(clock().now().format("%A").to_string(), "Monday");
    }
}
