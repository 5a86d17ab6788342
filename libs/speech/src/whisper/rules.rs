//! What may follow: scores of tokens that may not are set to minus infinity.

use crate::kernels::{Cpu, log_sum_exp};

use super::config::GenerationConfig;
use super::non_speech::non_speech;
use super::vocabulary::{TIME_STEP, Vocabulary};

const NEVER: f32 = f32::NEG_INFINITY;
/// In a suppress list: everything that is no speech.
const NON_SPEECH: i64 = -1;
/// Whisper's own limit for the first time, in steps of 20 ms.
const MAX_FIRST_TIME: usize = 50;

/// The rules of a checkpoint.
pub(super) struct Rules {
    suppressed: Vec<u32>,
    first_suppressed: Vec<u32>,
    max_first_time: usize,
}

/// What the rules look at besides the tokens.
#[derive(Clone, Copy)]
pub(super) struct Situation {
    /// Whether times are written.
    pub(super) times: bool,
    /// Length of the clip in seconds; no time lies beyond it.
    pub(super) seconds: f64,
}

impl Rules {
    pub(super) fn new(vocabulary: &Vocabulary, generation: &GenerationConfig) -> Self {
        let ids = |list: &Option<Vec<i64>>| -> Vec<u32> {
            list.iter().flatten().filter_map(|id| u32::try_from(*id).ok()).collect()
        };
        let mut suppressed = ids(&generation.suppress_tokens);
        if generation.suppress_tokens.iter().flatten().any(|id| *id == NON_SPEECH) {
            suppressed.extend(non_speech(vocabulary));
        }
        suppressed.retain(|id| *id != vocabulary.end);
        suppressed.extend(vocabulary.steering());
        let mut first_suppressed = ids(&generation.begin_suppress_tokens);
        if first_suppressed.is_empty() {
            first_suppressed = vocabulary.tokens(" ");
            first_suppressed.push(vocabulary.end);
        }
        let max_first_time = generation.max_initial_timestamp_index.unwrap_or(MAX_FIRST_TIME);
        Self { suppressed, first_suppressed, max_first_time }
    }

    /// Applies all rules to the scores of what follows `written`.
    pub(super) fn apply(
        &self,
        cpu: Cpu,
        vocabulary: &Vocabulary,
        situation: Situation,
        written: &[u32],
        scores: &mut [f32],
    ) {
        if written.is_empty() {
            forbid(scores, self.first_suppressed.iter().copied());
        }
        forbid(scores, self.suppressed.iter().copied());
        forbid(scores, [vocabulary.no_times]);
        let first = (vocabulary.first_time as usize).min(scores.len());
        if !situation.times {
            return scores[first..].fill(NEVER);
        }
        let last = first + (situation.seconds / TIME_STEP).ceil() as usize + 1;
        if last < scores.len() {
            scores[last..].fill(NEVER);
        }
        self.times(vocabulary, written, scores);
        prefer_times(cpu, first, scores);
    }

    /// Times come in pairs around text, never go back, and the first comes first and early.
    fn times(&self, vocabulary: &Vocabulary, written: &[u32], scores: &mut [f32]) {
        let first = vocabulary.first_time as usize;
        let is_time = |back: usize| written.len().checked_sub(back).map(|i| vocabulary.is_time(written[i]));
        let after_time = is_time(1).unwrap_or(false);
        let after_pair = after_time && is_time(2).unwrap_or(true);
        if after_pair {
            scores[first..].fill(NEVER);
        } else if after_time {
            scores[..vocabulary.end as usize].fill(NEVER);
        }
        if let Some(latest) = written.iter().rfind(|token| vocabulary.is_time(**token)) {
            let latest = *latest as usize + usize::from(!after_time || after_pair);
            let latest = latest.min(scores.len());
            scores[first..latest].fill(NEVER);
        }
        if written.is_empty() {
            scores[..first].fill(NEVER);
            let last = first + self.max_first_time + 1;
            if last < scores.len() {
                scores[last..].fill(NEVER);
            }
        }
    }
}

/// When all times together are likelier than any text, a time follows.
fn prefer_times(cpu: Cpu, first: usize, scores: &mut [f32]) {
    let (text, times) = scores.split_at_mut(first);
    let best_text = text.iter().copied().fold(NEVER, f32::max);
    if times.iter().any(|score| *score > NEVER) && log_sum_exp(cpu, times) > best_text {
        text.fill(NEVER);
    }
}

fn forbid(scores: &mut [f32], tokens: impl IntoIterator<Item = u32>) {
    for token in tokens {
        if let Some(score) = scores.get_mut(token as usize) {
            *score = NEVER;
        }
    }
}
