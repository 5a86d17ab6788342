//! Numbers with what they count, found in a text and comparable across units: 三个月 and 90天, 三成 and 30%.

use super::numeral::numeral;

/// What is measured. Values are in the unit in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Length of time (days).
    Time,
    /// Yuan.
    Money,
    /// Hundredths.
    Percent,
    /// What is left of a price, in tenths (九折 is 9).
    Fold,
    Degrees,
    Decibels,
    /// How often something comes round (days): 每周, 按月.
    Period,
    /// How many times.
    Times,
    /// How many times over.
    Multiple,
    /// People, pieces and whatever else is counted.
    Count,
    /// A large number without a unit, which may be anything.
    Bare,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    pub dimension: Dimension,
    pub value: f64,
    /// Where it stands, from its first character to behind its unit.
    pub start: usize,
    pub end: usize,
    /// "One year", "one piece": as often the span of a rate, or an article, as a statement.
    pub single: bool,
}

/// Units, longer ones first where one begins like another.
const UNITS: &[(&str, Dimension, f64)] = &[
    ("个工作日", Dimension::Time, 1.0),
    ("工作日", Dimension::Time, 1.0),
    ("个百分点", Dimension::Percent, 1.0),
    ("个半月", Dimension::Time, 30.4375),
    ("个小时", Dimension::Time, 1.0 / 24.0),
    ("个钟头", Dimension::Time, 1.0 / 24.0),
    ("个星期", Dimension::Time, 7.0),
    ("个礼拜", Dimension::Time, 7.0),
    ("个季度", Dimension::Time, 91.3125),
    ("小时", Dimension::Time, 1.0 / 24.0),
    ("钟头", Dimension::Time, 1.0 / 24.0),
    ("分钟", Dimension::Time, 1.0 / 1440.0),
    ("星期", Dimension::Time, 7.0),
    ("礼拜", Dimension::Time, 7.0),
    ("季度", Dimension::Time, 91.3125),
    ("个月", Dimension::Time, 30.4375),
    ("周", Dimension::Time, 7.0),
    ("天", Dimension::Time, 1.0),
    ("日", Dimension::Time, 1.0),
    ("年", Dimension::Time, 365.25),
    ("块钱", Dimension::Money, 1.0),
    ("毛钱", Dimension::Money, 0.1),
    ("分钱", Dimension::Money, 0.01),
    ("元", Dimension::Money, 1.0),
    ("块", Dimension::Money, 1.0),
    ("毛", Dimension::Money, 0.1),
    ("角", Dimension::Money, 0.1),
    ("个点", Dimension::Percent, 1.0),
    ("%", Dimension::Percent, 1.0),
    ("成", Dimension::Percent, 10.0),
    ("折", Dimension::Fold, 1.0),
    ("摄氏度", Dimension::Degrees, 1.0),
    ("度", Dimension::Degrees, 1.0),
    ("分贝", Dimension::Decibels, 1.0),
    ("倍", Dimension::Multiple, 1.0),
    ("次", Dimension::Times, 1.0),
    ("遍", Dimension::Times, 1.0),
    ("回", Dimension::Times, 1.0),
    ("趟", Dimension::Times, 1.0),
];

const COUNTED: &str = "个名位人份台套箱张件瓶桶罐面款家级亩平吨斤升米票单枪间层种页盒袋条部只双步户颗片期桌项辆";

/// What makes 成 something else than tenths.
const NOT_TENTHS: &str = "交本立功长品果效为了熟员型";

