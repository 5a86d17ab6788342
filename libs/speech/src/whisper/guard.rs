//! Against text that goes in circles.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// The longest circle that is looked for, in tokens.
const MAX_PERIOD: usize = 24;

/// How often a run of `period` tokens must follow itself to be a circle. Short ones happen in honest speech
/// (“对对对对”), long ones do not.
fn limit(period: usize) -> usize {
    match period {
        1 => 10,
        2..=3 => 6,
        _ => 4,
    }
}

/// If `text` ends in a circle: how many of its tokens to keep, with the circle written once.
pub(super) fn circle(text: &[u32]) -> Option<usize> {
    (1..=MAX_PERIOD.min(text.len() / 2)).find_map(|period| {
        let last = &text[text.len() - period..];
        let rounds = text.rchunks_exact(period).take_while(|round| *round == last).count();
        (rounds >= limit(period)).then(|| text.len() - (rounds - 1) * period)
    })
}

/// How many times smaller zlib makes the text; 0 for none at all.
pub(super) fn compression_ratio(text: &str) -> f32 {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing into memory cannot fail.
    let packed = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
    packed.map_or(0.0, |packed| text.len() as f32 / packed.len().max(1) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_and_cut_to_one_round() {
        let mut text = vec![9, 8, 7];
        text.extend([1, 2, 3, 4].repeat(3));
        assert_eq!(circle(&text), None);
        text.extend([1, 2, 3, 4]);
        assert_eq!(circle(&text), Some(7));
        assert_eq!(circle(&[5; 9]), None);
        assert_eq!(circle(&[5; 10]), Some(1));
        assert_eq!(circle(&[]), None);
    }

    #[test]
    fn the_ratio_tells_repetition_from_speech() {
        assert!(compression_ratio(&"谢谢观看。".repeat(30)) > 2.4);
        assert!(compression_ratio("这套设备一年能省下三成的电费，两年就回本。") < 2.4);
        assert!(compression_ratio("").abs() < f32::EPSILON);
    }
}
