//! Weeks as production plans them: Monday to Sunday, as people in China read the calendar.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

/// One week, named by its Monday: `2027-01-04`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "2027-01-04")]
pub struct Week(NaiveDate);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a week is named by its Monday, such as 2027-01-04")]
pub struct NotAMonday;

impl Week {
    /// The week an instant falls into.
    pub fn of(at: DateTime<Utc>) -> Self {
        let day = process::calendar::shanghai(at).date_naive();
        Self(day.week(Weekday::Mon).first_day())
    }

    pub fn monday(self) -> NaiveDate {
        self.0
    }

    /// This week and those after it.
    pub fn following(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |week| week.0.checked_add_days(Days::new(7)).map(Self))
    }
}

impl TryFrom<NaiveDate> for Week {
    type Error = NotAMonday;

    fn try_from(day: NaiveDate) -> Result<Self, NotAMonday> {
        if day.weekday() == Weekday::Mon { Ok(Self(day)) } else { Err(NotAMonday) }
    }
}

impl FromStr for Week {
    type Err = NotAMonday;

    fn from_str(text: &str) -> Result<Self, NotAMonday> {
        text.parse::<NaiveDate>().map_err(|_| NotAMonday)?.try_into()
    }
}

impl TryFrom<String> for Week {
    type Error = NotAMonday;

    fn try_from(text: String) -> Result<Self, NotAMonday> {
        text.parse()
    }
}

impl From<Week> for String {
    fn from(week: Week) -> Self {
        week.to_string()
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week_of(at: &str) -> String {
        Week::of(at.parse().expect("a time")).to_string()
    }

    #[test]
    fn a_week_begins_on_monday_in_shanghai() {
        assert_eq!(week_of("2027-01-03T15:59:59Z"), "2026-12-28");
        assert_eq!(week_of("2027-01-03T16:00:00Z"), "2027-01-04");
        assert_eq!(week_of("2027-01-10T15:59:59Z"), "2027-01-04");
    }

    #[test]
    fn only_mondays_name_a_week() {
        assert_eq!("2027-01-05".parse::<Week>(), Err(NotAMonday));
        assert_eq!("next week".parse::<Week>(), Err(NotAMonday));
        assert_eq!("2027-01-04".parse::<Week>().map(|week| week.to_string()), Ok("2027-01-04".into()));
    }

    #[test]
    fn weeks_follow_each_other_across_the_year() {
        let weeks: Vec<_> =
            "2026-12-28".parse::<Week>().expect("a Monday").following().take(2).map(String::from).collect();
        assert_eq!(weeks, ["2026-12-28", "2027-01-04"]);
    }
}
