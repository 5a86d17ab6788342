//! Words that are likely to be said: a trie beside the language model, whose bonus a text keeps only for whole words.

use std::collections::{HashMap, HashSet, VecDeque};

use super::language::LanguageModel;

/// Added to ln P(text) for each character of a hot word.
const BONUS: f64 = 3.0;
/// More words than this would favour everything.
const MOST_WORDS: usize = 500;
/// Characters of the longest word.
const LONGEST: usize = 16;
/// The state outside of every word.
pub(super) const OUTSIDE: u32 = 0;

/// The words of one recognition.
#[derive(Default)]
pub(super) struct HotWords {
    nodes: Vec<Node>,
    known: HashSet<u16>,
}

/// What was written of a word.
#[derive(Default)]
struct Node {
    next: HashMap<u16, u32>,
    /// The longest end of this that begins a word.
    fallback: u32,
    /// What is lost unless the word goes on: the bonus of everything behind the last whole word.
    owed: f64,
    whole: bool,
}

impl HotWords {
    /// Words in characters that the language model knows; others cannot be written and are left out.
    pub(super) fn new(words: &[String], language: &LanguageModel) -> Self {
        let mut hot = Self { nodes: vec![Node::default()], known: HashSet::new() };
        for word in words.iter().take(MOST_WORDS) {
            let numbers: Option<Vec<u16>> = word.trim().chars().map(|char| language.number(char)).collect();
            match numbers {
                Some(numbers) if (1..=LONGEST).contains(&numbers.len()) => hot.add(&numbers),
                _ => {}
            }
        }
        hot.link();
        hot
    }

    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Whether a character is part of a hot word.
    pub(super) fn knows(&self, word: u16) -> bool {
        self.known.contains(&word)
    }

    /// The state behind one more character, and what that adds to the score.
    pub(super) fn follow(&self, state: u32, word: u16) -> (u32, f64) {
        if self.is_empty() {
            return (OUTSIDE, 0.0);
        }
        let mut at = state;
        loop {
            let node = &self.nodes[at as usize];
            if let Some(next) = node.next.get(&word) {
                // A whole word keeps its bonus, so behind one nothing is owed any more.
                let gained = self.owed(at) + BONUS - self.owed(state);
                return (*next, gained);
            }
            if at == OUTSIDE {
                return (OUTSIDE, -self.owed(state));
            }
            at = node.fallback;
        }
    }

    /// What a text that ends in `state` has to give back.
    pub(super) fn owed(&self, state: u32) -> f64 {
        self.nodes.get(state as usize).map_or(0.0, |node| node.owed)
    }

    fn add(&mut self, word: &[u16]) {
        let mut at = OUTSIDE;
        for number in word {
            self.known.insert(*number);
            let new = self.nodes.len() as u32;
            at = *self.nodes[at as usize].next.entry(*number).or_insert(new);
            if at == new {
                self.nodes.push(Node::default());
            }
        }
        self.nodes[at as usize].whole = true;
    }

    /// Breadth first: what is owed, and where to go on when a word does not.
    fn link(&mut self) {
        let mut waiting = VecDeque::from([OUTSIDE]);
        while let Some(at) = waiting.pop_front() {
            let children: Vec<(u16, u32)> = self.nodes[at as usize].next.iter().map(|(w, n)| (*w, *n)).collect();
            for (word, child) in children {
                let owed = if self.nodes[child as usize].whole { 0.0 } else { self.nodes[at as usize].owed + BONUS };
                let fallback = if at == OUTSIDE { OUTSIDE } else { self.fallback(at, word) };
                let node = &mut self.nodes[child as usize];
                (node.owed, node.fallback) = (owed, fallback);
                waiting.push_back(child);
            }
        }
    }

    fn fallback(&self, parent: u32, word: u16) -> u32 {
        let mut at = self.nodes[parent as usize].fallback;
        loop {
            if let Some(next) = self.nodes[at as usize].next.get(&word) {
                return *next;
            }
            if at == OUTSIDE {
                return OUTSIDE;
            }
            at = self.nodes[at as usize].fallback;
        }
    }
}
