//! A recogniser that hears nothing but how long a clip is, and recordings for it.

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use speech::audio::{Cancel, Input, Limits};
use speech::engine::{Hints, Piece, Progress, Recognise, RecogniseError, Utterance};
use speech::transcribe::{Event, TranscribeError, Transcriber, Transcript};

#[path = "../audio/support.rs"]
#[expect(dead_code, reason = "made for the tests of audio")]
mod recordings;
pub use recordings::{fixture, wav, wav_header};

pub const RATE: usize = 16_000;

/// Says the same for every clip, one utterance over its first half.
pub struct Parrot {
    pub says: &'static str,
    pub doubtful: bool,
    /// Samples of every clip and the seed it came with.
    pub heard: Mutex<Vec<(usize, u64)>>,
}

impl Parrot {
    pub fn saying(says: &'static str) -> Self {
        Self { says, doubtful: false, heard: Mutex::default() }
    }
}

impl Recognise for Parrot {
    fn recognise(
        &self,
        clips: &[&[f32]],
        hints: &Hints,
        listener: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Vec<Utterance>>, RecogniseError> {
        self.heard.lock().unwrap().extend(clips.iter().map(|clip| (clip.len(), hints.seed)));
        listener(Progress { done: clips.len(), clips: clips.len() });
        let utterance = |clip: &&[f32]| {
            let range = Duration::ZERO..Duration::from_secs_f64(clip.len() as f64 / RATE as f64 / 2.0);
            let piece = |char: char| Piece { text: char.into(), range: Some(range.clone()), confidence: 0.8 };
            let pieces = self.says.chars().map(piece).collect();
            vec![Utterance { text: self.says.into(), pieces, confidence: 0.8, doubtful: self.doubtful, range }]
        };
        Ok(clips.iter().map(utterance).collect())
    }

    fn model(&self) -> &'static str {
        "parrot"
    }

    fn language(&self) -> Option<&str> {
        Some("zh")
    }
}

/// A device that is lost.
pub struct Broken;

impl Recognise for Broken {
    fn recognise(
        &self,
        _: &[&[f32]],
        _: &Hints,
        _: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Vec<Utterance>>, RecogniseError> {
        Err(RecogniseError::Device { reason: "lost".into() })
    }

    fn model(&self) -> &'static str {
        "broken"
    }

    fn language(&self) -> Option<&str> {
        None
    }
}

/// Writes `input` down; returns what was told meanwhile as well.
pub fn transcribe(transcriber: &Transcriber, input: Input) -> Result<(Transcript, Vec<Event>), TranscribeError> {
    let mut events = Vec::new();
    let (limits, cancel) = (Limits::default(), Cancel::default());
    let transcript =
        transcriber.transcribe(input, &Hints::default(), &limits, &cancel, &mut |event| events.push(event))?;
    Ok((transcript, events))
}

/// A model folder beside the other tests.
pub fn model(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// A buzz with overtones that swells four times a second, as far as `speaks` says, at `amplitude`.
pub fn voice(seconds: usize, amplitude: f64, speaks: impl Fn(f64) -> bool) -> Vec<i16> {
    let sample = |i: usize| {
        let t = i as f64 / RATE as f64;
        let buzz: f64 = (1..20).map(|n| (std::f64::consts::TAU * 140.0 * f64::from(n) * t).sin() / f64::from(n)).sum();
        let swell = 0.55 - 0.45 * (std::f64::consts::TAU * 4.0 * t).cos();
        if speaks(t) { (amplitude * swell * buzz * 32_000.0) as i16 } else { 0 }
    };
    (0..seconds * RATE).map(sample).collect()
}
