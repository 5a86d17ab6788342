//! The hours of a working day and the days of a working week.

use chrono::{Duration, Weekday};
use serde::{Deserialize, Serialize};

const MINUTES_OF_A_DAY: u16 = 24 * 60;

/// One unbroken stretch of a working day, in minutes after local midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HourSpan {
    from: u16,
    to: u16,
}

impl HourSpan {
    pub(crate) fn start(self) -> Duration {
        Duration::minutes(i64::from(self.from))
    }

    pub(crate) fn end(self) -> Duration {
        Duration::minutes(i64::from(self.to))
    }
}

/// Working hours, 09:00 to 18:00 from Monday to Friday unless configured otherwise.
///
/// Written as `{ hours: ["09:00-12:00", "13:30-18:00"], weekdays: [Mon, Tue, Wed, Thu, Fri, Sat] }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct WorkingHours {
    spans: Vec<HourSpan>,
    weekdays: Vec<Weekday>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    hours: Vec<String>,
    weekdays: Vec<Weekday>,
}

/// Why working hours cannot be used.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadHours {
    #[error("{0:?} is not a span of hours such as 09:00-18:00")]
    NotASpan(String),
    #[error("the working hours overlap or are not in order")]
    OutOfOrder,
    #[error("no working hours, or no working day of the week")]
    Empty,
}

impl Default for WorkingHours {
    fn default() -> Self {
        Self {
            spans: vec![HourSpan { from: 9 * 60, to: 18 * 60 }],
            weekdays: vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
        }
    }
}

impl WorkingHours {
    /// Spans such as `09:00-12:00`, in order and apart from each other, and the days they apply to.
    pub fn new(spans: &[impl AsRef<str>], weekdays: &[Weekday]) -> Result<Self, BadHours> {
        let spans = spans.iter().map(|span| parse_span(span.as_ref())).collect::<Result<Vec<_>, _>>()?;
        if spans.is_empty() || weekdays.is_empty() {
            return Err(BadHours::Empty);
        }
        if spans.windows(2).any(|pair| pair[0].to >= pair[1].from) {
            return Err(BadHours::OutOfOrder);
        }
        Ok(Self { spans, weekdays: weekdays.to_vec() })
    }

    /// How long one working day is.
    pub fn day_length(&self) -> Duration {
        self.spans.iter().fold(Duration::zero(), |sum, span| sum + span.end() - span.start())
    }

    pub fn is_working_weekday(&self, day: Weekday) -> bool {
        self.weekdays.contains(&day)
    }

    pub(crate) fn spans(&self) -> &[HourSpan] {
        &self.spans
    }
}

fn parse_span(text: &str) -> Result<HourSpan, BadHours> {
    let bad = || BadHours::NotASpan(text.to_owned());
    let (from, to) = text.split_once('-').ok_or_else(bad)?;
    let (from, to) = (minutes(from).ok_or_else(bad)?, minutes(to).ok_or_else(bad)?);
    if from < to { Ok(HourSpan { from, to }) } else { Err(bad()) }
}

fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute) = (hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?);
    let total = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && total <= MINUTES_OF_A_DAY).then_some(total)
}

impl TryFrom<Wire> for WorkingHours {
    type Error = BadHours;

    fn try_from(wire: Wire) -> Result<Self, BadHours> {
        Self::new(&wire.hours, &wire.weekdays)
    }
}

impl From<WorkingHours> for Wire {
    fn from(hours: WorkingHours) -> Self {
        let text = |at: u16| format!("{:02}:{:02}", at / 60, at % 60);
        let spans = hours.spans.iter().map(|span| format!("{}-{}", text(span.from), text(span.to)));
        Self { hours: spans.collect(), weekdays: hours.weekdays }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_lunch_break_and_writes_it_back() {
        let json = r#"{"hours":["09:00-12:00","13:30-18:00"],"weekdays":["Mon","Sat"]}"#;
        let hours: WorkingHours = serde_json::from_str(json).expect("valid");
        assert_eq!(hours.day_length(), Duration::minutes(450));
        assert_eq!(serde_json::to_string(&hours).expect("json"), json);
    }

    #[test]
    fn refuses_hours_that_make_no_sense() {
        let days = [Weekday::Mon];
        for bad in ["18:00-09:00", "9", "09:60-10:00", "09:00-24:01", "a-b", "-1:00-2:00"] {
            assert_eq!(WorkingHours::new(&[bad], &days), Err(BadHours::NotASpan(bad.into())), "{bad}");
        }
        assert_eq!(WorkingHours::new(&["09:00-12:00", "11:00-18:00"], &days), Err(BadHours::OutOfOrder));
        assert_eq!(WorkingHours::new(&[] as &[&str], &days), Err(BadHours::Empty));
        assert_eq!(WorkingHours::new(&["09:00-18:00"], &[]), Err(BadHours::Empty));
    }
}
