//! What every recogniser offers, whatever its kind.

use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ctc::CtcRecogniser;
use crate::error::ModelError;
use crate::layers::{Compute, ModelFolder};
use crate::millis;
use crate::whisper::{DecodeOptions, Whisper};

/// A recogniser of speech: a Whisper checkpoint, or an encoder with a CTC head and a language model.
pub trait Recognise: Send + Sync {
    /// Writes clips down, several at once where that is faster; one list of utterances for each clip, in order.
    ///
    /// Samples are 16 kHz, between −1 and 1. Clips of more than 30 seconds are possible, shorter ones are faster.
    /// `listener` hears of each clip as soon as it is done.
    fn recognise(
        &self,
        clips: &[&[f32]],
        hints: &Hints,
        listener: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Vec<Utterance>>, RecogniseError>;

    /// Name and version of the model, for the record.
    fn model(&self) -> &str;

    /// Code of the language it writes; `None` when it finds that out for each clip.
    fn language(&self) -> Option<&str>;
}

/// Why a recognition failed. The processor's own paths never do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecogniseError {
    /// The device that computes ran out of memory, was lost, or refused a kernel.
    #[error("the device failed: {reason}")]
    Device {
        /// What its driver says.
        reason: String,
    },
}

/// What is known about the speech beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Words that are likely to be said: names, products.
    pub words: Vec<String>,
    /// Seed of the numbers drawn when a first attempt fails; the same seed gives the same text.
    pub seed: u64,
}

/// How far a recognition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Clips that are done.
    pub done: usize,
    /// All clips.
    pub clips: usize,
}

/// A stretch of a clip and what was said in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// Within the clip.
    pub range: Range<Duration>,
    /// As the model wrote it.
    pub text: String,
    /// The text in pieces: characters, syllables or words, as the model sees them.
    pub pieces: Vec<Piece>,
    /// 0 to 1: how likely a piece of it is right, on geometric average.
    pub confidence: f32,
    /// Not to be relied upon without a human.
    pub doubtful: bool,
}

/// A piece of text with its probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Piece {
    /// At least one character.
    pub text: String,
    /// When it was said, by models that know: within the clip, in a transcript within the recording.
    #[serde(with = "millis::maybe_span", default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range<Duration>>,
    /// 0 to 1.
    pub confidence: f32,
}

#[derive(Deserialize)]
struct Kind {
    model_type: String,
}

/// Loads whatever kind of model a folder holds, by the `model_type` of its `config.json`: `whisper`, or `sluice-ctc`,
/// which needs no options.
pub fn load(path: &Path, compute: Compute, options: DecodeOptions) -> Result<Box<dyn Recognise>, ModelError> {
    let Kind { model_type } = ModelFolder::open(path)?.json("config.json")?;
    match model_type.as_str() {
        "whisper" => Ok(Box::new(Whisper::load(path, compute, options)?)),
        "sluice-ctc" => Ok(Box::new(CtcRecogniser::load(path, compute)?)),
        other => Err(ModelError::config("config.json", format!("model_type {other} is not known"))),
    }
}
