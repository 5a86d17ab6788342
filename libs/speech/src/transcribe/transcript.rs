//! What was said in a recording, in the form in which it is stored. Times are stored as whole milliseconds.

use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::audio::{Progress, Speaker};
use crate::engine::Piece;
use crate::millis;

/// What happens while a recording is written down.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The decoder has come this far.
    Decoded(Progress),
    /// Something was said; sentences of one speaker come in order.
    Sentence(Sentence),
    /// All sentences of the speech that ended by then were told: a later run may go on here.
    Settled(Duration),
}

/// Everything that was said in a recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// In the order in which they begin.
    pub sentences: Vec<Sentence>,
    /// How much sound was decoded.
    #[serde(with = "millis::time")]
    pub duration: Duration,
    /// How long the container says the recording is, if it says so.
    #[serde(with = "millis::maybe_time")]
    pub declared: Option<Duration>,
    /// Whether all of it was decoded. When not, the sentences are those of the first [`Transcript::duration`].
    pub complete: bool,
    /// Packets that could not be decoded and were heard as silence.
    pub damaged_packets: u64,
    /// The loudest sample, 0 to 1; a recording of nothing has 0.
    pub peak: f32,
    /// Channels that were told apart: one or two.
    pub channels: usize,
    /// Code of the language the model writes; `None` when it finds that out by itself.
    pub language: Option<String>,
    /// Name and version of the model.
    pub model: String,
    /// Share of the spoken time in doubtful sentences, 0 to 1; 1 where nothing was understood of any speech.
    pub doubt: f32,
}

/// A stretch of speech without a longer pause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Within the recording.
    #[serde(with = "millis::span")]
    pub range: Range<Duration>,
    /// Whose speech it is, as far as the channels tell.
    pub speaker: Speaker,
    /// In simplified characters, numbers written as figures, personal numbers replaced by their kind (【电话】).
    pub text: String,
    /// The text in pieces, put together exactly [`Sentence::text`]; a written or replaced number is one piece.
    pub pieces: Vec<Piece>,
    /// 0 to 1: how likely it is right.
    pub confidence: f32,
    /// Not to be relied upon without a human.
    pub doubtful: bool,
}
