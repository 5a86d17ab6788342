//! Dates as people say them, from the day they are said on: 下周三, 月底, 三天后, 15号.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::super::scoring::numeral::numeral;
use super::super::scoring::quantity::{Dimension, quantities};

/// A date and the words it was said with, by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    pub date: NaiveDate,
    pub start: usize,
    pub end: usize,
}

/// Every date in `chars` that is not before `today`, the day they were said on.
pub fn dates(chars: &[char], today: NaiveDate) -> Vec<Said> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let Some((date, end)) = date_at(chars, at, today) else {
            // 45号 is not the 5th.
            at += numeral(&chars[at..]).map_or(1, |number| number.length);
            continue;
        };
        if date >= today {
            found.push(Said { date, start: at, end });
        }
        at = end;
    }
    found.extend(spans(chars, today));
    found
}

fn date_at(chars: &[char], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    named_day(chars, at, today)
        .or_else(|| week_day(chars, at, today))
        .or_else(|| end_of(chars, at, today))
        .or_else(|| month_and_day(chars, at, today))
        .or_else(|| day_of_month(chars, at, today))
}

fn starts<'a>(chars: &[char], at: usize, words: &[(&'a str, i64)]) -> Option<(&'a str, i64, usize)> {
    words.iter().find_map(|(word, value)| {
        let mut length = 0;
        let fits = word.chars().all(|c| {
            length += 1;
            chars.get(at + length - 1) == Some(&c)
        });
        fits.then_some((*word, *value, at + length))
    })
}

fn named_day(chars: &[char], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let words =
        [("大后天", 3), ("后天", 2), ("明天", 1), ("明儿", 1), ("今天", 0), ("今晚", 0), ("明早", 1), ("明晚", 1)];
    let (_, days, end) = starts(chars, at, &words)?;
    Some((today.checked_add_days(Days::new(u64::try_from(days).ok()?))?, end))
}

/// 周三 is the next one from today, 下周三 that of the week after this one; weeks begin on Monday.
fn week_day(chars: &[char], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let weeks = [
        ("下下个星期", 2),
        ("下下星期", 2),
        ("下下周", 2),
        ("下个星期", 1),
        ("下个礼拜", 1),
        ("下星期", 1),
        ("下礼拜", 1),
        ("下周", 1),
        ("这个星期", 0),
        ("这个礼拜", 0),
        ("这星期", 0),
        ("这周", 0),
        ("本周", 0),
        ("星期", -1),
        ("礼拜", -1),
        ("周", -1),
    ];
    let counted = at > 0 && "一二三四五六七八九十两每半几0123456789".contains(chars[at - 1]);
    let (_, week, end) = starts(chars, at, &weeks).filter(|_| !counted)?;
    let days = [("一", 0), ("二", 1), ("三", 2), ("四", 3), ("五", 4), ("六", 5), ("日", 6), ("天", 6)];
    let (_, day, end) = starts(chars, end, &days)?;
    let monday = today.checked_sub_days(Days::new(u64::from(today.weekday().num_days_from_monday())))?;
    let in_week = |week: i64| monday.checked_add_days(Days::new(u64::try_from(week * 7 + day).ok()?));
    let date = match week {
        -1 => in_week(0).filter(|date| *date >= today).or_else(|| in_week(1)),
        week => in_week(week),
    };
    Some((date?, end))
}

/// 月底, 下个月底, 年底, 下个月初, 下周末.
fn end_of(chars: &[char], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let words = [
        ("下个月底", 1),
        ("下月底", 1),
        ("这个月底", 0),
        ("本月底", 0),
        ("月底", 0),
        ("下个月初", 10),
        ("下月初", 10),
        ("年底", 20),
        ("年前", 20),
    ];
    let (_, which, end) = starts(chars, at, &words)?;
    let first = today.with_day(1)?;
    let date = match which {
        10 => first.checked_add_months(Months::new(1))?,
        20 => NaiveDate::from_ymd_opt(today.year(), 12, 31)?,
        months => first.checked_add_months(Months::new(u32::try_from(months).ok()? + 1))?.pred_opt()?,
    };
    Some((date, end))
}

