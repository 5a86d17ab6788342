//! Years, days and times.

use super::super::numeral;
use super::context::Text;
use super::number::number;

/// 二零二六年 and 二六年, said digit by digit; 三四年 is three or four years.
pub(super) fn year(text: &Text, at: usize) -> Option<(usize, String)> {
    let len = text.numeral_len(at);
    if text.char(at + len) != Some('年') || !matches!(len, 2 | 4) {
        return None;
    }
    let digits = numeral::digits(text.slice(at..at + len))?;
    let approximate = len == 2 && digits.as_bytes()[1] == digits.as_bytes()[0] + 1 && !digits.starts_with('0');
    (!approximate).then(|| (len + 1, format!("{digits}年")))
}

/// 三月五号, 三月, 五号; a day behind its month is written with 日.
pub(super) fn month_and_day(text: &Text, at: usize) -> Option<(usize, String)> {
    let first = number(text, at)?;
    let value = first.whole?;
    let mark = at + first.len;
    match text.char(mark)? {
        '月' if (1..=12).contains(&value) => {
            let month = (first.len + 1, format!("{value}月"));
            let Some(day) = number(text, mark + 1) else { return Some(month) };
            let ends_day = matches!(text.char(mark + 1 + day.len), Some('号' | '日'));
            let valid = day.whole.is_some_and(|day| (1..=31).contains(&day));
            if !ends_day || !valid {
                return Some(month);
            }
            Some((first.len + 1 + day.len + 1, format!("{value}月{}日", day.written)))
        }
        '号' if !matches!(text.char(mark + 1), Some('召' | '称' | '码')) => {
            Some((first.len + 1, format!("{}号", first.written)))
        }
        _ => None,
    }
}

/// 三点十五分, 三点半, 下午三点, 十点.
pub(super) fn time(text: &Text, at: usize) -> Option<(usize, String)> {
    let hour = number(text, at)?;
    let value = hour.whole.filter(|hour| *hour <= 24)?;
    let mark = at + hour.len;
    if text.char(mark) != Some('点') {
        return None;
    }
    let minute_len = text.numeral_len(mark + 1);
    if minute_len > 0 && text.char(mark + 1 + minute_len) == Some('分') && !text.is(mark + 1 + minute_len, "分之") {
        let minute = minutes(text.slice(mark + 1..mark + 1 + minute_len))?;
        return Some((hour.len + 1 + minute_len + 1, format!("{value}点{minute}分")));
    }
    let exact = text.any(mark + 1, &["钟", "半", "整", "一刻", "三刻"]).is_some();
    (exact || text.is_time_of_day(at) || value >= 10).then(|| (hour.len + 1, format!("{value}点")))
}

/// 十五, 五 and 零五.
fn minutes(chars: &[char]) -> Option<String> {
    if let Some(value) = numeral::cardinal(chars) {
        return (value < 60).then(|| value.to_string());
    }
    numeral::digits(chars).filter(|digits| digits.len() == 2 && digits.starts_with('0'))
}
