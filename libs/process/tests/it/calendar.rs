use chrono::{DateTime, Duration, NaiveDate, Utc, Weekday};
use process::calendar::{Armed, Due, WorkingHours, Year, replan, shanghai};
use process::{Calendar, DeadlineClock};
use proptest::prelude::*;

fn china() -> Calendar {
    Calendar::china(WorkingHours::default()).expect("valid")
}

/// Shanghai time such as `2026-02-13 17:00`.
fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_str(&format!("{text} +0800"), "%Y-%m-%d %H:%M %z").expect("time").to_utc()
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("date")
}

fn due(start: &str, hours: i64) -> String {
    let due = china().due(at(start), Duration::hours(hours), DeadlineClock::Working);
    shanghai(due.at).format("%Y-%m-%d %H:%M").to_string()
}

#[test]
fn holidays_and_exchanged_weekends_are_as_published() {
    let calendar = china();
    let off = ["2024-02-10", "2024-09-17", "2025-01-28", "2025-10-08", "2026-02-23", "2026-10-07", "2026-01-02"];
    let on = ["2024-02-04", "2024-10-12", "2025-01-26", "2025-10-11", "2026-02-14", "2026-02-28", "2026-01-04"];
    let weekends = ["2024-02-03", "2025-01-25", "2026-11-21", "2026-11-22", "2030-01-05"];
    let ordinary = ["2024-02-09", "2025-01-27", "2026-11-23", "2030-01-04"];
    off.iter().chain(&weekends).for_each(|date| assert!(!calendar.is_working_day(day(date)), "{date}"));
    on.iter().chain(&ordinary).for_each(|date| assert!(calendar.is_working_day(day(date)), "{date}"));
}

#[test]
fn working_days_of_each_published_year() {
    let calendar = china();
    let count = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("date");
        first
            .iter_days()
            .take_while(|one| one.format("%Y").to_string() == year.to_string())
            .filter(|one| calendar.is_working_day(*one))
            .count()
    };
    assert_eq!([count(2024), count(2025), count(2026)], [251, 248, 248]);
}

#[test]
fn working_time_skips_nights_weekends_and_the_spring_festival() {
    assert_eq!(due("2026-11-23 10:00", 2), "2026-11-23 12:00");
    assert_eq!(due("2026-11-23 17:00", 2), "2026-11-24 10:00");
    assert_eq!(due("2026-11-20 17:00", 2), "2026-11-23 10:00");
    assert_eq!(due("2026-11-21 03:00", 9), "2026-11-23 18:00");
    // Saturday the 14th is worked in exchange; the festival lasts until the 23rd.
    assert_eq!(due("2026-02-13 17:00", 2), "2026-02-14 10:00");
    assert_eq!(due("2026-02-14 17:00", 2), "2026-02-24 10:00");
}

#[test]
fn elapsed_time_counts_every_minute_and_is_never_provisional() {
    let due = china().due(at("2026-12-31 23:00"), Duration::hours(48), DeadlineClock::Elapsed);
    assert_eq!(due, Due { at: at("2027-01-02 23:00"), provisional: false });
}

#[test]
fn a_due_time_that_crosses_an_unpublished_year_says_so() {
    let calendar = china();
    let provisional = |start: &str| calendar.due(at(start), Duration::hours(9), DeadlineClock::Working).provisional;
    assert!(!provisional("2026-12-30 09:00"));
    assert!(provisional("2026-12-31 12:00"));
    assert!(provisional("2027-03-01 09:00"));
    assert!(provisional("2031-03-03 09:00"));
}

#[test]
fn loading_the_published_year_moves_what_it_changes() {
    let before = china();
    let yaml = "{year: 2027, status: published, source: notice, make_up_days: [2027-01-30], \
                holidays: [{name: 元旦, from: 2027-01-01, to: 2027-01-03}, {name: 春节, from: 2027-02-05, to: 2027-02-11}]}";
    let after = china().with_year(Year::parse(yaml).expect("valid"));
    let armed = |id: u8, start: &str, clock| {
        let (start, length) = (at(start), Duration::hours(9));
        Armed { id, start, length, clock, due: before.due(start, length, clock) }
    };
    let armed = [
        armed(1, "2026-12-30 09:00", DeadlineClock::Working),
        armed(2, "2027-02-04 12:00", DeadlineClock::Working),
        armed(3, "2027-03-01 09:00", DeadlineClock::Working),
        armed(4, "2027-02-04 12:00", DeadlineClock::Elapsed),
    ];
    let replanned = replan(&after, armed);
    let moved: Vec<_> = replanned.iter().map(|one| (one.id, one.after.provisional)).collect();
    assert_eq!(moved, [(2, false), (3, false)]);
    assert_eq!((replanned[0].before.at, replanned[0].after.at), (at("2027-02-09 12:00"), at("2027-02-12 12:00")));
    assert_eq!(replanned[1].before.at, replanned[1].after.at);
}

#[test]
fn opening_counts_as_working_and_closing_does_not() {
    let calendar = china();
    assert!(calendar.is_working(at("2026-11-23 09:00")) && !calendar.is_working(at("2026-11-23 18:00")));
    assert!(!calendar.is_working(at("2026-11-23 08:59")) && calendar.is_working(at("2026-11-23 17:59")));
}

#[test]
fn absurd_lengths_end_somewhere() {
    let due = china().due(at("2026-11-23 09:00"), Duration::MAX, DeadlineClock::Working);
    assert!(due.provisional && due.at > at("2100-01-01 00:00"));
    assert_eq!(china().due(at("2026-11-23 09:00"), Duration::MAX, DeadlineClock::Elapsed).at, DateTime::<Utc>::MAX_UTC);
}

prop_compose! {
    fn instant()(minute in 0_i64..4 * 366 * 24 * 60) -> DateTime<Utc> {
        at("2024-01-01 00:00") + Duration::minutes(minute)
    }
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let lunch = WorkingHours::new(&["08:30-12:00", "13:15-24:00"], &[Weekday::Mon, Weekday::Wed, Weekday::Sun]);
    let hours = prop_oneof![Just(WorkingHours::default()), Just(lunch.expect("valid"))];
    hours.prop_map(|hours| Calendar::china(hours).expect("valid"))
}

fn working(calendar: &Calendar, start: DateTime<Utc>, minutes: i64) -> DateTime<Utc> {
    calendar.due(start, Duration::minutes(minutes), DeadlineClock::Working).at
}

proptest! {
    #[test]
    fn a_due_time_lies_in_working_time(calendar in calendars(), start in instant(), minutes in 1_i64..30_000) {
        let due = working(&calendar, start, minutes);
        prop_assert!(calendar.is_working(due - Duration::microseconds(1)));
        prop_assert!(due >= start + Duration::minutes(minutes));
    }

    #[test]
    fn due_times_add_up(calendar in calendars(), start in instant(), a in 0_i64..20_000, b in 0_i64..20_000) {
        prop_assert_eq!(working(&calendar, working(&calendar, start, a), b), working(&calendar, start, a + b));
    }

    #[test]
    fn the_working_time_up_to_a_due_time_is_its_length(
        calendar in calendars(), start in instant(), minutes in 0_i64..30_000,
    ) {
        let due = working(&calendar, start, minutes);
        prop_assert_eq!(calendar.working_time_between(start, due), Duration::minutes(minutes));
    }

    #[test]
    fn later_starts_are_due_no_earlier(calendar in calendars(), start in instant(), gap in 0_i64..10_000, m in 0_i64..10_000) {
        let later = start + Duration::minutes(gap);
        prop_assert!(working(&calendar, start, m) <= working(&calendar, later, m));
    }
}
