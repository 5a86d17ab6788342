//! One year of holidays and make-up working days, as YAML.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use kernel::{AsProblem, FieldError, Problem, Text};
use serde::{Deserialize, Serialize};

const EMBEDDED: [&str; 4] = [
    include_str!("../../calendar/2024.yaml"),
    include_str!("../../calendar/2025.yaml"),
    include_str!("../../calendar/2026.yaml"),
    include_str!("../../calendar/2027.yaml"),
];

/// More days off than this in one year is a typing mistake, not a holiday plan.
const MOST_HOLIDAYS: usize = 60;

/// How far a year can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearStatus {
    /// As in the State Council's notice.
    Published,
    /// Statutory days only; the exchanged weekends are not known yet.
    Provisional,
}

/// The days of one year that differ from its weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    pub year: i32,
    pub status: YearStatus,
    /// The notice the days are taken from.
    pub source: String,
    holidays: BTreeSet<NaiveDate>,
    make_up_days: BTreeSet<NaiveDate>,
}

/// Why a year cannot be used.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum CalendarError {
    #[error("line {line}: {reason}")]
    Malformed { line: u64, reason: String },
    #[error("{0} does not lie in {1}")]
    OtherYear(NaiveDate, i32),
    #[error("{0} is named twice, or both as a holiday and as a make-up day")]
    Repeated(NaiveDate),
    #[error("{0} is no Saturday or Sunday, so it cannot be a make-up day")]
    NotAWeekend(NaiveDate),
    #[error("the holiday {0} ends before it begins, or is longer than a year may have")]
    BadRange(String),
    #[error("{0} is not published; only a published year can be loaded")]
    NotPublished(i32),
}

impl AsProblem for CalendarError {
    fn problem(&self) -> Problem {
        let reason = Text::new(format!("放假安排有误：{self}"), self.to_string());
        Problem::invalid(vec![FieldError::new("calendar_year", "calendar_year_invalid", reason)])
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearSource {
    year: i32,
    status: YearStatus,
    source: String,
    holidays: Vec<Holiday>,
    make_up_days: Vec<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    name: String,
    from: NaiveDate,
    to: NaiveDate,
}

impl Year {
    /// Reads and checks `year`, `status`, `source`, `holidays` (name, from, to) and `make_up_days`.
    pub fn parse(yaml: &str) -> Result<Self, CalendarError> {
        let parsed: YearSource = serde_saphyr::from_str(yaml).map_err(|error| malformed(&error))?;
        let mut year = Self {
            year: parsed.year,
            status: parsed.status,
            source: parsed.source,
            holidays: BTreeSet::new(),
            make_up_days: BTreeSet::new(),
        };
        for holiday in &parsed.holidays {
            year.add_holiday(holiday)?;
        }
        for day in parsed.make_up_days {
            year.add_make_up_day(day)?;
        }
        Ok(year)
    }

    /// A day off by decree.
    pub fn is_holiday(&self, date: NaiveDate) -> bool {
        self.holidays.contains(&date)
    }

    /// A weekend day that is worked instead of a holiday.
    pub fn is_make_up_day(&self, date: NaiveDate) -> bool {
        self.make_up_days.contains(&date)
    }

    fn add_holiday(&mut self, holiday: &Holiday) -> Result<(), CalendarError> {
        let days = usize::try_from((holiday.to - holiday.from).num_days() + 1).unwrap_or(0);
        if days == 0 || days + self.holidays.len() > MOST_HOLIDAYS {
            return Err(CalendarError::BadRange(holiday.name.clone()));
        }
        for day in holiday.from.iter_days().take(days) {
            self.check_new(day)?;
            self.holidays.insert(day);
        }
        Ok(())
    }

    fn add_make_up_day(&mut self, day: NaiveDate) -> Result<(), CalendarError> {
        self.check_new(day)?;
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            return Err(CalendarError::NotAWeekend(day));
        }
        self.make_up_days.insert(day);
        Ok(())
    }

    fn check_new(&self, day: NaiveDate) -> Result<(), CalendarError> {
        if day.year() != self.year {
            return Err(CalendarError::OtherYear(day, self.year));
        }
        if self.is_holiday(day) || self.is_make_up_day(day) {
            return Err(CalendarError::Repeated(day));
        }
        Ok(())
    }
}

fn malformed(error: &serde_saphyr::Error) -> CalendarError {
    let line = error.location().map_or(0, |place| place.line());
    CalendarError::Malformed { line, reason: error.without_snippet().to_string() }
}

pub(crate) fn embedded() -> Result<Vec<Year>, CalendarError> {
    EMBEDDED.iter().map(|yaml| Year::parse(yaml)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(rest: &str) -> String {
        format!("year: 2027\nstatus: published\nsource: notice\n{rest}")
    }

    #[test]
    fn built_in_years_have_the_published_number_of_days() {
        let years = embedded().expect("valid");
        let counts: Vec<_> = years.iter().map(|y| (y.year, y.holidays.len(), y.make_up_days.len())).collect();
        assert_eq!(counts, [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6), (2027, 13, 0)]);
    }

    #[test]
    fn only_the_year_without_a_notice_is_provisional() {
        let years = embedded().expect("valid");
        let provisional: Vec<_> =
            years.iter().filter(|y| y.status == YearStatus::Provisional).map(|y| y.year).collect();
        assert_eq!(provisional, [2027]);
    }

    #[test]
    fn refuses_days_that_cannot_be() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("date");
        let cases = [
            (
                "holidays: [{name: 元旦, from: 2028-01-01, to: 2028-01-01}]\nmake_up_days: []",
                CalendarError::OtherYear(day("2028-01-01"), 2027),
            ),
            (
                "holidays: [{name: 元旦, from: 2027-01-03, to: 2027-01-01}]\nmake_up_days: []",
                CalendarError::BadRange("元旦".into()),
            ),
            ("holidays: []\nmake_up_days: [2027-10-08]", CalendarError::NotAWeekend(day("2027-10-08"))),
            (
                "holidays: [{name: 元旦, from: 2027-01-02, to: 2027-01-02}]\nmake_up_days: [2027-01-02]",
                CalendarError::Repeated(day("2027-01-02")),
            ),
        ];
        for (rest, expected) in cases {
            assert_eq!(Year::parse(&yaml(rest)), Err(expected), "{rest}");
        }
    }

    #[test]
    fn a_malformed_year_names_its_line() {
        let error = Year::parse(&yaml("holidays: []\nmake_up_days: [someday]")).expect_err("refused");
        assert!(matches!(error, CalendarError::Malformed { line: 5, .. }), "{error:?}");
    }
}
