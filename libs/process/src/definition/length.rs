//! How long a deadline or limit is, as written in a definition: `30m`, `2h`, `3d`, `1d4h`.

use std::fmt;
use std::str::FromStr;

use chrono::Duration;
use serde::Serialize;

use crate::calendar::{Calendar, DeadlineClock};

/// Ten years; a longer deadline is a typing mistake.
const LONGEST_DAYS: u32 = 3_660;

/// Days and minutes. A day is a working day on the working clock and 24 hours otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Length {
    pub days: u32,
    pub minutes: u32,
}

/// A text that is no length of time.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0:?} is not a length of time such as 30m, 2h or 3d, of at most 3660d")]
pub struct BadLength(pub String);

impl Length {
    /// The length as time on the given clock of the given calendar.
    pub fn on(self, calendar: &Calendar, clock: DeadlineClock) -> Duration {
        let day = match clock {
            DeadlineClock::Working => calendar.hours().day_length(),
            DeadlineClock::Elapsed => Duration::days(1),
        };
        day * self.days.cast_signed() + Duration::minutes(i64::from(self.minutes))
    }

    fn add(&mut self, number: &str, unit: char) -> Option<()> {
        let number: u32 = number.parse().ok()?;
        match unit {
            'd' => self.days = self.days.checked_add(number)?,
            'h' => self.minutes = self.minutes.checked_add(number.checked_mul(60)?)?,
            'm' => self.minutes = self.minutes.checked_add(number)?,
            _ => return None,
        }
        Some(())
    }

    fn is_sensible(self) -> bool {
        self != Self::default() && self.days <= LONGEST_DAYS && self.minutes <= LONGEST_DAYS * 24 * 60
    }
}

impl FromStr for Length {
    type Err = BadLength;

    fn from_str(text: &str) -> Result<Self, BadLength> {
        let bad = || BadLength(text.to_owned());
        let mut length = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            let at = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(bad)?;
            let unit = rest[at..].chars().next().ok_or_else(bad)?;
            length.add(&rest[..at], unit).ok_or_else(bad)?;
            rest = &rest[at + unit.len_utf8()..];
        }
        if length.is_sensible() { Ok(length) } else { Err(bad()) }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.days > 0 {
            write!(f, "{}d", self.days)?;
        }
        match self.minutes {
            0 => Ok(()),
            minutes if minutes % 60 == 0 => write!(f, "{}h", minutes / 60),
            minutes => write!(f, "{minutes}m"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::WorkingHours;

    #[test]
    fn reads_what_definitions_write() {
        let cases = [("30m", 0, 30), ("2h", 0, 120), ("48h", 0, 2880), ("3d", 3, 0), ("1d4h", 1, 240)];
        for (text, days, minutes) in cases {
            assert_eq!(text.parse(), Ok(Length { days, minutes }), "{text}");
            assert_eq!(text, Length { days, minutes }.to_string());
        }
    }

    #[test]
    fn refuses_what_is_no_length() {
        for bad in ["", "2", "h", "2 h", "-2h", "2w", "0h", "1.5h", "4000d", "99999999999h", "2时"] {
            assert_eq!(bad.parse::<Length>(), Err(BadLength(bad.into())), "{bad}");
        }
    }

    #[test]
    fn a_day_is_as_long_as_its_clock_says() {
        let calendar = Calendar::china(WorkingHours::default()).expect("valid");
        let two = Length { days: 2, minutes: 0 };
        assert_eq!(two.on(&calendar, DeadlineClock::Working), Duration::hours(18));
        assert_eq!(two.on(&calendar, DeadlineClock::Elapsed), Duration::hours(48));
    }
}
