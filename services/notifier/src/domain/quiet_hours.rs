//! When somebody does not want to be disturbed, in China's time zone.

use chrono::{DateTime, Duration, FixedOffset, NaiveTime, Utc};

/// From one time of day to another, possibly past midnight; equal times mean the whole day is quiet
/// until the same time tomorrow, so they are refused where they are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    pub from: NaiveTime,
    pub to: NaiveTime,
}

const CHINA_OFFSET_SECONDS: i32 = 8 * 3600;

impl QuietHours {
    /// The first moment, at `at` or later, that is not quiet.
    pub fn end_of(self, at: DateTime<Utc>) -> DateTime<Utc> {
        let Some(offset) = FixedOffset::east_opt(CHINA_OFFSET_SECONDS) else { return at };
        let local = at.with_timezone(&offset);
        if !self.holds(local.time()) {
            return at;
        }
        let day = if local.time() < self.to { local.date_naive() } else { local.date_naive() + Duration::days(1) };
        let end = day.and_time(self.to).and_local_timezone(offset).single();
        end.map_or(at, |end| end.with_timezone(&Utc))
    }

    fn holds(self, time: NaiveTime) -> bool {
        if self.from <= self.to {
            return self.from <= time && time < self.to;
        }
        self.from <= time || time < self.to
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hours(from: u32, to: u32) -> QuietHours {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
        QuietHours { from: time(from), to: time(to) }
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    #[test]
    fn a_night_ends_in_the_morning() {
        let night = hours(22, 7);
        assert_eq!(night.end_of(utc("2027-01-04T15:00:00Z")), utc("2027-01-04T23:00:00Z"));
        assert_eq!(night.end_of(utc("2027-01-04T18:30:00Z")), utc("2027-01-04T23:00:00Z"));
        assert_eq!(night.end_of(utc("2027-01-04T23:00:00Z")), utc("2027-01-04T23:00:00Z"));
        assert_eq!(night.end_of(utc("2027-01-04T04:00:00Z")), utc("2027-01-04T04:00:00Z"));
    }

    #[test]
    fn a_break_at_noon_ends_the_same_day() {
        assert_eq!(hours(12, 14).end_of(utc("2027-01-04T05:30:00Z")), utc("2027-01-04T06:00:00Z"));
    }

    proptest! {
        #[test]
        fn the_end_is_not_quiet_and_within_a_day(from in 0_u32..24, to in 0_u32..24, minutes in 0_i64..100_000) {
            prop_assume!(from != to);
            let (quiet, at) = (hours(from, to), utc("2027-01-04T00:00:00Z") + Duration::minutes(minutes));
            let end = quiet.end_of(at);
            prop_assert!(at <= end && end - at < Duration::days(1));
            prop_assert_eq!(quiet.end_of(end), end);
        }
    }
}
