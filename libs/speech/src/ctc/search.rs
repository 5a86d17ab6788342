//! Prefix beam search over units, with the best ways to write each prefix kept inside it.

use std::collections::HashMap;

use super::config::SearchConfig;
use super::hot::HotWords;
use super::language::{END, LanguageModel};
use super::lexicon::Lexicon;
use super::prefix::{Prefixes, descending};

const NEVER: f64 = f64::NEG_INFINITY;
/// The margin of a text without a rival.
const NO_RIVAL: f64 = 20.0;

/// Turns log-probabilities of units into characters.
pub struct Search {
    language: LanguageModel,
    lexicon: Lexicon,
    config: SearchConfig,
}

/// The best text and what its confidence is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Characters.
    pub text: String,
    /// Units with the number of the character each belongs to.
    pub units: Vec<(u32, u32)>,
    /// Everything together.
    pub score: f64,
    /// ln P(units | sound).
    pub acoustic: f64,
    /// ln P(text).
    pub language: f64,
    /// How far the next best text is behind.
    pub margin: f64,
}

/// A prefix in the beam: ln P that it ends in a blank, and in its last unit.
#[derive(Clone, Copy)]
struct Hypothesis {
    prefix: usize,
    blank: f64,
    unit: f64,
}

impl Hypothesis {
    fn both(&self) -> f64 {
        log_add(self.blank, self.unit)
    }
}

impl Search {
    /// Puts a search together.
    pub fn new(language: LanguageModel, lexicon: Lexicon, config: SearchConfig) -> Self {
        Self { language, lexicon, config }
    }

    /// The best text for `[frames][units]` log-probabilities, blank first; `words` are likely to be in it.
    pub fn find(&self, logs: &[f32], units: usize, words: &[String]) -> Found {
        let hot = HotWords::new(words, &self.language);
        let mut prefixes = Prefixes::new(&self.language, &self.lexicon, &hot, self.config);
        let mut beam = vec![Hypothesis { prefix: 0, blank: 0.0, unit: NEVER }];
        for frame in logs.chunks_exact(units) {
            beam = self.advance(&mut prefixes, &beam, frame);
        }
        self.finish(&prefixes, &hot, &beam)
    }

    fn advance(&self, prefixes: &mut Prefixes<'_>, beam: &[Hypothesis], frame: &[f32]) -> Vec<Hypothesis> {
        let near = self.candidates(frame);
        let mut grown = Grown::default();
        for hypothesis in beam {
            let both = hypothesis.both();
            let last = prefixes.get(hypothesis.prefix).last;
            let repeat = if last == 0 { NEVER } else { hypothesis.unit + f64::from(frame[last as usize]) };
            grown.give(hypothesis.prefix, both + f64::from(frame[0]), repeat);
            for &unit in &near {
                if let Some(child) = prefixes.child(hypothesis.prefix, unit) {
                    let from = if unit == last { hypothesis.blank } else { both };
                    grown.give(child, NEVER, from + f64::from(frame[unit as usize]));
                }
            }
        }
        let mut grown = grown.all;
        if grown.len() > self.config.beam {
            let total = |h: &Hypothesis| prefixes.total(h.prefix, h.both());
            grown.sort_by(|a, b| descending(total(a), total(b)));
            grown.truncate(self.config.beam);
        }
        grown
    }

    /// The likeliest units of a frame that are likely at all; the blank takes a place but is none of them.
    fn candidates(&self, frame: &[f32]) -> Vec<u32> {
        let mut order: Vec<u32> = (0..frame.len() as u32).collect();
        let count = self.config.candidates.min(order.len());
        if count < order.len() {
            let by_score = |a: &u32, b: &u32| frame[*b as usize].total_cmp(&frame[*a as usize]);
            order.select_nth_unstable_by(count, by_score);
            order.truncate(count);
        }
        order.retain(|unit| *unit != 0 && frame[*unit as usize] > self.config.floor);
        order.sort_unstable();
        order
    }

    /// Ends the sentence; an initial that still waits is dropped.
    fn finish(&self, prefixes: &Prefixes<'_>, hot: &HotWords, beam: &[Hypothesis]) -> Found {
        let mut ended: HashMap<String, Found> = HashMap::new();
        for hypothesis in beam {
            let (prefix, acoustic) = (prefixes.get(hypothesis.prefix), hypothesis.both());
            for path in &prefix.paths {
                let (state, favour) = path.hot;
                let language = path.score - favour + f64::from(self.language.score(&path.context, END));
                let bonus = self.config.syllable_bonus * f64::from(prefix.syllables);
                let favoured = language + favour - hot.owed(state);
                let score = acoustic + self.config.language_weight * favoured + bonus;
                let text = prefixes.text(path);
                if ended.get(&text).is_some_and(|known| known.score >= score) {
                    continue;
                }
                let units = prefixes.units(hypothesis.prefix);
                let found = Found { text: text.clone(), units, score, acoustic, language, margin: NO_RIVAL };
                ended.insert(text, found);
            }
        }
        let mut ranked: Vec<Found> = ended.into_values().collect();
        ranked.sort_by(|a, b| descending(a.score, b.score).then_with(|| a.text.cmp(&b.text)));
        let rival = ranked.get(1).map(|rival| rival.score);
        let mut ranked = ranked.into_iter();
        let mut best = ranked.next().unwrap_or_else(Found::nothing);
        if let Some(rival) = rival {
            best.margin = best.score - rival;
        }
        best
    }
}

impl Found {
    fn nothing() -> Self {
        Self { text: String::new(), units: Vec::new(), score: 0.0, acoustic: 0.0, language: 0.0, margin: NO_RIVAL }
    }
}

/// Prefixes of the next beam in the order in which they are met.
#[derive(Default)]
struct Grown {
    all: Vec<Hypothesis>,
    places: HashMap<usize, usize>,
}

impl Grown {
    fn give(&mut self, prefix: usize, blank: f64, unit: f64) {
        let next = self.all.len();
        let place = *self.places.entry(prefix).or_insert(next);
        if place == next {
            return self.all.push(Hypothesis { prefix, blank, unit });
        }
        let old = &mut self.all[place];
        old.blank = log_add(old.blank, blank);
        old.unit = log_add(old.unit, unit);
    }
}

/// ln(eᵃ + eᵇ).
fn log_add(a: f64, b: f64) -> f64 {
    let (high, low) = if a < b { (b, a) } else { (a, b) };
    if low == NEVER { high } else { high + (low - high).exp().ln_1p() }
}
