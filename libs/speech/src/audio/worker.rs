//! What runs on the decoding thread.

use std::sync::mpsc::SyncSender;

use super::decode::{self, PcmSource, Planes, Step};
use super::resample::To16k;
use super::summary::End;
use super::{AudioError, Block, Ending, Format, Info, Input, Limits, SAMPLE_RATE, Summary, duration_of, fold};

/// Samples of each channel in a block: half a second.
const BLOCK: usize = SAMPLE_RATE as usize / 2;

/// What the decoding thread says, in this order: opened, blocks, done; or failed at any time.
pub(super) enum Message {
    Opened(Info),
    Block(Block),
    Done(Summary),
    Failed(AudioError),
}

/// The other side went away; so does this one.
struct Gone;

/// Decodes `input` to its end, to an error, or until nobody listens.
pub(super) fn run(input: Input, limits: &Limits, stop: &super::Cancel, tell: &SyncSender<Message>) {
    let outcome = Worker::open(input, limits, stop).and_then(|mut worker| match worker.decode(tell) {
        Ok(result) => result.map(Some),
        Err(Gone) => Ok(None),
    });
    let last = match outcome {
        Ok(Some(summary)) => Message::Done(summary),
        Ok(None) => return,
        Err(error) => Message::Failed(error),
    };
    // A listener that is gone has no use for the ending either.
    let _ = tell.send(last);
}

struct Worker<'a> {
    limits: &'a Limits,
    stop: &'a super::Cancel,
    source: Box<dyn PcmSource>,
    resampler: To16k,
    info: Info,
    /// Decoded and folded, not yet at 16 kHz.
    raw: Planes,
    /// At 16 kHz, not yet sent.
    ready: Planes,
    sent: u64,
    peak: f32,
}

impl<'a> Worker<'a> {
    fn open(mut input: Input, limits: &'a Limits, stop: &'a super::Cancel) -> Result<Self, AudioError> {
        if input.is_empty() {
            return Err(AudioError::Empty);
        }
        if input.len() > limits.max_bytes {
            return Err(AudioError::TooLarge { bytes: input.len(), limit: limits.max_bytes });
        }
        input.stop_on(stop);
        let (format, source) = decode::open(input).map_err(|error| cancelled_or(error, stop))?;
        let info = info(format, source.as_ref());
        let resampler = To16k::new(info.source_rate, info.channels)?;
        let ready = vec![Vec::new(); info.channels];
        Ok(Self { limits, stop, source, resampler, info, raw: Planes::new(), ready, sent: 0, peak: 0.0 })
    }

    fn decode(&mut self, tell: &SyncSender<Message>) -> Result<Result<Summary, AudioError>, Gone> {
        tell.send(Message::Opened(self.info.clone())).map_err(|_| Gone)?;
        loop {
            let end = match self.step() {
                Ok(Step::More) => None,
                Ok(Step::Done(end)) => Some(end),
                Err(error) => return Ok(Err(cancelled_or(error, self.stop))),
            };
            self.send(tell, if end.is_some() { 1 } else { BLOCK })?;
            if let Some(end) = end {
                return Ok(Ok(self.summary(end)));
            }
        }
    }

    /// Moves one packet through to `ready`.
    fn step(&mut self) -> Result<Step, AudioError> {
        if self.stop.is_cancelled() {
            return Err(AudioError::Cancelled);
        }
        let step = self.source.next(&mut self.raw)?;
        self.peak = fold::fold(&mut self.raw).max(self.peak);
        self.resampler.push(&mut self.raw, &mut self.ready)?;
        if matches!(step, Step::Done(_)) {
            self.resampler.finish(&mut self.ready)?;
        }
        if duration_of(self.sent + self.ready[0].len() as u64) > self.limits.max_duration {
            return Err(AudioError::TooLong { limit: self.limits.max_duration });
        }
        Ok(step)
    }

    /// Sends blocks while at least `least` samples are ready.
    fn send(&mut self, tell: &SyncSender<Message>, least: usize) -> Result<(), Gone> {
        while self.ready[0].len() >= least {
            let len = self.ready[0].len().min(BLOCK);
            // The resampler's filter overshoots where the recording was clipped.
            let clamped = |plane: &mut Vec<f32>| plane.drain(..len).map(|sample| sample.clamp(-1.0, 1.0)).collect();
            let channels = self.ready.iter_mut().map(clamped).collect();
            tell.send(Message::Block(Block { start: self.sent, channels })).map_err(|_| Gone)?;
            self.sent += len as u64;
        }
        Ok(())
    }

    fn summary(&self, end: End) -> Summary {
        let decoded = duration_of(self.sent);
        Summary {
            info: self.info.clone(),
            decoded,
            ending: Ending::of(end, decoded, self.info.declared),
            damaged_packets: self.source.damaged(),
            peak: self.peak,
        }
    }
}

fn info(format: Format, source: &dyn PcmSource) -> Info {
    let stream = source.stream();
    Info {
        format,
        source_rate: stream.rate,
        source_channels: stream.channels,
        channels: fold::kept(stream.channels),
        declared: stream.declared,
    }
}

/// A cancelled read looks like any failed read.
fn cancelled_or(error: AudioError, stop: &super::Cancel) -> AudioError {
    if stop.is_cancelled() { AudioError::Cancelled } else { error }
}
