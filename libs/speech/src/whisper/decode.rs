//! Writing clips down together: attempts at rising temperature until the text is good enough.

use crate::engine::RecogniseError;
use crate::kernels::log_sum_exp;

use super::decoded::{Decoded, Quality};
use super::guard::{circle, compression_ratio};
use super::network::{Cross, Page};
use super::options::Randomness;
use super::prompt::{Prompt, prompt};
use super::recogniser::Whisper;
use super::rules::Situation;
use super::sample::{choose, likeliest};

/// A clip that waits to be written down.
pub(super) struct Clip {
    pub(super) cross: Cross,
    pub(super) seconds: f64,
    /// Text of the clip before it, when it goes on from there.
    pub(super) earlier: String,
    /// Words that are likely to be said.
    pub(super) words: String,
}

/// One attempt at one clip.
struct Attempt<'a> {
    clip: &'a Clip,
    page: Page,
    next: Vec<u32>,
    tokens: Vec<u32>,
    log_probabilities: Vec<f32>,
    total: f32,
    no_speech: f32,
    circled: bool,
    done: bool,
}

impl Whisper {
    /// Writes clips down together.
    pub(super) fn decode(&self, clips: &[Clip], random: &mut Randomness<'_>) -> Result<Vec<Decoded>, RecogniseError> {
        let mut best: Vec<Option<Decoded>> = clips.iter().map(|_| None).collect();
        for temperature in &self.options.temperatures {
            let open: Vec<usize> =
                (0..clips.len()).filter(|i| best[*i].as_ref().is_none_or(|d| d.quality.failed)).collect();
            let waiting: Vec<&Clip> = open.iter().map(|i| &clips[*i]).collect();
            for (i, decoded) in open.iter().zip(self.attempt(&waiting, *temperature, random)?) {
                if best[*i].as_ref().is_none_or(|old| decoded.better(old)) {
                    best[*i] = Some(decoded);
                }
            }
        }
        Ok(best.into_iter().map(Option::unwrap_or_default).collect())
    }

    fn attempt(
        &self,
        clips: &[&Clip],
        temperature: f32,
        random: &mut Randomness<'_>,
    ) -> Result<Vec<Decoded>, RecogniseError> {
        let mut attempts = self.begin(clips)?;
        loop {
            let mut open: Vec<&mut Attempt<'_>> = attempts.iter_mut().filter(|attempt| !attempt.done).collect();
            if open.is_empty() {
                break;
            }
            let mut scores = self.step(open.iter_mut().map(|attempt| &mut **attempt))?;
            for (attempt, scores) in open.into_iter().zip(scores.chunks_exact_mut(self.network.vocabulary())) {
                self.write(attempt, temperature, random, scores);
            }
        }
        Ok(attempts.into_iter().map(|attempt| self.judge(attempt, temperature)).collect())
    }

