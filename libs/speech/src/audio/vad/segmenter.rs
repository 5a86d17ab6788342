//! From blocks to segments, over one or two channels.

use std::collections::VecDeque;
use std::ops::Range;
use std::time::Duration;

use super::HOP;
use super::lane::Lane;
use super::pack::Packer;
use crate::audio::{Block, Segment, Speaker, duration_of, samples_in};

/// Frames kept before and behind a span: 200 ms of breath and of fading consonants.
const PADDING: u64 = 10;

/// Both channels hear the same person if their levels differ by less than this, in dB, …
const ALIKE: f32 = 6.0;

/// … in so large a part of the frames. Two ends of a call speak at the same time for far less than that, and
/// the echo of the other end is far quieter.
const MOSTLY: f32 = 0.8;

/// Finds the speech in the blocks of a recording, each channel for itself, and packs it.
///
/// Holds some 40 s of sound for each channel and nothing more.
pub struct Segmenter {
    lanes: Vec<Lane>,
    packers: Vec<Packer>,
    /// Behind the last span of each channel, in samples, so that padding never repeats sound.
    ends: Vec<u64>,
    ready: VecDeque<Segment>,
    speech: u64,
}

impl Segmenter {
    /// For a recording with `channels` channels, one or two.
    pub fn new(channels: usize) -> Self {
        Self {
            lanes: (0..channels).map(|_| Lane::new()).collect(),
            packers: (0..channels).map(|_| Packer::default()).collect(),
            ends: vec![0; channels],
            ready: VecDeque::new(),
            speech: 0,
        }
    }

    /// Takes the next block of the recording.
    pub fn push(&mut self, block: &Block) {
        let mut ended = Vec::new();
        for (channel, samples) in block.channels.iter().enumerate().take(self.lanes.len()) {
            let mut spans = Vec::new();
            self.lanes[channel].push(samples, &mut spans);
            ended.extend(spans.into_iter().map(|span| (channel, span)));
        }
        self.settle(ended);
        for (channel, lane) in self.lanes.iter_mut().enumerate() {
            let earliest = lane.pending_since().saturating_sub(PADDING) * HOP as u64;
            self.ready.extend(self.packers[channel].flush_before(earliest));
            lane.forget();
        }
    }

    /// Ends the recording; what was left open becomes segments.
    pub fn finish(&mut self) {
        let mut ended = Vec::new();
        for (channel, lane) in self.lanes.iter_mut().enumerate() {
            let mut spans = Vec::new();
            lane.finish(&mut spans);
            ended.extend(spans.into_iter().map(|span| (channel, span)));
        }
        self.settle(ended);
        for packer in &mut self.packers {
            self.ready.extend(packer.flush());
        }
    }

    /// The next segment that is complete.
    pub fn next_segment(&mut self) -> Option<Segment> {
        self.ready.pop_front()
    }

    /// Whether a segment that ends by `until` is still to come: channels do not wait for each other.
    pub fn owes(&self, until: Duration) -> bool {
        let samples = samples_in(until);
        self.ready.iter().any(|segment| segment.range().end <= until)
            || self.packers.iter().any(|packer| packer.owes(samples))
    }

    /// Speech found so far, added up over the channels.
    pub fn speech(&self) -> Duration {
        duration_of(self.speech)
    }

    fn settle(&mut self, mut ended: Vec<(usize, Range<u64>)>) {
        ended.sort_by_key(|(_, span)| span.end);
        for (channel, span) in ended {
            if let Some(speaker) = self.speaker(channel, span.clone()) {
                self.speech += (span.end - span.start) * HOP as u64;
                self.pack(channel, speaker, span);
            }
        }
    }

    /// Whose speech a span is; `None` if the other channel has it already.
    fn speaker(&self, channel: usize, span: Range<u64>) -> Option<Speaker> {
        if self.lanes.len() < 2 {
            return Some(Speaker::Mono);
        }
        match (self.alike(span), channel) {
            (true, 0) => Some(Speaker::Both),
            (true, _) => None,
            (false, 0) => Some(Speaker::Left),
            (false, _) => Some(Speaker::Right),
        }
    }

    fn alike(&self, span: Range<u64>) -> bool {
        let pairs = self.lanes[0].verdicts(span.clone()).zip(self.lanes[1].verdicts(span));
        let (spoken, alike) = pairs.filter(|(left, right)| left.speech || right.speech).fold(
            (0_u32, 0_u32),
            |(spoken, alike), (left, right)| {
                let same = left.speech && right.speech && (left.level - right.level).abs() < ALIKE;
                (spoken + 1, alike + u32::from(same))
            },
        );
        spoken > 0 && alike as f32 >= MOSTLY * spoken as f32
    }

    fn pack(&mut self, channel: usize, speaker: Speaker, span: Range<u64>) {
        let lane = &self.lanes[channel];
        let start = (span.start.saturating_sub(PADDING) * HOP as u64).max(self.ends[channel]);
        let end = ((span.end + PADDING) * HOP as u64).min(lane.received());
        let mut samples = lane.sound(start..end);
        if speaker == Speaker::Both {
            for (left, right) in samples.iter_mut().zip(self.lanes[1].sound(start..end)) {
                *left = f32::midpoint(*left, right);
            }
        }
        self.ends[channel] = end;
        self.ready.extend(self.packers[channel].add(speaker, start, &samples));
    }
}
