use proptest::prelude::*;

use super::*;

fn ms(millis: usize) -> Duration {
    Duration::from_millis(millis as u64)
}

/// An utterance of 100 ms for each character, every character a piece.
fn said(start: usize, text: &str) -> Utterance {
    let piece = |(i, char): (usize, char)| Piece {
        text: char.into(),
        range: Some(ms(start + i * 100)..ms(start + (i + 1) * 100)),
        confidence: 1.0 - i as f32 / 100.0,
    };
    let pieces: Vec<Piece> = text.chars().enumerate().map(piece).collect();
    let range = ms(start)..ms(start + pieces.len() * 100);
    Utterance { range, text: text.into(), pieces, confidence: 0.9, doubtful: false }
}

/// What becomes of texts said one after the other, with half a second between them.
fn sentences(texts: &[&str]) -> Vec<Sentence> {
    let (mut lane, mut start) = (Lane::default(), 0);
    let mut out = Vec::new();
    for text in texts {
        out.extend(lane.push(Speaker::Mono, said(start, text)));
        start += text.chars().count() * 100 + 500;
    }
    out.extend(lane.finish());
    for sentence in &out {
        let pieces: String = sentence.pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(pieces, sentence.text);
    }
    out
}

fn texts(texts: &[&str]) -> Vec<String> {
    sentences(texts).into_iter().map(|sentence| sentence.text).collect()
}

#[test]
fn what_ends_in_no_number_is_certain_at_once() {
    let mut lane = Lane::default();
    assert_eq!(lane.push(Speaker::Mono, said(0, "我們後天再談")).len(), 1);
    assert_eq!(lane.push(Speaker::Mono, said(2_000, "預算一百二十五萬")).len(), 0);
    assert_eq!(lane.push(Speaker::Mono, said(4_000, "左右")).len(), 2);
    assert_eq!(lane.push(Speaker::Mono, said(6_000, "報價三萬")).len(), 0);
    assert_eq!(lane.push(Speaker::Mono, said(30_000, "好的")).len(), 2, "nobody goes on with a number that late");
}

#[test]
fn numbers_are_written_and_their_pieces_with_them() {
    let found = &sentences(&["一台要三千块"])[0];
    assert_eq!(found.text, "一台要3000元");
    let number = found.pieces.last().unwrap();
    assert_eq!((number.text.as_str(), number.range.clone()), ("3000元", Some(ms(300)..ms(600))));
    assert!((number.confidence - 0.95).abs() < 1e-6, "as sure as its least sure character");
    assert_eq!(found.pieces.len(), 4);
}

#[test]
fn a_telephone_number_said_in_breaths_is_gone() {
    assert_eq!(texts(&["我的电话是幺三八", "零零一三", "八零零零", "你记一下"]), ["我的电话是【电话】", "你记一下"]);
    assert_eq!(texts(&["幺三八", "嗯", "五六七八", "嗯好", "一二三四。", "记了"]), ["【电话】", "记了"]);
    assert_eq!(texts(&["电话是", "六二三四五六七"]), ["电话是", "【电话】"]);
    // 七七八八 is a word of its own, but not in here.
    assert_eq!(texts(&["幺三", "八八幺三", "七七八八零", "就这样"]), ["【电话】", "就这样"]);
    assert_eq!(texts(&["幺三八", "九九幺零", "七七八八", "就这样"]), ["【电话】", "就这样"]);
    assert_eq!(texts(&["已经谈得七七八八了"]), ["已经谈得七七八八了"]);
}

#[test]
fn whoever_counts_forever_is_not_waited_for() {
    let mut lane = Lane::default();
    let out: usize = (0..100).map(|i| lane.push(Speaker::Mono, said(i * 1_000, "十五")).len()).sum();
    assert!(out >= 100 - MOST);
}

#[test]
fn pieces_that_do_not_make_the_text_are_given_up() {
    let mut utterance = said(0, "你好");
    utterance.text = "您好呀".into();
    let found = Lane::default().push(Speaker::Left, utterance).remove(0);
    assert_eq!((found.text.as_str(), found.pieces.len(), found.speaker), ("您好呀", 1, Speaker::Left));
    let mut spaced = said(0, " 好的");
    spaced.text = "好的".into();
    assert_eq!(Lane::default().push(Speaker::Left, spaced).remove(0).pieces.len(), 2);
}

fn spoken(digit: char) -> char {
    let place = digit as usize - '0' as usize;
    ['零', '幺', '二', '三', '四', '五', '六', '七', '八', '九'][place]
}

proptest! {
    #[test]
    fn no_mobile_number_survives_in_texts_or_pieces(
        second in 3..10_u64, rest in 0..1_000_000_000_u64, first in 2..6_usize, next in 2..5_usize,
        written in any::<bool>(), filler in prop::sample::select(vec!["", "嗯", "好，嗯"]),
    ) {
        let number = format!("1{second}{rest:09}");
        let form: Vec<char> = number.chars().map(|c| if written { c } else { spoken(c) }).collect();
        let groups = [&form[..first], &form[first..first + next], &form[first + next..]].map(|g| g.iter().collect::<String>());
        let found = sentences(&["我给你留个电话", &groups[0], filler, &groups[1], &groups[2], "就这样"]);
        for text in found.iter().flat_map(|s| s.pieces.iter().map(|p| &p.text).chain([&s.text])) {
            prop_assert!(!text.chars().any(|c| c.is_ascii_digit() || c != '一' && form.contains(&c)), "{text}");
        }
        prop_assert!(found.iter().any(|sentence| sentence.text.contains("【电话】")));
    }
}
