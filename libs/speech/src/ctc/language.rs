//! The character language model: n-grams as a trie of sorted arrays.

use std::collections::HashMap;

use crate::error::ModelError;

const MAGIC: &[u8; 8] = b"SLUICELM";
/// Costs and weights are stored in steps of 1/2048 of a natural logarithm.
const STEP: f32 = 2048.0;
/// Contexts keep at most this many characters.
const MAX_CONTEXT: usize = 4;
const START: u16 = 1;
/// The word that ends a text.
pub(super) const END: u16 = 2;

/// Probabilities of characters after those before them.
pub struct LanguageModel {
    points: Vec<char>,
    numbers: HashMap<char, u16>,
    levels: Vec<Level>,
}

/// All n-grams of one length, sorted by the n-gram before and then by word.
struct Level {
    words: Vec<u16>,
    costs: Vec<u16>,
    weights: Vec<i16>,
    children: Vec<u32>,
}

/// What was written last, as places in the trie: of one character, of two, and so on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Context {
    places: [Option<u32>; MAX_CONTEXT],
    words: [u16; MAX_CONTEXT],
    length: u8,
}

impl LanguageModel {
    /// Reads `language.bin`.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Self, ModelError> {
        let complain = |reason: &str| ModelError::config(file, reason);
        let mut reader = Reader(bytes.strip_prefix(MAGIC).ok_or_else(|| complain("it is no language model"))?);
        let model = Self::read(&mut reader).ok_or_else(|| complain("it is truncated or damaged"))?;
        if !reader.0.is_empty() {
            return Err(complain("it goes on after its end"));
        }
        Ok(model)
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let (order, size) = (reader.long()? as usize, reader.long()? as usize);
        if !(1..=MAX_CONTEXT + 1).contains(&order) || size <= END as usize || size > usize::from(u16::MAX) {
            return None;
        }
        let counts: Vec<usize> = (0..order).map(|_| Some(reader.long()? as usize)).collect::<Option<_>>()?;
        let points = reader.array(size, u32::from_le_bytes)?;
        let mut levels = Vec::new();
        for (i, &count) in counts.iter().enumerate() {
            let last = i + 1 == order;
            let words = if i == 0 { Vec::new() } else { reader.array(count, u16::from_le_bytes)? };
            let costs = reader.array(count, u16::from_le_bytes)?;
            let weights = if last { Vec::new() } else { reader.array(count, i16::from_le_bytes)? };
            let children = if last { Vec::new() } else { reader.array(count + 1, u32::from_le_bytes)? };
            let rising = children.windows(2).all(|pair| pair[0] <= pair[1]);
            if !rising || children.last().is_some_and(|end| *end as usize > counts[i + 1]) {
                return None;
            }
            levels.push(Level { words, costs, weights, children });
        }
        (counts[0] == size).then_some(())?;
        let points: Vec<char> = points.into_iter().map(char::from_u32).collect::<Option<_>>()?;
        let numbers = (0..).zip(&points).skip(END as usize + 1).map(|(i, c)| (*c, i)).collect();
        Some(Self { points, numbers, levels })
    }

    /// The number of a character, if the model knows it.
    pub fn number(&self, character: char) -> Option<u16> {
        self.numbers.get(&character).copied()
    }

    /// The character of a number.
    pub fn character(&self, word: u16) -> char {
        self.points.get(usize::from(word)).copied().unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// The beginning of a text.
    pub fn begin(&self) -> Context {
        self.follow(&Context::default(), START)
    }

    /// The context behind one more word.
    pub fn follow(&self, context: &Context, word: u16) -> Context {
        let most = self.levels.len() - 1;
        let mut next = Context { length: (context.length + 1).min(most as u8), ..Context::default() };
        if most == 0 {
            return next;
        }
        next.places[0] = Some(u32::from(word));
        for i in 1..usize::from(next.length) {
            next.places[i] = context.places[i - 1].and_then(|place| self.child(i - 1, place, word));
        }
        next.words[0] = word;
        let (length, older) = (usize::from(next.length), context.words);
        next.words[1..length].copy_from_slice(&older[..length - 1]);
        next
    }

    /// ln P(word | context): of the longest n-gram there is, with the weights of the contexts left on the way.
    pub fn score(&self, context: &Context, word: u16) -> f32 {
        let mut weights = 0.0;
        for i in (0..usize::from(context.length)).rev() {
            let Some(place) = context.places[i] else { continue };
            if let Some(child) = self.child(i, place, word) {
                return weights - f32::from(self.levels[i + 1].costs[child as usize]) / STEP;
            }
            weights += f32::from(self.levels[i].weights[place as usize]) / STEP;
        }
        weights - f32::from(self.levels[0].costs[usize::from(word)]) / STEP
    }

    /// Where the n-gram at `place` of a level goes on with `word`.
    fn child(&self, level: usize, place: u32, word: u16) -> Option<u32> {
        let children = &self.levels[level].children;
        let (low, high) = (children[place as usize] as usize, children[place as usize + 1] as usize);
        let found = self.levels[level + 1].words[low..high].binary_search(&word).ok()?;
        Some((low + found) as u32)
    }
}

/// Little-endian numbers one after the other.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn long(&mut self) -> Option<u32> {
        self.array(1, u32::from_le_bytes)?.pop()
    }

    fn array<const N: usize, T>(&mut self, count: usize, number: fn([u8; N]) -> T) -> Option<Vec<T>> {
        let (taken, rest) = self.0.split_at_checked(count.checked_mul(N)?)?;
        self.0 = rest;
        Some(taken.as_chunks::<N>().0.iter().map(|bytes| number(*bytes)).collect())
    }
}
