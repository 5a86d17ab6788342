//! From tokens back to utterances: text between two times, in pieces of whole characters.

use std::ops::Range;
use std::time::Duration;

use crate::engine::{Piece, Utterance};

use super::decoded::Decoded;
use super::vocabulary::Vocabulary;

/// The utterances of a decoded clip; without times there is one, over the whole clip.
pub(super) fn utterances(vocabulary: &Vocabulary, decoded: &Decoded, length: Duration, doubt: f32) -> Vec<Utterance> {
    let mut out = Vec::new();
    let (mut start, mut from) = (Duration::ZERO, 0);
    for (i, token) in decoded.tokens.iter().enumerate().filter(|(_, token)| vocabulary.is_time(**token)) {
        let time = Duration::from_secs_f64(vocabulary.seconds(*token)).min(length);
        out.extend(utterance(vocabulary, decoded, from..i, start..time, doubt));
        (start, from) = (time, i + 1);
    }
    out.extend(utterance(vocabulary, decoded, from..decoded.tokens.len(), start..length.max(start), doubt));
    out
}

fn utterance(
    vocabulary: &Vocabulary,
    decoded: &Decoded,
    tokens: Range<usize>,
    range: Range<Duration>,
    doubt: f32,
) -> Option<Utterance> {
    let pieces = pieces(vocabulary, &decoded.tokens[tokens.clone()], &decoded.log_probabilities[tokens]);
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    if text.trim().is_empty() {
        return None;
    }
    let log = pieces.iter().map(|piece| piece.confidence.max(f32::MIN_POSITIVE).ln()).sum::<f32>();
    let confidence = (log / pieces.len() as f32).exp();
    let doubtful = confidence < doubt || decoded.quality.failed;
    Some(Utterance { range, text: text.trim().to_owned(), pieces, confidence, doubtful })
}

/// Tokens are put together until they make whole characters; a piece is as sure as its least sure token.
fn pieces(vocabulary: &Vocabulary, tokens: &[u32], log_probabilities: &[f32]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for end in 1..=tokens.len() {
        let text = vocabulary.text(&tokens[from..end]);
        if text.ends_with(char::REPLACEMENT_CHARACTER) && end - from < 4 && end < tokens.len() {
            continue;
        }
        let confidence = log_probabilities[from..end].iter().copied().fold(0.0, f32::min).exp();
        pieces.push(Piece { text, range: None, confidence });
        from = end;
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}
