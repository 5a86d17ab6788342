//! Utterances taken apart where the recording pauses.

use std::ops::Range;
use std::time::Duration;

use crate::engine::{Piece, Utterance};

/// A pause from which on another utterance begins.
const PAUSE: Duration = Duration::from_millis(600);

/// The parts between pauses, without a comma at their ends; the utterance itself where its pieces do not tell when they
/// were said.
pub(super) fn at_pauses(utterance: Utterance) -> Vec<Utterance> {
    let times: Option<Vec<&Range<Duration>>> = utterance.pieces.iter().map(|piece| piece.range.as_ref()).collect();
    let said: String = utterance.pieces.iter().map(|piece| piece.text.as_str()).collect();
    if times.is_none() || said != utterance.text {
        return vec![utterance];
    }
    let close = |a: &Piece, b: &Piece| start(b) < end(a) + PAUSE;
    utterance.pieces.chunk_by(close).map(|pieces| part(&utterance, pieces)).collect()
}

fn start(piece: &Piece) -> Duration {
    piece.range.as_ref().map_or(Duration::ZERO, |range| range.start)
}

fn end(piece: &Piece) -> Duration {
    piece.range.as_ref().map_or(Duration::ZERO, |range| range.end)
}

fn part(of: &Utterance, pieces: &[Piece]) -> Utterance {
    let mut pieces = pieces.to_vec();
    let last = pieces.len() - 1;
    let bare = pieces[last].text.trim_end_matches('，').to_owned();
    if !bare.is_empty() {
        pieces[last].text = bare;
    }
    Utterance {
        range: start(&pieces[0])..end(&pieces[last]),
        text: pieces.iter().map(|piece| piece.text.as_str()).collect(),
        pieces,
        confidence: of.confidence,
        doubtful: of.doubtful,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(parts: &[(&str, u64)]) -> Utterance {
        let ms = Duration::from_millis;
        let piece = |(text, at): &(&str, u64)| Piece {
            text: (*text).into(),
            range: Some(ms(*at)..ms(*at + 100)),
            confidence: 0.8,
        };
        let pieces: Vec<Piece> = parts.iter().map(piece).collect();
        let text = parts.iter().map(|(text, _)| *text).collect();
        Utterance { range: ms(0)..ms(9_000), text, pieces, confidence: 0.7, doubtful: true }
    }

    fn said_by(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn long_pauses_end_an_utterance_and_its_comma() {
        let parts =
            at_pauses(said(&[("好", 0), ("的，", 100), ("我", 300), ("们，", 400), ("先", 1_100), ("试", 1_200)]));
        let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(texts, ["好的，我们", "先试"]);
        assert_eq!(parts[1].range, Duration::from_millis(1_100)..Duration::from_millis(1_300));
        assert!(parts.iter().all(|part| part.doubtful && said_by(&part.pieces) == part.text));
    }

    #[test]
    fn what_has_no_times_stays_whole() {
        let mut untimed = said(&[("好", 0), ("的", 5_000)]);
        untimed.pieces[1].range = None;
        assert_eq!(at_pauses(untimed.clone()), [untimed]);
        let silent = said(&[]);
        assert!(at_pauses(silent).len() <= 1);
    }
}
