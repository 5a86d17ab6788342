//! From the bytes of a recording to a transcript: decoding, voice activity, recognition in batches, and the text that
//! people read. Personal numbers are removed here, before anybody else sees a character.

mod error;
mod lane;
mod line;
mod pauses;
mod run;
mod transcript;

use std::sync::Arc;
use std::time::Duration;

pub use error::TranscribeError;
pub use transcript::{Event, Sentence, Transcript};

use crate::audio::{AudioError, Cancel, Input, Limits, Recording};
use crate::engine::{Hints, Recognise};
use run::Run;

/// Writes recordings down with one recogniser, which may be shared by many.
#[derive(Clone)]
pub struct Transcriber {
    recogniser: Arc<dyn Recognise>,
}

impl Transcriber {
    /// Writes down with `recogniser`.
    pub fn new(recogniser: Arc<dyn Recognise>) -> Self {
        Self { recogniser }
    }

    /// Name and version of the model.
    pub fn model(&self) -> &str {
        self.recogniser.model()
    }

    /// Writes a recording down. Blocks until it is done; call it on a thread of its own.
    ///
    /// `listener` hears how far the decoder is and of every sentence as soon as it is certain. A recording of any
    /// length needs the same memory: sound is forgotten as soon as it is recognised. `cancel` stops the decoder at once
    /// and the recogniser behind the batch it works on, which is at most four minutes of sound.
    pub fn transcribe(
        &self,
        input: Input,
        hints: &Hints,
        limits: &Limits,
        cancel: &Cancel,
        listener: &mut dyn FnMut(Event),
    ) -> Result<Transcript, TranscribeError> {
        self.resume(Duration::ZERO, input, hints, limits, cancel, listener)
    }

    /// The same, without the speech that ended by `from`: where an earlier run was [`Event::Settled`]. The sentences are
    /// those from there on; everything that is said about the sound as a whole is as of one run.
    pub fn resume(
        &self,
        from: Duration,
        input: Input,
        hints: &Hints,
        limits: &Limits,
        cancel: &Cancel,
        listener: &mut dyn FnMut(Event),
    ) -> Result<Transcript, TranscribeError> {
        let mut recording = Recording::open(input, limits, cancel)?;
        let mut run = Run::new(&*self.recogniser, hints, recording.info(), cancel, listener).after(from);
        while let Some(block) = recording.next_block()? {
            run.hear(&block)?;
        }
        run.finish()?;
        let Some(summary) = recording.summary() else { return Err(AudioError::DecoderFailed.into()) };
        Ok(run.transcript(summary))
    }
}
