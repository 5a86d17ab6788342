//! Which characters a syllable may be.

use std::collections::{HashMap, HashSet};

use super::language::{Context, LanguageModel};
use crate::error::ModelError;

/// Characters of the same sound that are looked at, the most frequent first.
const MOST: usize = 48;

/// A syllable: its initial, or 0, and its final.
pub(super) type Syllable = (u32, u32);

/// A character that a syllable may be: its number in the language model and ln P(reading | character).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    pub(super) word: u16,
    pub(super) log_probability: f32,
}

/// Characters by syllable.
pub struct Lexicon {
    initials: HashSet<u32>,
    /// The most frequent first.
    words: HashMap<Syllable, Vec<Reading>>,
}

impl Lexicon {
    /// Reads `lexicon.tsv`: a character, its units with blanks between them, and ln P(reading | character).
    pub fn parse(file: &str, text: &str, units: &[String], language: &LanguageModel) -> Result<Self, ModelError> {
        let numbers: HashMap<&str, u32> = (0..).zip(units).map(|(i, unit)| (unit.as_str(), i)).collect();
        let mut found: HashMap<Syllable, Vec<(f32, Reading)>> = HashMap::new();
        for (line, row) in (1..).zip(text.lines()) {
            let entry = parse_row(row, &numbers, language);
            let (syllable, reading) = entry.ok_or_else(|| ModelError::config(file, format!("line {line} is wrong")))?;
            let frequency = language.score(&Context::default(), reading.word) + reading.log_probability;
            found.entry(syllable).or_default().push((frequency, reading));
        }
        let initials = found.keys().filter(|(initial, _)| *initial != 0).map(|(initial, _)| *initial).collect();
        let words = found.into_iter().map(|(syllable, entries)| (syllable, by_frequency(entries))).collect();
        Ok(Self { initials, words })
    }

    /// Whether a unit is an initial, which waits for its final.
    pub(super) fn is_initial(&self, unit: u32) -> bool {
        self.initials.contains(&unit)
    }

    /// The characters of a syllable, if it is one: those that are looked at, and the rare ones.
    pub(super) fn readings(&self, syllable: Syllable) -> Option<(&[Reading], &[Reading])> {
        self.words.get(&syllable).map(|readings| readings.split_at(MOST.min(readings.len())))
    }
}

fn parse_row(row: &str, numbers: &HashMap<&str, u32>, language: &LanguageModel) -> Option<(Syllable, Reading)> {
    let mut columns = row.split('\t');
    let mut characters = columns.next()?.chars();
    let word = language.number(characters.next()?)?;
    let mut units = columns.next()?.split(' ').map(|unit| numbers.get(unit).copied());
    let first = units.next()??;
    let syllable = units.next().map_or(Some((0, first)), |last| Some((first, last?)))?;
    let log_probability = columns.next()?.parse().ok()?;
    Some((syllable, Reading { word, log_probability }))
}

fn by_frequency(mut entries: Vec<(f32, Reading)>) -> Vec<Reading> {
    entries.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.word.cmp(&a.1.word)));
    entries.into_iter().map(|(_, reading)| reading).collect()
}
