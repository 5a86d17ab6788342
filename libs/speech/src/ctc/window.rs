//! Cutting clips that are longer than the model's positions where it hurts least.

use std::ops::Range;

use crate::mel::SAMPLE_RATE;

/// The span that is looked at for a quiet place: the last third of a window.
const LOOK: usize = 3;
/// Loudness is measured over 25 ms.
const STEP: usize = SAMPLE_RATE / 40;

/// Ranges of at most `most` samples that make up all of `samples`.
pub(super) fn windows(samples: &[f32], most: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    while samples.len() - start > most {
        let end = quietest(samples, start + most - most / LOOK, start + most);
        out.push(start..end);
        start = end;
    }
    if start < samples.len() || out.is_empty() {
        out.push(start..samples.len());
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
}