/// Every quantity of `chars`, in order.
pub fn quantities(chars: &[char]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match quantity(chars, at) {
            Some(quantity) => {
                at = quantity.end;
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    found
}

fn starts(chars: &[char], at: usize, text: &str) -> bool {
    let rest = chars.get(at..).unwrap_or_default();
    let mut length = 0;
    text.chars().all(|c| {
        length += 1;
        rest.get(length - 1) == Some(&c)
    })
}

fn quantity(chars: &[char], at: usize) -> Option<Quantity> {
    idiom(chars, at).or_else(|| period(chars, at)).or_else(|| share(chars, at)).or_else(|| measured(chars, at))
}

/// Spans and multiples with no number in front: 半年, 一刻钟, 假一赔十.
fn idiom(chars: &[char], at: usize) -> Option<Quantity> {
    const IDIOMS: &[(&str, f64)] = &[
        ("半个多月", 15.0),
        ("半个月", 15.0),
        ("半个小时", 1.0 / 48.0),
        ("半个钟头", 1.0 / 48.0),
        ("半小时", 1.0 / 48.0),
        ("半年", 182.625),
        ("一刻钟", 1.0 / 96.0),
        ("半天", 0.5),
    ];
    let time = IDIOMS.iter().find(|(text, _)| starts(chars, at, text));
    if let Some((text, value)) = time {
        let end = at + text.chars().count();
        return Some(Quantity { dimension: Dimension::Time, value: *value, start: at, end, single: false });
    }
    if !starts(chars, at, "假一赔") {
        return None;
    }
    let times = numeral(&chars[at + 3..])?;
    let end = at + 3 + times.length;
    Some(Quantity { dimension: Dimension::Multiple, value: times.value, start: at + 3, end, single: false })
}

/// 每天, 按月, 一周一次.
fn period(chars: &[char], at: usize) -> Option<Quantity> {
    const PERIODS: &[(&str, f64)] = &[
        ("每个工作日", 1.0),
        ("每天", 1.0),
        ("每日", 1.0),
        ("天天", 1.0),
        ("每个星期", 7.0),
        ("每个礼拜", 7.0),
        ("每星期", 7.0),
        ("每周", 7.0),
        ("一周一", 7.0),
        ("周报", 7.0),
        ("每个月", 30.4375),
        ("一个月一", 30.4375),
        ("每月", 30.4375),
        ("按月", 30.4375),
        ("月付", 30.4375),
        ("每个季度", 91.3125),
        ("一个季度一", 91.3125),
        ("每季度", 91.3125),
        ("按季度", 91.3125),
        ("每年", 365.25),
        ("按年", 365.25),
        ("一年一", 365.25),
        ("年年", 365.25),
    ];
    let (text, value) = PERIODS.iter().find(|(text, _)| starts(chars, at, text))?;
    let end = at + text.chars().count();
    Some(Quantity { dimension: Dimension::Period, value: *value, start: at, end, single: false })
}

/// 百分之五, 千分之三.
fn share(chars: &[char], at: usize) -> Option<Quantity> {
    let (prefix, unit) = [("百分之", 1.0), ("千分之", 0.1), ("万分之", 0.01)]
        .into_iter()
        .find(|(prefix, _)| starts(chars, at, prefix))?;
    let from = at + prefix.chars().count();
    let number = numeral(chars.get(from..)?)?;
    let (value, end) = (number.value * unit, from + number.length);
    Some(Quantity { dimension: Dimension::Percent, value, start: at, end, single: false })
}

fn measured(chars: &[char], at: usize) -> Option<Quantity> {
    let (from, sign) = if starts(chars, at, "零下") { (at + 2, -1.0) } else { (at, 1.0) };
    let number = numeral(chars.get(from..)?)?;
    let behind = from + number.length;
    let ordinal = at > 0 && chars[at - 1] == '第';
    if ordinal {
        return None;
    }
    let behind = behind + usize::from(chars.get(behind).is_some_and(|c| matches!(c, '多' | '来')));
    let unit = UNITS.iter().find(|(text, _, _)| starts(chars, behind, text));
    let Some((text, dimension, factor)) = unit else {
        return counted(chars, at, number.value, behind);
    };
    let mut end = behind + text.chars().count();
    let next = chars.get(end).copied();
    let mut value = sign * number.value * factor;
    match *text {
        "成" if next.is_some_and(|c| NOT_TENTHS.contains(c)) || number.value > 10.0 => return None,
        "成" if let Some(more) = numeral(chars.get(end..).unwrap_or_default()).filter(|more| more.value < 10.0) => {
            value += more.value;
            end += more.length;
        }
        "年" if number.value >= 1_990.0 => return None,
        "年" | "个月" if next == Some('半') => {
            value += factor / 2.0;
            end += 1;
        }
        "个半月" => value += factor / 2.0,
        // 九五折.
        "折" if number.value >= 10.0 => value /= 10.0,
        "块" | "分钱" | "毛钱" | "次" | "遍" | "回" | "趟" if number.value < 2.0 => return None,
        _ => {}
    }
    let single = *dimension == Dimension::Time && (number.value - 1.0).abs() < f64::EPSILON;
    Some(Quantity { dimension: *dimension, value, start: at, end, single })
}

/// A number of things, or a bare one that is large enough to mean something.
fn counted(chars: &[char], at: usize, value: f64, behind: usize) -> Option<Quantity> {
    let unit = chars.get(behind).copied().filter(|c| COUNTED.contains(*c));
    let spoken_pair = chars.get(behind.wrapping_sub(1)).is_some_and(|c| matches!(c, '俩' | '仨'));
    if (unit.is_some() && value >= 1.0) || spoken_pair {
        let end = behind + usize::from(unit.is_some());
        return Some(Quantity { dimension: Dimension::Count, value, start: at, end, single: value < 2.0 });
    }
    let bare = value >= 10.0 && !chars.get(behind).is_some_and(|c| matches!(c, '分' | '月' | '点' | '号'));
    let idiomatic = starts(chars, at, "千万") || starts(chars, at, "百分") || starts(chars, at, "万一");
    (bare && !idiomatic).then_some(Quantity {
        dimension: Dimension::Bare,
        value,
        start: at,
        end: behind,
        single: false,
    })
}

/// The same amount: times may differ by 2 % (three months and ninety days), a bare number fits everything.
pub fn same(one: &Quantity, other: &Quantity) -> bool {
    let close = |a: f64, b: f64, tolerance: f64| (a - b).abs() <= tolerance * a.abs().max(b.abs()) + 1e-9;
    match (one.dimension, other.dimension) {
        (Dimension::Time, Dimension::Time) => close(one.value, other.value, 0.02),
        (Dimension::Fold, Dimension::Percent) => close(100.0 - one.value * 10.0, other.value, 1e-6),
        (Dimension::Percent, Dimension::Fold) => close(100.0 - other.value * 10.0, one.value, 1e-6),
        // 一年省六千 for 每年省六千.
        (Dimension::Period, Dimension::Time) => other.single && close(one.value, other.value, 0.02),
        (Dimension::Bare, _)
        | (_, Dimension::Bare)
        | (Dimension::Count, Dimension::Times)
        | (Dimension::Times, Dimension::Count) => close(one.value, other.value, 1e-6),
        (a, b) => a == b && close(one.value, other.value, 1e-6),
    }
}

/// Measures the same kind of thing, so that two different values can be at odds.
pub fn comparable(one: &Quantity, other: &Quantity) -> bool {
    let folds = |d: Dimension| matches!(d, Dimension::Fold | Dimension::Percent);
    one.dimension == other.dimension && one.dimension != Dimension::Bare
        || folds(one.dimension) && folds(other.dimension)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str) -> Vec<(Dimension, f64)> {
        let chars: Vec<char> = text.chars().collect();
        quantities(&chars).into_iter().map(|one| (one.dimension, (one.value * 1e4).round() / 1e4)).collect()
    }

    #[test]
    fn quantities_are_found_with_their_units() {
        use Dimension::{Count, Decibels, Degrees, Fold, Money, Multiple, Percent, Period, Time, Times};
        let cases: &[(&str, &[(Dimension, f64)])] = &[
            ("首付三成，分六个月", &[(Percent, 30.0), (Time, 182.625)]),
            ("每升不到两毛钱", &[(Money, 0.2)]),
            ("打九五折", &[(Fold, 9.5)]),
            ("零下十五度超过十分钟", &[(Degrees, -15.0), (Time, 0.0069)]),
            ("两年半收回", &[(Time, 913.125)]),
            ("多收一成二", &[(Percent, 12.0)]),
            ("千分之三", &[(Percent, 0.3)]),
            ("只有四十八分贝", &[(Decibels, 48.0)]),
            ("假一赔十", &[(Multiple, 10.0)]),
            ("教会两名操作工", &[(Count, 2.0)]),
            ("水洗五十遍", &[(Times, 50.0)]),
            ("成交率平均高八个点", &[(Percent, 8.0)]),
            ("我第一次来，一样的，万一呢，一点不贵，十分放心", &[]),
            ("每周一份，按月结", &[(Period, 7.0), (Count, 1.0), (Period, 30.4375)]),
        ];
        for (text, wanted) in cases {
            assert_eq!(all(text), *wanted, "{text}");
        }
    }

    #[test]
    fn the_same_amount_in_other_units_is_the_same() {
        let one = |text: &str| quantities(&text.chars().collect::<Vec<_>>())[0];
        for (a, b) in
            [("三个月", "90天"), ("半个月", "十五天"), ("24小时", "一天"), ("九折", "10%"), ("六千元", "6000")]
        {
            assert!(same(&one(a), &one(b)), "{a} {b}");
        }
        for (a, b) in [("十天", "两周"), ("三成", "13%"), ("五年", "五个月")] {
            assert!(!same(&one(a), &one(b)) && comparable(&one(a), &one(b)), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn spans_lie_inside_and_do_not_overlap(text in "[零一二两三十百千万个月年天元块成折半%0-9第多]{0,20}") {
            let chars: Vec<char> = text.chars().collect();
            let mut last = 0;
            for one in quantities(&chars) {
                prop_assert!(last <= one.start && one.start < one.end && one.end <= chars.len());
                last = one.end;
            }
        }
    }
}
