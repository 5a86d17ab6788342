//! Utterances of one speaker as one text in which every part remembers where it came from, so that numbers are
//! written and removed across pauses and no piece keeps what the text lost.

use std::ops::Range;
use std::time::Duration;

use crate::engine::{Piece, Utterance};
use crate::text::{edits, mask, simplify};

/// Put between utterances, where a pause was.
const PAUSE: &str = "，";

/// A few characters and whose they are.
#[derive(Clone, Debug)]
struct Part {
    text: String,
    /// `None` for what was said before and for pauses.
    utterance: Option<usize>,
    /// Number of the piece it belongs to, over all utterances.
    piece: usize,
    confidence: f32,
    range: Option<Range<Duration>>,
}

/// One text of several utterances.
pub(super) struct Line {
    parts: Vec<Part>,
    pieces: usize,
}

impl Line {
    /// `before` is what the speaker said last: it tells what kind of number follows.
    pub(super) fn of(before: &str, utterances: &[Utterance]) -> Self {
        let mut line = Self::empty(before);
        for (number, utterance) in utterances.iter().enumerate() {
            line.pause();
            line.push(number, utterance);
        }
        let simple: Vec<char> = simplify(&line.text()).chars().collect();
        if simple.len() != line.parts.len() {
            return Self::without_pieces(before, utterances);
        }
        for (part, char) in line.parts.iter_mut().zip(simple) {
            part.text = char.into();
        }
        line
    }

    /// Where simplifying changes the number of characters, nobody knows which are which.
    fn without_pieces(before: &str, utterances: &[Utterance]) -> Self {
        let mut line = Self::empty(before);
        for (number, utterance) in utterances.iter().enumerate() {
            line.pause();
            line.push_piece(number, simplify(&utterance.text).trim(), utterance.confidence, None);
        }
        line
    }

    fn empty(before: &str) -> Self {
        let mut line = Self { parts: Vec::new(), pieces: 0 };
        line.push_loose(before);
        line
    }

    /// Writes numbers as figures and removes personal ones.
    pub(super) fn tidy(&mut self) {
        for edit in edits(&self.text()).into_iter().rev() {
            self.replace(edit.source, &edit.written);
        }
        for found in mask(&self.text()).found.into_iter().rev() {
            self.replace(found.source, found.secret.placeholder());
        }
    }

    /// The pieces of an utterance.
    pub(super) fn pieces(&self, utterance: usize) -> Vec<Piece> {
        let own: Vec<&Part> = self.parts.iter().filter(|part| part.utterance == Some(utterance)).collect();
        let piece = |parts: &[&Part]| Piece {
            text: parts.iter().map(|part| part.text.as_str()).collect(),
            range: parts[0].range.clone(),
            confidence: parts[0].confidence,
        };
        own.chunk_by(|a, b| a.piece == b.piece).map(piece).collect()
    }

    fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }

    fn pause(&mut self) {
        if !self.parts.is_empty() {
            self.push_loose(PAUSE);
        }
    }

    fn push_loose(&mut self, text: &str) {
        let loose = |text: char| Part { text: text.into(), utterance: None, piece: 0, confidence: 1.0, range: None };
        self.parts.extend(text.chars().map(loose));
    }

    fn push(&mut self, number: usize, utterance: &Utterance) {
        let said: String = utterance.pieces.iter().map(|piece| piece.text.as_str()).collect();
        let text = utterance.text.trim();
        let Some(start) = said.find(text).filter(|_| said.trim() == text) else {
            return self.push_piece(number, text, utterance.confidence, None);
        };
        let end = start + text.len();
        let mut at = 0;
        for piece in &utterance.pieces {
            let (from, until) = (at, at + piece.text.len());
            let kept = &said[start.clamp(from, until)..end.clamp(from, until)];
            self.push_piece(number, kept, piece.confidence, piece.range.clone());
            at = until;
        }
    }

    fn push_piece(&mut self, number: usize, text: &str, confidence: f32, range: Option<Range<Duration>>) {
        self.pieces += 1;
        let piece = self.pieces;
        let part =
            |char: char| Part { text: char.into(), utterance: Some(number), piece, confidence, range: range.clone() };
        self.parts.extend(text.chars().map(part));
    }

    /// Makes the parts that hold the bytes `span` of the text one part, with `with` in their place.
    fn replace(&mut self, span: Range<usize>, with: &str) {
        let starts = self.parts.iter().scan(0, |at, part| {
            let start = *at;
            *at += part.text.len();
            Some(start)
        });
        let starts: Vec<usize> = starts.collect();
        let first = starts.partition_point(|start| *start <= span.start).saturating_sub(1);
        let end = starts.partition_point(|start| *start < span.end);
        let merged = &self.parts[first..end];
        let whole: String = merged.iter().map(|part| part.text.as_str()).collect();
        let start = span.start - starts[first];
        self.pieces += 1;
        let part = Part {
            text: [&whole[..start], with, &whole[start + span.len()..]].concat(),
            utterance: merged.iter().find_map(|part| part.utterance),
            piece: self.pieces,
            confidence: merged.iter().map(|part| part.confidence).fold(1.0, f32::min),
            range: union(merged.iter().filter_map(|part| part.range.as_ref())),
        };
        self.parts.splice(first..end, [part]);
    }
}

fn union<'a>(mut ranges: impl Iterator<Item = &'a Range<Duration>>) -> Option<Range<Duration>> {
    let first = ranges.next()?.clone();
    Some(ranges.fold(first, |all, range| all.start.min(range.start)..all.end.max(range.end)))
}
