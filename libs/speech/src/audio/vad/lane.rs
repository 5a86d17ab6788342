//! One channel: its sound, its frames and what was decided of them.

use std::collections::VecDeque;
use std::ops::Range;

use super::frames::{Analyser, Frame, decibel};
use super::noise::NoiseFloor;
use super::spans::{Spans, Verdict};
use super::{FRAMES_PER_SECOND, HOP};

/// Frames heard before one is judged, so that the noise floor knows what comes next: 1.5 s.
const LOOK_AHEAD: usize = 75;

/// Below this power (−80 dB) a band is silent, whatever the floor.
const SILENCE: f32 = 1e-8;

/// A band counts for no more than this, so that one loud hum is no speech.
const MOST: f32 = 20.0;

/// Mean of the bands' signal-to-noise ratio, in dB, that begins and that continues speech. Stationary noise
/// has 0.6 ± 0.3.
const BEGINS: f32 = 2.5;
const CONTINUES: f32 = 1.6;

/// Flatter spectra are no voice.
const FLATTEST: f32 = 0.35;

/// Sound and verdicts kept: the longest span, its look-ahead and its padding.
const HISTORY: u64 = 34 * FRAMES_PER_SECOND;

pub(super) struct Lane {
    analyser: Analyser,
    floor: NoiseFloor,
    heard: VecDeque<Frame>,
    /// Signal-to-noise ratio of the frame judged last.
    before: f32,
    spans: Spans,
    speaking: bool,
    verdicts: VecDeque<Verdict>,
    judged: u64,
    sound: VecDeque<f32>,
    received: u64,
}

impl Lane {
    pub(super) fn new() -> Self {
        Self {
            analyser: Analyser::new(),
            floor: NoiseFloor::new(),
            heard: VecDeque::new(),
            before: 0.0,
            spans: Spans::default(),
            speaking: false,
            verdicts: VecDeque::new(),
            judged: 0,
            sound: VecDeque::new(),
            received: 0,
        }
    }

    /// Takes the next samples; appends the spans that end with them, in frames.
    pub(super) fn push(&mut self, samples: &[f32], ended: &mut Vec<Range<u64>>) {
        self.sound.extend(samples);
        self.received += samples.len() as u64;
        let mut frames = Vec::new();
        self.analyser.push(samples, &mut frames);
        self.hear(frames, LOOK_AHEAD, ended);
    }

    /// Judges what is left.
    pub(super) fn finish(&mut self, ended: &mut Vec<Range<u64>>) {
        let mut frames = Vec::new();
        self.analyser.finish(&mut frames);
        self.hear(frames, 0, ended);
        ended.extend(self.spans.finish());
    }

    /// Samples received so far.
    pub(super) fn received(&self) -> u64 {
        self.received
    }

    /// The earliest frame that may belong to a span not yet ended.
    pub(super) fn pending_since(&self) -> u64 {
        self.spans.open_since().unwrap_or(self.judged)
    }

    /// The verdicts on `frames`, as far as they are remembered.
    pub(super) fn verdicts(&self, frames: Range<u64>) -> impl Iterator<Item = Verdict> {
        let oldest = self.judged - self.verdicts.len() as u64;
        let (from, to) = (frames.start.saturating_sub(oldest), frames.end.saturating_sub(oldest));
        let len = self.verdicts.len() as u64;
        self.verdicts.range(from.min(len) as usize..to.min(len) as usize).copied()
    }

    /// The sound of `samples`, as far as it is remembered.
    pub(super) fn sound(&self, samples: Range<u64>) -> Vec<f32> {
        let oldest = self.received - self.sound.len() as u64;
        let len = self.sound.len() as u64;
        let (from, to) = (samples.start.saturating_sub(oldest), samples.end.saturating_sub(oldest));
        self.sound.range(from.min(len) as usize..to.min(len) as usize).copied().collect()
    }

    /// Forgets what no span can need any more.
    pub(super) fn forget(&mut self) {
        let surplus = self.sound.len().saturating_sub(HISTORY as usize * HOP);
        self.sound.drain(..surplus);
        let surplus = self.verdicts.len().saturating_sub(HISTORY as usize);
        self.verdicts.drain(..surplus);
    }

    fn hear(&mut self, frames: Vec<Frame>, look_ahead: usize, ended: &mut Vec<Range<u64>>) {
        for frame in frames {
            self.floor.hear(&frame);
            self.heard.push_back(frame);
            if self.heard.len() > look_ahead {
                self.judge_next(ended);
            }
        }
        while self.heard.len() > look_ahead {
            self.judge_next(ended);
        }
    }

    fn judge_next(&mut self, ended: &mut Vec<Range<u64>>) {
        let Some(frame) = self.heard.pop_front() else { return };
        let verdict = self.judge(&frame);
        self.judged += 1;
        self.verdicts.push_back(verdict);
        ended.extend(self.spans.push(verdict));
    }

    fn judge(&mut self, frame: &Frame) -> Verdict {
        let floor = self.floor.floor();
        let now = ratio(frame, &floor);
        let after = self.heard.front().map_or(now, |next| ratio(next, &floor));
        let mean = (self.before + now + after) / 3.0;
        self.before = now;
        self.speaking = mean > if self.speaking { CONTINUES } else { BEGINS };
        Verdict { speech: self.speaking, voiced: self.speaking && frame.flatness < FLATTEST, level: frame.level }
    }
}

/// Mean over the bands of how far each stands out from its noise, in dB.
fn ratio(frame: &Frame, floor: &[f32]) -> f32 {
    let bands = frame.bands.iter().zip(floor);
    let sum: f32 =
        bands.map(|(power, floor)| (decibel(power + SILENCE) - decibel(floor + SILENCE)).clamp(0.0, MOST)).sum();
    sum / floor.len() as f32
}
