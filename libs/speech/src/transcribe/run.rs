//! One recording while it is written down.

use std::ops::Range;
use std::time::Duration;

use super::error::TranscribeError;
use super::lane::Lane;
use super::pauses::at_pauses;
use super::transcript::{Event, Sentence, Transcript};
use crate::audio::{AudioError, Block, Cancel, Info, Progress, Segment, Segmenter, Speaker, Summary, duration_of};
use crate::engine::{Hints, Recognise, Utterance};
use crate::millis;

/// Segments that are recognised together.
const BATCH: usize = 8;
/// How often the listener hears of the decoder.
const TELL_EVERY: Duration = Duration::from_secs(5);

pub(super) struct Run<'a> {
    recogniser: &'a dyn Recognise,
    hints: Hints,
    cancel: &'a Cancel,
    listener: &'a mut dyn FnMut(Event),
    segmenter: Segmenter,
    waiting: Vec<Segment>,
    /// Of the only or left channel and what both heard, and of the right one.
    lanes: [Lane; 2],
    sentences: Vec<Sentence>,
    progress: Progress,
    told: Duration,
    /// Speech that ended by then was written down before.
    from: Duration,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        recogniser: &'a dyn Recognise,
        hints: &Hints,
        info: &Info,
        cancel: &'a Cancel,
        listener: &'a mut dyn FnMut(Event),
    ) -> Self {
        Self {
            recogniser,
            hints: hints.clone(),
            cancel,
            listener,
            segmenter: Segmenter::new(info.channels),
            waiting: Vec::new(),
            lanes: Default::default(),
            sentences: Vec::new(),
            progress: Progress { decoded: Duration::ZERO, declared: info.declared },
            told: Duration::ZERO,
            from: Duration::ZERO,
        }
    }

    /// Leaves out the speech that ended by `from`.
    pub(super) fn after(mut self, from: Duration) -> Self {
        self.from = from;
        self
    }

    /// Takes the next block of sound.
    pub(super) fn hear(&mut self, block: &Block) -> Result<(), TranscribeError> {
        self.segmenter.push(block);
        self.progress.decoded = duration_of(block.start + block.len() as u64);
        if self.progress.decoded >= self.told + TELL_EVERY {
            self.tell_progress();
        }
        self.recognise(BATCH)
    }

    /// Writes down what is left.
    pub(super) fn finish(&mut self) -> Result<(), TranscribeError> {
        self.segmenter.finish();
        self.tell_progress();
        self.recognise(1)?;
        let last: Vec<Sentence> = self.lanes.iter_mut().flat_map(Lane::finish).collect();
        self.keep(last);
        Ok(())
    }

    /// The transcript of a recording that is at its end.
    pub(super) fn transcript(mut self, summary: &Summary) -> Transcript {
        self.sentences.sort_by_key(|sentence| (sentence.range.start, sentence.speaker));
        Transcript {
            doubt: doubt(&self.sentences, self.segmenter.speech()),
            sentences: self.sentences,
            duration: millis::floor(summary.decoded),
            declared: summary.info.declared.map(millis::floor),
            complete: !summary.ending.is_truncated(),
            damaged_packets: summary.damaged_packets,
            peak: summary.peak,
            channels: summary.info.channels,
            language: self.recogniser.language().map(str::to_owned),
            model: self.recogniser.model().to_owned(),
        }
    }

    fn tell_progress(&mut self) {
        self.told = self.progress.decoded;
        (self.listener)(Event::Decoded(self.progress));
    }

    /// Recognises what waits, as long as there are `least` segments of it.
    fn recognise(&mut self, least: usize) -> Result<(), TranscribeError> {
        while let Some(segment) = self.segmenter.next_segment() {
            if segment.range().end > self.from {
                self.waiting.push(segment);
            }
        }
        while self.waiting.len() >= least {
            if self.cancel.is_cancelled() {
                return Err(AudioError::Cancelled.into());
            }
            let batch: Vec<Segment> = self.waiting.drain(..BATCH.min(self.waiting.len())).collect();
            let clips: Vec<&[f32]> = batch.iter().map(|segment| segment.samples.as_slice()).collect();
            let written = self.recogniser.recognise(&clips, &self.hints, &mut |_| ())?;
            self.hints.seed = self.hints.seed.wrapping_add(1);
            for (segment, utterances) in batch.iter().zip(written) {
                self.take(segment, utterances);
            }
            self.settle(&batch);
        }
        Ok(())
    }

    /// Tells where a later run may go on: where nothing waits and no earlier end is still to come.
    fn settle(&mut self, batch: &[Segment]) {
        let Some(end) = batch.iter().map(|segment| segment.range().end).max() else { return };
        let owed = self.segmenter.owes(end) || self.waiting.iter().any(|segment| segment.range().end <= end);
        if !owed && self.lanes.iter().all(Lane::is_settled) {
            (self.listener)(Event::Settled(end));
        }
    }

    fn take(&mut self, segment: &Segment, utterances: Vec<Utterance>) {
        let lane = usize::from(segment.speaker == Speaker::Right);
        // Pauses were cut short for the recogniser: only the recording's own times show them.
        for utterance in utterances.into_iter().flat_map(|one| at_pauses(in_recording(segment, one))) {
            let certain = self.lanes[lane].push(segment.speaker, utterance);
            self.keep(certain);
        }
    }

    fn keep(&mut self, sentences: Vec<Sentence>) {
        for sentence in sentences {
            (self.listener)(Event::Sentence(sentence.clone()));
            self.sentences.push(sentence);
        }
    }
}

/// From times in the segment to times in the recording.
fn in_recording(segment: &Segment, mut utterance: Utterance) -> Utterance {
    let length = segment.duration();
    let place = |range: Range<Duration>| segment.times.to_recording(range.start.min(length)..range.end.min(length));
    utterance.range = place(utterance.range);
    for piece in &mut utterance.pieces {
        piece.range = piece.range.take().map(|range| millis::floor_span(place(range)));
    }
    utterance
}

/// Share of the spoken time that is doubtful; all of it when there was speech and nothing was understood.
fn doubt(sentences: &[Sentence], speech: Duration) -> f32 {
    let time = |of: &mut dyn Iterator<Item = &Sentence>| -> f32 {
        of.map(|sentence| sentence.range.end.saturating_sub(sentence.range.start).as_secs_f32()).sum()
    };
    let all = time(&mut sentences.iter());
    if all > 0.0 {
        return time(&mut sentences.iter().filter(|sentence| sentence.doubtful)) / all;
    }
    if speech > Duration::ZERO { 1.0 } else { 0.0 }
}