/// 12月5号, 下个月8号; a date long past is next year's.
fn month_and_day(chars: &[char], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let relative = starts(chars, at, &[("下个月", 1), ("下月", 1), ("这个月", 0), ("本月", 0)]);
    if let Some((_, months, behind)) = relative {
        let (day, end) = day_number(chars, behind)?;
        let month = today.with_day(1)?.checked_add_months(Months::new(u32::try_from(months).ok()?))?;
        return Some((month.with_day(day)?, end));
    }
    let month = numeral(chars.get(at..)?).filter(|number| (1.0..=12.0).contains(&number.value))?;
    let behind = at + month.length;
    if chars.get(behind) != Some(&'月') {
        return None;
    }
    let (day, end) = day_number(chars, behind + 1)?;
    let date = NaiveDate::from_ymd_opt(today.year(), month.value as u32, day)?;
    let past = date < today.checked_sub_days(Days::new(31))?;
    Some((if past { date.checked_add_months(Months::new(12))? } else { date }, end))
}

/// 15号: this month's, or the next month's when it is past.
fn day_of_month(chars: &[char], at: usize, today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let (day, end) = day_number(chars, at)?;
    let here = today.with_day(day).filter(|date| *date >= today);
    let next = || today.with_day(1)?.checked_add_months(Months::new(1))?.with_day(day);
    Some((here.or_else(next)?, end))
}

fn day_number(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let number = numeral(chars.get(at..)?).filter(|number| (1.0..=31.0).contains(&number.value))?;
    let end = at + number.length;
    let is_day = matches!(chars.get(end), Some('号' | '日'))
        && !matches!(chars.get(end + 1), Some('楼' | '线' | '机' | '店' | '厂'));
    is_day.then_some((number.value as u32, end + 1))
}

/// 三天后, 两周内: so many days from today.
fn spans(chars: &[char], today: NaiveDate) -> Vec<Said> {
    let bounded =
        |end: usize| starts(chars, end, &[("之后", 0), ("以后", 0), ("之内", 0), ("以内", 0), ("后", 0), ("内", 0)]);
    let days = quantities(chars)
        .into_iter()
        .filter(|one| one.dimension == Dimension::Time && (1.0..=366.0).contains(&one.value));
    days.filter_map(|one| {
        let (_, _, end) = bounded(one.end)?;
        Some(Said { date: today.checked_add_days(Days::new(one.value.round() as u64))?, start: one.start, end })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A Wednesday.
    const TODAY: (i32, u32, u32) = (2026, 11, 25);

    fn first(text: &str) -> Option<String> {
        let chars: Vec<char> = text.chars().collect();
        let today = NaiveDate::from_ymd_opt(TODAY.0, TODAY.1, TODAY.2).unwrap();
        dates(&chars, today).first().map(|said| said.date.to_string())
    }

    #[test]
    fn dates_count_from_the_day_of_the_recording() {
        let cases = [
            ("明天给您答复", "2026-11-26"),
            ("大后天见", "2026-11-28"),
            ("周五过来", "2026-11-27"),
            ("周一上午", "2026-11-30"),
            ("下周三签合同", "2026-12-02"),
            ("这个星期天", "2026-11-29"),
            ("下下周二", "2026-12-08"),
            ("28号付款", "2026-11-28"),
            ("十五号之前", "2026-12-15"),
            ("12月5日交货", "2026-12-05"),
            ("一月八号", "2027-01-08"),
            ("下个月十号", "2026-12-10"),
            ("月底结清", "2026-11-30"),
            ("下月底", "2026-12-31"),
            ("年底前", "2026-12-31"),
            ("下个月初", "2026-12-01"),
            ("三天后给您", "2026-11-28"),
            ("两周内", "2026-12-09"),
        ];
        for (text, wanted) in cases {
            assert_eq!(first(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_past_is_none() {
        for text in ["一周一次", "质保三年", "三号楼", "周边配套", "每天八小时", "上个月", "31号线", "45号"]
        {
            assert_eq!(first(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn dates_lie_ahead_and_spans_inside(text in "[今明后天下周一二三个月底年号日0-9十内]{0,16}", day in 0_u64..800) {
            let chars: Vec<char> = text.chars().collect();
            let today = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().checked_add_days(Days::new(day)).unwrap();
            for said in dates(&chars, today) {
                prop_assert!(said.date >= today && said.start < said.end && said.end <= chars.len());
            }
        }
    }
}
