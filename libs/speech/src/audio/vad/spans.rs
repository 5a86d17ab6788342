//! From frames that sound like speech to spans of speech.

use std::collections::VecDeque;
use std::ops::Range;

use super::FRAMES_PER_SECOND;

/// A pause that does not end a span: 400 ms.
const HANGOVER: u64 = 20;

/// Shorter spans are knocks: 100 ms.
const SHORTEST: u64 = 5;

/// Frames with the shape of a voice that a span needs: 60 ms of a vowel.
const VOICED: u32 = 3;

/// Longer spans are cut: with the padding that is added later, just under [`crate::audio::MAX_SEGMENT`].
const LONGEST: u64 = 27 * FRAMES_PER_SECOND;

/// How far back a quiet point is looked for when a long span is cut.
const LOOK_BACK: u64 = 8 * FRAMES_PER_SECOND;

/// What the classifier says of a frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Verdict {
    pub speech: bool,
    pub voiced: bool,
    /// In dB.
    pub level: f32,
}

/// Joins frames into spans, counted in frames.
#[derive(Default)]
pub(super) struct Spans {
    next: u64,
    open: Option<Open>,
}

struct Open {
    start: u64,
    /// Behind the last frame of speech.
    end: u64,
    voiced: u32,
    /// Levels of the frames since `start`, no more than [`LOOK_BACK`] of them.
    levels: VecDeque<f32>,
}

impl Spans {
    /// Where the span that is still open began.
    pub(super) fn open_since(&self) -> Option<u64> {
        self.open.as_ref().map(|open| open.start)
    }

    /// Takes the next frame; returns a span if one ends with it.
    pub(super) fn push(&mut self, verdict: Verdict) -> Option<Range<u64>> {
        let index = self.next;
        self.next += 1;
        if self.open.is_none() && verdict.speech {
            self.open = Some(Open::at(index));
        }
        let open = self.open.as_mut()?;
        open.hear(index, verdict);
        if index - open.start + 1 >= LONGEST {
            return self.cut();
        }
        if index >= open.end + HANGOVER { self.close() } else { None }
    }

    /// The span that is open when the recording ends.
    pub(super) fn finish(&mut self) -> Option<Range<u64>> {
        self.close()
    }

    fn close(&mut self) -> Option<Range<u64>> {
        let open = self.open.take()?;
        let long_enough = open.end - open.start >= SHORTEST && open.voiced >= VOICED;
        long_enough.then_some(open.start..open.end)
    }

    /// Cuts a long span at the quietest of its last frames and goes on behind.
    fn cut(&mut self) -> Option<Range<u64>> {
        let open = self.open.take()?;
        let oldest = self.next - open.levels.len() as u64;
        let quietest = open.levels.iter().enumerate().min_by(|one, other| one.1.total_cmp(other.1));
        let at = oldest + quietest.map_or(0, |(index, _)| index as u64);
        let at = at.max(open.start + 1);
        let mut rest = Open::at(at);
        rest.end = open.end.max(at);
        rest.voiced = open.voiced;
        self.open = Some(rest);
        let long_enough = open.voiced >= VOICED;
        long_enough.then_some(open.start..at)
    }
}

impl Open {
    fn at(start: u64) -> Self {
        Self { start, end: start, voiced: 0, levels: VecDeque::new() }
    }

    fn hear(&mut self, index: u64, verdict: Verdict) {
        if verdict.speech {
            self.end = index + 1;
            self.voiced += u32::from(verdict.voiced);
        }
        self.levels.push_back(verdict.level);
        if self.levels.len() as u64 > LOOK_BACK {
            self.levels.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans_of(frames: impl IntoIterator<Item = Verdict>) -> Vec<Range<u64>> {
        let mut spans = Spans::default();
        let mut found: Vec<_> = frames.into_iter().filter_map(|verdict| spans.push(verdict)).collect();
        found.extend(spans.finish());
        found
    }

    const VOICE: Verdict = Verdict { speech: true, voiced: true, level: -20.0 };
    const HISS: Verdict = Verdict { speech: true, voiced: false, level: -20.0 };
    const PAUSE: Verdict = Verdict { speech: false, voiced: false, level: -60.0 };

    fn frames(parts: &[(Verdict, usize)]) -> Vec<Verdict> {
        parts.iter().flat_map(|(verdict, count)| std::iter::repeat_n(*verdict, *count)).collect()
    }

    #[test]
    fn a_short_pause_joins_and_a_long_one_parts() {
        let spoken = frames(&[(PAUSE, 10), (VOICE, 10), (PAUSE, 15), (VOICE, 10), (PAUSE, 30), (VOICE, 10)]);
        assert_eq!(spans_of(spoken), [10..45, 75..85]);
    }

    #[test]
    fn knocks_and_hisses_are_no_speech() {
        assert_eq!(spans_of(frames(&[(VOICE, 4), (PAUSE, 30)])), []);
        assert_eq!(spans_of(frames(&[(HISS, 50), (PAUSE, 30)])), []);
    }

    #[test]
    fn a_long_speech_is_cut_where_it_is_quiet_and_loses_nothing() {
        let breath = Verdict { level: -35.0, ..VOICE };
        let spoken = frames(&[(VOICE, 1200), (breath, 1), (VOICE, 2000)]);
        let found = spans_of(spoken);
        assert_eq!(found[0], 0..1200);
        assert_eq!(found.last().unwrap().end, 3201);
        assert!(found.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert!(found.iter().all(|span| span.end - span.start <= LONGEST));
    }
}
