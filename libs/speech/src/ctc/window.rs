//! Cutting clips into what the model was trained on: a sentence, and no more than its positions.

use std::ops::Range;

use super::pauses::pauses;
use crate::mel::SAMPLE_RATE;

/// A pause from which on another sentence is heard, which the language model begins anew and whose confidence is its own.
const SENTENCE_PAUSE: usize = SAMPLE_RATE * 3 / 10;

/// The span that is looked at for a quiet place: the last third of a window.
const LOOK: usize = 3;
/// Loudness is measured over 25 ms.
const STEP: usize = SAMPLE_RATE / 40;

/// Ranges of at most `most` samples that make up all of `samples`, cut at its long pauses and, where that leaves more,
/// in quiet places.
pub(super) fn windows(samples: &[f32], most: usize) -> Vec<Range<usize>> {
    let pauses = pauses(samples, SENTENCE_PAUSE);
    let cuts = pauses.into_iter().map(|pause| usize::midpoint(pause.start, pause.end)).chain([samples.len()]);
    let mut start = 0;
    let sentences = cuts.map(|end| std::mem::replace(&mut start, end)..end);
    sentences.flat_map(|sentence| fitting(samples, sentence, most)).collect()
}

/// Parts of at most `most` samples of a range.
fn fitting(samples: &[f32], sentence: Range<usize>, most: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = sentence.start;
    while sentence.end - start > most {
        let end = quietest(samples, start + most - most / LOOK, start + most);
        out.push(start..end);
        start = end;
    }
    if start < sentence.end || out.is_empty() {
        out.push(start..sentence.end);
    }
    out
}

/// The middle of the quietest stretch between two samples.
fn quietest(samples: &[f32], from: usize, to: usize) -> usize {
    let energy = |at: usize| samples[at..at + STEP].iter().map(|x| x * x).sum::<f32>();
    let places = (from..to.saturating_sub(STEP)).step_by(STEP);
    let quiet = places.map(|at| (energy(at), at)).min_by(|a, b| a.0.total_cmp(&b.0));
    quiet.map_or(to, |(_, at)| at + STEP / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_clips_are_cut_in_silence() {
        let mut samples = vec![0.5; 50_000];
        samples[17_000..18_000].fill(0.0);
        let ranges = windows(&samples, 20_000);
        assert!((17_000..18_000).contains(&ranges[0].end));
        assert!(ranges.iter().all(|range| range.len() <= 20_000 && !range.is_empty()));
        assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!((ranges[0].start, ranges.last().unwrap().end), (0, 50_000));
        assert_eq!(windows(&samples[..100], 20_000), vec![0..100]);
    }

    #[test]
    fn sentences_are_heard_one_by_one() {
        let mut samples = vec![0.5; 30_000];
        samples[10_000..16_000].fill(0.0);
        samples[20_000..22_000].fill(0.0);
        let ranges = windows(&samples, 40_000);
        assert_eq!(ranges.len(), 2, "{ranges:?}");
        assert!(ranges[0].end.abs_diff(13_000) < 400 && ranges[0].end == ranges[1].start && ranges[1].end == 30_000);
    }
}
