//! The business calendar of Asia/Shanghai (+08:00, no summer time): working hours, public holidays
//! and the weekends that are worked in exchange.
//!
//! A year whose State Council notice is not loaded is *provisional*: it knows the statutory days at
//! most. A due time that crosses such a year says so, and [`replan`] finds what moved once the
//! notice is loaded.

mod due;
mod hours;
mod replan;
mod year;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

pub use due::{DeadlineClock, Due};
pub use hours::{BadHours, WorkingHours};
pub use replan::{Armed, Replanned, replan};
pub use year::{CalendarError, Year, YearStatus};

const OFFSET_SECONDS: i32 = 8 * 3600;

/// Which days and hours are worked.
#[derive(Clone, Debug)]
pub struct Calendar {
    hours: WorkingHours,
    years: BTreeMap<i32, Year>,
}

impl Calendar {
    /// The built-in years (2024 to 2026 as published, 2027 provisional) with the given hours.
    pub fn china(hours: WorkingHours) -> Result<Self, CalendarError> {
        let years = year::embedded()?.into_iter().map(|year| (year.year, year)).collect();
        Ok(Self { hours, years })
    }

    /// Replaces or adds a year, as read with [`Year::parse`].
    pub fn with_year(mut self, year: Year) -> Self {
        self.years.insert(year.year, year);
        self
    }

    pub fn hours(&self) -> &WorkingHours {
        &self.hours
    }

    /// True for a working day of the week that is no holiday, and for a make-up day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let year = self.years.get(&date.year());
        if year.is_some_and(|year| year.is_make_up_day(date)) {
            return true;
        }
        self.hours.is_working_weekday(date.weekday()) && !year.is_some_and(|year| year.is_holiday(date))
    }

    /// True inside working hours of a working day; the closing minute itself is outside.
    pub fn is_working(&self, at: DateTime<Utc>) -> bool {
        self.spans(local(at).date()).any(|(from, to)| from <= at && at < to)
    }

    /// True when the year's State Council notice is not loaded.
    pub fn is_provisional(&self, year: i32) -> bool {
        self.years.get(&year).is_none_or(|year| year.status == YearStatus::Provisional)
    }

    /// The working spans of a day as instants, in order; none on a day that is not worked.
    fn spans(&self, date: NaiveDate) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + '_ {
        let spans: &[_] = if self.is_working_day(date) { self.hours.spans() } else { &[] };
        let midnight = utc(date.and_time(NaiveTime::MIN));
        spans.iter().map(move |span| (midnight + span.start(), midnight + span.end()))
    }
}

fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc() + chrono::Duration::seconds(i64::from(OFFSET_SECONDS))
}

fn utc(local: NaiveDateTime) -> DateTime<Utc> {
    Utc.from_utc_datetime(&(local - chrono::Duration::seconds(i64::from(OFFSET_SECONDS))))
}

/// An instant as people in China read it.
pub fn shanghai(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    let offset = FixedOffset::east_opt(OFFSET_SECONDS).unwrap_or(chrono::Offset::fix(&Utc));
    at.with_timezone(&offset)
}
