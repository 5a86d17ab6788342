//! Utterances of one channel on their way to sentences.

use std::time::Duration;

use super::line::Line;
use super::transcript::Sentence;
use crate::audio::Speaker;
use crate::engine::{Piece, Utterance};
use crate::millis;
use crate::text::{is_open, simplify};

/// A number goes on behind no longer pause than this.
const PAUSE: Duration = Duration::from_secs(10);
/// Whoever counts for longer says no telephone number.
const MOST: usize = 24;
/// Characters kept of what was said before.
const BEFORE: usize = 24;

/// Utterances of one channel; the last ones wait while a number in them may go on.
#[derive(Default)]
pub(super) struct Lane {
    waiting: Vec<Utterance>,
    speakers: Vec<Speaker>,
    before: String,
}

impl Lane {
    /// Takes the next utterance, with its times in the recording; returns the sentences that are certain now.
    pub(super) fn push(&mut self, speaker: Speaker, utterance: Utterance) -> Vec<Sentence> {
        let late = self.waiting.last().is_some_and(|last| last.range.end + PAUSE < utterance.range.start);
        let mut sentences = if late { self.finish() } else { Vec::new() };
        self.waiting.push(utterance);
        self.speakers.push(speaker);
        if self.waiting.len() >= MOST || !self.is_open() {
            sentences.extend(self.finish());
        }
        sentences
    }

    /// The sentences that waited.
    pub(super) fn finish(&mut self) -> Vec<Sentence> {
        let (utterances, speakers) = (std::mem::take(&mut self.waiting), std::mem::take(&mut self.speakers));
        let mut line = Line::of(&self.before, &utterances);
        line.tidy();
        let said = utterances.iter().zip(speakers).enumerate();
        let sentences: Vec<_> =
            said.filter_map(|(number, (of, speaker))| sentence(line.pieces(number), speaker, of)).collect();
        self.remember(&sentences);
        sentences
    }

    /// Whether no utterance waits.
    pub(super) fn is_settled(&self) -> bool {
        self.waiting.is_empty()
    }

    fn is_open(&self) -> bool {
        let texts: Vec<&str> = self.waiting.iter().map(|utterance| utterance.text.trim()).collect();
        is_open(&simplify(&texts.join("，")))
    }

    fn remember(&mut self, sentences: &[Sentence]) {
        for sentence in sentences {
            self.before.push_str(&sentence.text);
        }
        let surplus = self.before.chars().count().saturating_sub(BEFORE);
        self.before = self.before.chars().skip(surplus).collect();
    }
}

fn sentence(pieces: Vec<Piece>, speaker: Speaker, of: &Utterance) -> Option<Sentence> {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let range = millis::floor_span(of.range.clone());
    let (confidence, doubtful) = (of.confidence, of.doubtful);
    text.contains(char::is_alphanumeric).then_some(Sentence { range, speaker, text, pieces, confidence, doubtful })
}

#[cfg(test)]
mod tests;
