//! Clips longer than the window: each window starts where the last whole utterance of the one before ended.

use std::time::Duration;

use crate::engine::{RecogniseError, Utterance};
use crate::mel::{HOP, SAMPLE_RATE};

use super::decoded::Decoded;
use super::options::Randomness;
use super::recogniser::Whisper;
use super::vocabulary::Vocabulary;

/// Text written at a higher temperature is no guide for what follows.
const MAX_GUIDE_TEMPERATURE: f32 = 0.5;

impl Whisper {
    /// Writes down samples of any length, window after window.
    pub(super) fn seek(
        &self,
        samples: &[f32],
        words: &str,
        random: &mut Randomness<'_>,
    ) -> Result<Vec<Utterance>, RecogniseError> {
        let mut out: Vec<Utterance> = Vec::new();
        let (mut at, mut earlier) = (0, String::new());
        while at + HOP <= samples.len() {
            let window = &samples[at..(at + self.window()).min(samples.len())];
            let clip = self.hear(window, words, &earlier)?;
            let mut decoded = self.decode(std::slice::from_ref(&clip), random)?.pop().unwrap_or_default();
            let heard = keep_whole(&self.vocabulary, &mut decoded, window.len());
            let offset = duration(at);
            for mut utterance in self.utterances(&decoded, duration(heard)) {
                utterance.range = offset + utterance.range.start..offset + utterance.range.end;
                out.push(utterance);
            }
            let guide = decoded.quality.temperature < MAX_GUIDE_TEMPERATURE && !decoded.quality.failed;
            earlier = if guide { self.vocabulary.text(&decoded.tokens) } else { String::new() };
            at += heard;
        }
        Ok(out)
    }
}

/// Cuts off what comes after the last pair of times, unless the window ends with a time of its own; returns how many
/// samples the rest accounts for.
fn keep_whole(vocabulary: &Vocabulary, decoded: &mut Decoded, window: usize) -> usize {
    let is_time = |i: usize| vocabulary.is_time(decoded.tokens[i]);
    let len = decoded.tokens.len();
    if len >= 2 && is_time(len - 1) && !is_time(len - 2) {
        return window;
    }
    let Some(last) = (1..len).rev().find(|i| is_time(*i) && is_time(i - 1)) else { return window };
    let heard = (vocabulary.seconds(decoded.tokens[last - 1]) * SAMPLE_RATE as f64) as usize;
    if heard < HOP || heard > window {
        return window;
    }
    decoded.tokens.truncate(last);
    decoded.log_probabilities.truncate(last);
    heard
}

fn duration(samples: usize) -> Duration {
    Duration::from_secs_f64(samples as f64 / SAMPLE_RATE as f64)
}