    /// Feeds the prompts, and looks for silence and, unless it is given, the language in between.
    fn begin<'a>(&self, clips: &[&'a Clip]) -> Result<Vec<Attempt<'a>>, RecogniseError> {
        let languages = self.vocabulary.languages();
        let known = self.options.language.as_ref().and_then(|code| languages.get(code).copied());
        let make = |clip: &&'a Clip| {
            let Prompt { before, .. } = self.prompt(clip, known);
            let page = self.network.start(&clip.cross);
            let (tokens, log_probabilities) = (Vec::new(), Vec::new());
            let (total, no_speech, circled, done) = (0.0, 0.0, false, false);
            Attempt { clip, page, next: before, tokens, log_probabilities, total, no_speech, circled, done }
        };
        let mut attempts: Vec<_> = clips.iter().map(make).collect();
        let scores = self.step(attempts.iter_mut())?;
        for (attempt, scores) in attempts.iter_mut().zip(scores.chunks_exact(self.network.vocabulary())) {
            attempt.no_speech = self.no_speech(scores);
            attempt.next = self.prompt(attempt.clip, known.or_else(|| self.language(scores))).after;
            if attempt.next.is_empty() {
                // A checkpoint without languages, with times: the first scores are the ones to go on with.
                attempt.page = self.network.start(&attempt.clip.cross);
                attempt.next = self.prompt(attempt.clip, None).before;
            }
        }
        Ok(attempts)
    }

    fn prompt(&self, clip: &Clip, language: Option<u32>) -> Prompt {
        prompt(&self.vocabulary, &self.options, [&clip.words, &clip.earlier], language, self.network.max_positions())
    }

    fn step<'a, 'b: 'a>(
        &self,
        attempts: impl Iterator<Item = &'a mut Attempt<'b>>,
    ) -> Result<Vec<f32>, RecogniseError> {
        let mut pages: Vec<_> = attempts.map(|attempt| (&mut attempt.page, attempt.next.as_slice())).collect();
        self.network.step(&self.compute, &mut pages)
    }

    fn no_speech(&self, scores: &[f32]) -> f32 {
        let token = self.vocabulary.no_speech.and_then(|token| scores.get(token as usize));
        token.map_or(0.0, |score| (score - log_sum_exp(self.compute.cpu(), scores)).exp())
    }

    fn language(&self, scores: &[f32]) -> Option<u32> {
        let ids: Vec<u32> = self.vocabulary.languages().values().copied().collect();
        let scores: Vec<f32> = ids.iter().filter_map(|id| scores.get(*id as usize)).copied().collect();
        likeliest(&scores).map(|i| ids[i])
    }

    fn write(&self, attempt: &mut Attempt<'_>, temperature: f32, random: &mut Randomness<'_>, scores: &mut [f32]) {
        let cpu = self.compute.cpu();
        let situation = Situation { times: self.options.times, seconds: attempt.clip.seconds };
        self.rules.apply(cpu, &self.vocabulary, situation, &attempt.tokens, scores);
        let Some(choice) = choose(cpu, scores, temperature, random) else {
            attempt.done = true;
            return;
        };
        attempt.total += choice.log_probability;
        if choice.token == self.vocabulary.end {
            attempt.done = true;
            return;
        }
        attempt.tokens.push(choice.token);
        attempt.log_probabilities.push(choice.log_probability);
        attempt.next = vec![choice.token];
        self.cut_circle(attempt);
        let longest = self.network.max_positions();
        attempt.done |= attempt.tokens.len() >= longest / 2 || attempt.page.len() + 1 > longest;
    }

    fn cut_circle(&self, attempt: &mut Attempt<'_>) {
        let text =
            |tokens: &[u32]| -> Vec<u32> { tokens.iter().copied().filter(|t| !self.vocabulary.is_time(*t)).collect() };
        if attempt.tokens.last().is_some_and(|token| self.vocabulary.is_time(*token)) {
            return;
        }
        let Some(keep) = circle(&text(&attempt.tokens)) else { return };
        let is_text = |i: &usize| !self.vocabulary.is_time(attempt.tokens[*i]);
        let end = (0..attempt.tokens.len()).filter(is_text).nth(keep).unwrap_or(attempt.tokens.len());
        attempt.tokens.truncate(end);
        attempt.log_probabilities.truncate(end);
        (attempt.circled, attempt.done) = (true, true);
    }

    fn judge(&self, attempt: Attempt<'_>, temperature: f32) -> Decoded {
        let options = &self.options;
        let mean_log_probability = attempt.total / (attempt.tokens.len() + 1) as f32;
        let compression = compression_ratio(&self.vocabulary.text(&attempt.tokens));
        let unlikely = mean_log_probability < options.min_log_probability;
        let silent = unlikely && attempt.no_speech > options.silence;
        let failed = !silent && (unlikely || attempt.circled || compression > options.max_compression);
        let quality = Quality {
            mean_log_probability,
            compression,
            no_speech: attempt.no_speech,
            temperature,
            circled: attempt.circled,
            failed,
        };
        if silent {
            return Decoded { quality, ..Decoded::default() };
        }
        Decoded { tokens: attempt.tokens, log_probabilities: attempt.log_probabilities, quality }
    }
}
