use kernel::Money;
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::domain::condition::Band;
use crate::domain::rule::Candidate;
use crate::domain::source::Source;

fn people() -> Vec<Person> {
    let person = |n: u128, name: &str| Person { id: Uuid::from_u128(n), name: name.into() };
    vec![person(1, "测甲"), person(2, "测乙"), person(3, "测甲丙"), person(4, "同名"), person(5, "同名")]
}

fn read(sentence: &str) -> (Condition, Action) {
    parse(sentence, &people()).unwrap_or_else(|unclear| panic!("{sentence}: {unclear:?}"))
}

fn refused(sentence: &str) -> (String, Range<usize>, Why) {
    let unclear = parse(sentence, &people()).expect_err(sentence);
    (unclear.word, unclear.at, unclear.why)
}

#[test]
fn a_sentence_becomes_a_rule() {
    let (condition, action) = read("预算>20万且来自官网的线索，优先分给测甲或测乙");
    assert_eq!(condition.sources, [Source::WebForm]);
    assert_eq!(condition.budget, Some(Band { over: Some(Money::cny(20_000_000)), ..Band::default() }));
    let one = |n| Candidate { person_id: Uuid::from_u128(n), weight: 1 };
    assert_eq!(action.candidates, [one(1), one(2)]);
}

#[test]
fn everything_a_rule_can_say_is_understood() {
    let (condition, action) = read(
        "来源是展会扫码、电话，预算在 5 万到 20万之间，区域在华东或呼和浩特，行业为“化工、制药”，公司名称包含研究院的线索，\
         派给测甲60%、测甲丙40%；不给测乙；只给资深；须会焊接、防爆；须会线索的行业；没人时进入/huadong/的待分配池",
    );
    let expected = json!({
        "sources": ["exhibition_qr", "phone"],
        "budget": {"at_least": Money::cny(5_000_000), "at_most": Money::cny(20_000_000)},
        "regions": ["华东", "呼和浩特"], "industries": ["化工、制药"],
        "further": [{"field": "company", "comparison": "contains", "value": "研究院"}],
    });
    assert_eq!(serde_json::to_value(condition).expect("json"), expected);
    let id = |n: u128| Uuid::from_u128(n);
    let expected = json!({
        "split": [{"person_id": id(1), "percent": 60}, {"person_id": id(3), "percent": 40}], "candidates": [], "org": null,
        "skills": ["焊接", "防爆"], "industry_skill": true, "excluded": [id(2)], "level": "senior",
        "fallback": {"queue": "/huadong/"},
    });
    assert_eq!(serde_json::to_value(action).expect("json"), expected);
}

#[test]
fn amounts_are_read_as_people_write_them() {
    for (said, minor) in
        [("预算大于等于￥3,000元", 300_000), ("预算５万以上", 5_000_000), ("预算至少 1.5亿元", 15_000_000_000)]
    {
        let (condition, _) = read(&format!("{said}的线索分给/huadong/的人"));
        assert_eq!(condition.budget.and_then(|band| band.at_least), Some(Money::cny(minor)), "{said}");
    }
    let (condition, _) = read("预算高于5万且不超过20万的线索，分给大家");
    let band = condition.budget.expect("a band");
    assert_eq!((band.over, band.at_most), (Some(Money::cny(5_000_000)), Some(Money::cny(20_000_000))));
}

#[test]
fn a_unit_that_is_said_once_is_of_both_ends() {
    for (said, low, high) in [
        ("5到20万", 5_000_000, 20_000_000),
        ("5,000元到2万", 500_000, 2_000_000),
        ("3000至8000", 300_000, 800_000),
        ("1到2亿元", 10_000_000_000, 20_000_000_000),
    ] {
        let (condition, _) = read(&format!("预算{said}的线索，分给大家"));
        let band = condition.budget.expect("a band");
        assert_eq!((band.at_least, band.at_most), (Some(Money::cny(low)), Some(Money::cny(high))), "{said}");
    }
}

#[test]
fn the_exact_unclear_word_is_named() {
    let cases = [
        ("预算>20万且心情好的线索，分给测甲", "心情好", 7, 10, Why::Word),
        ("来自微博的线索，分给测甲", "微博", 2, 4, Why::Source),
        ("来自官网或微博的线索，分给测甲", "微博", 5, 7, Why::Source),
        ("所有线索分给王五或测甲", "王五", 6, 8, Why::Person),
        ("所有线索分给测甲或王五", "王五", 9, 11, Why::Person),
        ("所有线索分给同名", "同名", 6, 8, Why::Ambiguous),
        ("预算>很多，分给测甲", "很多", 3, 5, Why::Amount),
        ("预算20万，分给测甲", "，", 5, 6, Why::Word),
        ("所有线索分给/huadong", "/huadong", 6, 14, Why::Node),
        ("分给测甲，分给测乙", "分给测乙", 5, 9, Why::Twice),
        ("预算>1万且>2万，分给测甲", ">2万", 6, 9, Why::Twice),
        ("预算>20万的线索", "", 9, 9, Why::NoAction),
        ("", "", 0, 0, Why::NoAction),
    ];
    for (sentence, word, start, end, why) in cases {
        assert_eq!(refused(sentence), (word.to_owned(), start..end, why), "{sentence}");
    }
    let error = parse("来自微博", &people()).expect_err("unclear").error("sentence");
    assert_eq!((error.field.as_str(), error.code.as_str()), ("sentence[2..4]", "unknown_source"));
}
