//! Commas for a model that writes no marks: where the speaker fell silent for a moment.

use std::ops::Range;

use crate::engine::Piece;
use crate::mel::SAMPLE_RATE;

/// Loudness is measured every 10 ms, over 20.
const STEP: usize = SAMPLE_RATE / 100;
/// Decibels below the loud tenth of the speech. The closures of Mandarin's stops are shorter or louder than this.
const DEPTH: f32 = 35.0;
/// Its place among the measurements.
const LOUD: f32 = 0.9;

const COMMA: char = '，';
const NUMERALS: &str = "零〇一二两三四五六七八九十百千万亿幺点";

/// Silences of at least `least` samples between the first sound and the last.
pub(super) fn pauses(samples: &[f32], least: usize) -> Vec<Range<usize>> {
    let loudness: Vec<f32> = samples.windows(2 * STEP).step_by(STEP).map(decibels).collect();
    let mut sorted = loudness.clone();
    sorted.sort_by(f32::total_cmp);
    let Some(loud) = sorted.get((sorted.len() as f32 * LOUD) as usize) else { return Vec::new() };
    let quiet: Vec<bool> = loudness.iter().map(|now| *now < loud - DEPTH).collect();
    let mut start = 0;
    let runs = quiet.chunk_by(|a, b| a == b).map(|run| {
        start += run.len();
        (run[0], start - run.len()..start)
    });
    let inside = |run: &Range<usize>| run.start > 0 && run.end < quiet.len();
    let long = |run: &Range<usize>| run.len() * STEP >= least;
    let pauses = runs.filter(|(quiet, run)| *quiet && inside(run) && long(run));
    pauses.map(|(_, run)| run.start * STEP..run.end * STEP).collect()
}

fn decibels(window: &[f32]) -> f32 {
    let power = window.iter().map(|x| x * x).sum::<f32>() / window.len() as f32;
    10.0 * power.max(1e-12).log10()
}

/// Puts a comma behind what was said before each pause. A number that is taken apart would be another number, so none
/// comes between numerals.
pub(super) fn punctuate(pieces: &mut [Piece], pauses: impl Iterator<Item = Range<f64>>) {
    for pause in pauses {
        let middle = f64::midpoint(pause.start, pause.end);
        let before = pieces.partition_point(|piece| centre(piece) < middle);
        if before == 0 || before == pieces.len() {
            continue;
        }
        let [front, back] = [&pieces[before - 1].text, &pieces[before].text];
        let numeral = |text: &str| text.contains(|c| NUMERALS.contains(c));
        let in_number = numeral(front) && numeral(back);
        if !in_number && !front.ends_with(COMMA) {
            pieces[before - 1].text.push(COMMA);
        }
    }
}

/// In seconds.
fn centre(piece: &Piece) -> f64 {
    piece.range.as_ref().map_or(0.0, |range| f64::midpoint(range.start.as_secs_f64(), range.end.as_secs_f64()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    const LEAST: usize = 4 * STEP;

    fn sound(samples: usize) -> Vec<f32> {
        (0..samples).map(|at| if at % 40 < 20 { 0.3 } else { -0.3 }).collect()
    }

    fn silence(samples: usize) -> Vec<f32> {
        vec![0.0; samples]
    }

    /// One character each 100 ms.
    fn said(text: &str) -> Vec<Piece> {
        let time = |at: usize| Duration::from_millis(100 * at as u64);
        let piece = |(at, char): (usize, char)| Piece {
            text: char.into(),
            range: Some(time(at)..time(at + 1)),
            confidence: 1.0,
        };
        text.chars().enumerate().map(piece).collect()
    }

    fn punctuated(text: &str, pause: f64) -> String {
        let mut pieces = said(text);
        punctuate(&mut pieces, std::iter::repeat_n(pause..pause + 0.04, 2));
        pieces.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn silence_around_the_speech_is_no_pause() {
        let samples = [silence(8_000), sound(16_000), silence(1_600), sound(8_000), silence(8_000)].concat();
        let found = pauses(&samples, LEAST);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].start.abs_diff(24_000) <= 2 * STEP && found[0].end.abs_diff(25_600) <= 2 * STEP);
        assert!(pauses(&samples, 1_700).is_empty());
        assert!(pauses(&silence(8_000), LEAST).is_empty());
        assert!(pauses(&[0.1], LEAST).is_empty());
    }

    #[test]
    fn in_noise_nobody_can_tell() {
        let samples = [sound(16_000), silence(1_600), sound(8_000)].concat();
        let noisy: Vec<f32> = samples.iter().zip(sound(30_000)).map(|(x, n)| x + n / 20.0).collect();
        assert!(pauses(&noisy, LEAST).is_empty());
    }

    #[test]
    fn a_comma_comes_where_the_pause_was_and_numbers_stay_whole() {
        assert_eq!(punctuated("能耗不达标我们赔", 0.5), "能耗不达标，我们赔");
        assert_eq!(punctuated("一百二十五万", 0.2), "一百二十五万");
        assert_eq!(punctuated("五年三万", 0.2), "五年，三万");
        assert_eq!(punctuated("好的", 0.0), "好的");
        assert_eq!(punctuated("好的", 5.0), "好的");
    }

    proptest! {
        #[test]
        fn commas_change_nothing_else(text in "[我们五十万元，]{0,12}", pause in 0.0..2.0_f64) {
            prop_assert_eq!(punctuated(&text, pause).replace(COMMA, ""), text.replace(COMMA, ""));
        }
    }
}
