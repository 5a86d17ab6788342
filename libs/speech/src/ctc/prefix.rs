//! Sequences of units and the ways to write them.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::config::SearchConfig;
use super::hot::{HotWords, OUTSIDE};
use super::language::{Context, LanguageModel};
use super::lexicon::{Lexicon, Reading};

/// One way to write a sequence of units.
#[derive(Clone, Debug)]
pub(super) struct Writing {
    /// ln P of the language model and of the readings, and what hot words add.
    pub(super) score: f64,
    /// What hot words add, and where in one the text ends.
    pub(super) hot: (u32, f64),
    pub(super) context: Context,
    /// The characters, last first.
    pub(super) text: Option<u32>,
}

/// A sequence of units.
pub(super) struct Prefix {
    pub(super) last: u32,
    /// The unit that still waits for its final, or 0.
    initial: u32,
    pub(super) syllables: u32,
    pub(super) parent: usize,
    /// The best first.
    pub(super) paths: Vec<Writing>,
}

/// Every sequence of units met so far; the first is empty.
pub(super) struct Prefixes<'a> {
    language: &'a LanguageModel,
    lexicon: &'a Lexicon,
    hot: &'a HotWords,
    config: SearchConfig,
    all: Vec<Prefix>,
    children: HashMap<(usize, u32), Option<usize>>,
    /// Characters, each with the one before it.
    texts: Vec<(u16, Option<u32>)>,
}

impl<'a> Prefixes<'a> {
    pub(super) fn new(
        language: &'a LanguageModel,
        lexicon: &'a Lexicon,
        hot: &'a HotWords,
        config: SearchConfig,
    ) -> Self {
        let empty = Writing { score: 0.0, hot: (OUTSIDE, 0.0), context: language.begin(), text: None };
        let root = Prefix { last: 0, initial: 0, syllables: 0, parent: 0, paths: vec![empty] };
        Self { language, lexicon, hot, config, all: vec![root], children: HashMap::new(), texts: Vec::new() }
    }

    pub(super) fn get(&self, prefix: usize) -> &Prefix {
        &self.all[prefix]
    }

    /// The prefix behind one more unit; none where no syllable is spelled so.
    pub(super) fn child(&mut self, prefix: usize, unit: u32) -> Option<usize> {
        if let Some(known) = self.children.get(&(prefix, unit)) {
            return *known;
        }
        let grown = self.grow(prefix, unit).map(|child| {
            self.all.push(child);
            self.all.len() - 1
        });
        self.children.insert((prefix, unit), grown);
        grown
    }

    fn grow(&mut self, parent: usize, unit: u32) -> Option<Prefix> {
        let Prefix { initial, syllables, .. } = self.all[parent];
        if self.lexicon.is_initial(unit) {
            let paths = self.all[parent].paths.clone();
            return (initial == 0).then_some(Prefix { last: unit, initial: unit, syllables, parent, paths });
        }
        let lexicon = self.lexicon;
        let (usual, rare) = lexicon.readings((initial, unit))?;
        let hot = self.hot;
        let readings = usual.iter().chain(rare.iter().filter(|reading| hot.knows(reading.word)));
        let paths = self.write(parent, readings);
        Some(Prefix { last: unit, initial: 0, syllables: syllables + 1, parent, paths })
    }

    /// All ways to go on with this syllable; the best ones, one for each context and state of hot words.
    fn write<'r>(&mut self, parent: usize, readings: impl Iterator<Item = &'r Reading> + Clone) -> Vec<Writing> {
        let mut ranked: Vec<(f64, usize, u16)> = Vec::new();
        for (path, writing) in self.all[parent].paths.iter().enumerate() {
            for reading in readings.clone() {
                let language = f64::from(self.language.score(&writing.context, reading.word));
                let usual = self.config.reading_weight * f64::from(reading.log_probability);
                let (_, hot) = self.hot.follow(writing.hot.0, reading.word);
                ranked.push((writing.score + language + usual + hot, path, reading.word));
            }
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut best: Vec<Writing> = Vec::new();
        for (score, path, word) in ranked {
            let before = &self.all[parent].paths[path];
            let context = self.language.follow(&before.context, word);
            let (state, bonus) = self.hot.follow(before.hot.0, word);
            // Half a hot word must not crowd out what is honest without it.
            if best.iter().any(|known| known.context == context && known.hot.0 == state) {
                continue;
            }
            let hot = (state, before.hot.1 + bonus);
            let text = before.text;
            self.texts.push((word, text));
            best.push(Writing { score, hot, context, text: Some(self.texts.len() as u32 - 1) });
            if best.len() == self.config.paths {
                break;
            }
        }
        best
    }

    /// The characters of a writing.
    pub(super) fn text(&self, writing: &Writing) -> String {
        let mut words = Vec::new();
        let mut at = writing.text;
        while let Some(i) = at {
            let (word, before) = self.texts[i as usize];
            words.push(self.language.character(word));
            at = before;
        }
        words.iter().rev().collect()
    }

    /// The units of a prefix; an initial that still waits is dropped. With each the number of its syllable.
    pub(super) fn units(&self, prefix: usize) -> Vec<(u32, u32)> {
        let mut units = Vec::new();
        let mut at = prefix;
        let mut waits = self.all[at].initial != 0;
        while at != 0 {
            let Prefix { last, initial, syllables, parent, .. } = self.all[at];
            if !waits {
                units.push((last, if initial == 0 { syllables - 1 } else { syllables }));
            }
            waits = false;
            at = parent;
        }
        units.reverse();
        units
    }

    /// Ranks a prefix by everything known about it so far.
    pub(super) fn total(&self, prefix: usize, acoustic: f64) -> f64 {
        let Prefix { syllables, paths, .. } = &self.all[prefix];
        let language = paths.first().map_or(f64::NEG_INFINITY, |path| path.score);
        acoustic + self.config.language_weight * language + self.config.syllable_bonus * f64::from(*syllables)
    }
}

/// The higher first; equal ones stay in order.
pub(super) fn descending(a: f64, b: f64) -> Ordering {
    b.total_cmp(&a)
}
