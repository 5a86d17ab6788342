//! Whatever is said and written keeps its value.

use proptest::prelude::*;

use super::*;

/// How a number is said.
fn spoken(value: u64) -> String {
    let mut said = String::new();
    let mut gap = false;
    for (unit, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let section = value / unit % if unit == 100_000_000 { u64::MAX } else { 10_000 };
        if section == 0 {
            gap = !said.is_empty();
            continue;
        }
        if gap || !said.is_empty() && section < 1_000 {
            said.push('零');
        }
        gap = false;
        said.push_str(&under_ten_thousand(section));
        said.push_str(name);
    }
    if said.is_empty() {
        "零".into()
    } else {
        said.strip_prefix("一十").map_or(said.clone(), |rest| format!("十{rest}"))
    }
}

fn under_ten_thousand(section: u64) -> String {
    let mut said = String::new();
    let mut gap = false;
    for (unit, name) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = section / unit % 10;
        if digit == 0 {
            gap = !said.is_empty();
            continue;
        }
        if gap {
            said.push('零');
            gap = false;
        }
        said.extend("零一二三四五六七八九".chars().nth(digit as usize));
        said.push_str(name);
    }
    said
}

/// What a written number is worth.
fn value(written: &str) -> u64 {
    let (digits, unit) = match written.strip_suffix("万亿") {
        Some(digits) => (digits, 1_000_000_000_000),
        None => match (written.strip_suffix('亿'), written.strip_suffix('万')) {
            (Some(digits), _) => (digits, 100_000_000),
            (_, Some(digits)) => (digits, 10_000),
            _ => (written, 1),
        },
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let scale = 10_u64.pow(decimals.len() as u32);
    let decimals: u64 = if decimals.is_empty() { 0 } else { decimals.parse().unwrap() };
    whole.parse::<u64>().unwrap() * unit + decimals * unit / scale
}

proptest! {
    #[test]
    fn a_number_said_and_written_keeps_its_value(number in prop_oneof![11..100_000_u64, 100_000..1_000_000_000_000_u64, (1..10_000_u64).prop_map(|n| n * 10_000)]) {
        let said = spoken(number);
        let got = written(&said);
        prop_assert_eq!(value(&got), number, "{} became {}", said, got);
    }

    #[test]
    fn so_does_an_amount(number in 11..10_000_000_u64) {
        let got = written(&format!("报价{}元", spoken(number)));
        let amount = got.strip_prefix("报价").and_then(|got| got.strip_suffix('元')).unwrap();
        prop_assert_eq!(value(amount), number);
    }

    #[test]
    fn so_does_a_percentage(whole in 0..100_u64, tenth in 0..10_u64) {
        let digit = "零一二三四五六七八九".chars().nth(tenth as usize).unwrap();
        prop_assert_eq!(written(&format!("百分之{}点{digit}", spoken(whole))), format!("{whole}.{tenth}%"));
    }

    #[test]
    fn digits_said_one_by_one_keep_their_order(number in "1[0-9]{10}") {
        let said: String = number.bytes().map(|byte| "零幺二三四五六七八九".chars().nth(usize::from(byte - b'0')).unwrap()).collect();
        prop_assert_eq!(written(&said), number);
    }

    #[test]
    fn anything_can_be_rewritten_and_stays_so(text in "[零一二两三四五六七八九十百千万亿点分之块元年月号半毛折负几，的0-9]{0,24}") {
        let once = written(&text);
        let edits = edits(&text);
        prop_assert!(edits.windows(2).all(|pair| pair[0].source.end <= pair[1].source.start));
        prop_assert_eq!(written(&once).chars().filter(|char| !char.is_ascii()).count() <= once.chars().filter(|char| !char.is_ascii()).count(), true);
    }
}
