//! A recogniser that knows what was said by how long it took, and recordings for it.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use speech::engine::{Hints, Piece, Progress, Recognise, RecogniseError, Utterance};

const RATE: usize = 16_000;

/// Says for every clip what its length in whole seconds stands for; one utterance for each sentence.
#[derive(Clone, Default)]
pub struct Ear(Arc<Inner>);

#[derive(Default)]
struct Inner {
    words: Mutex<HashMap<usize, &'static str>>,
    heard: Mutex<Vec<usize>>,
    hinted: Mutex<Vec<String>>,
    held: Mutex<bool>,
    released: Condvar,
}

impl Ear {
    /// From now on a recording of `seconds` says this.
    pub fn says(&self, seconds: usize, words: &'static str) {
        lock(&self.0.words).insert(seconds, words);
    }

    /// The lengths of all clips so far, in whole seconds.
    pub fn heard(&self) -> Vec<usize> {
        lock(&self.0.heard).clone()
    }

    /// The words that were likely to be said in the last recording.
    pub fn hinted(&self) -> Vec<String> {
        lock(&self.0.hinted).clone()
    }

    /// Works no further until released.
    pub fn hold(&self) {
        *lock(&self.0.held) = true;
    }

    pub fn release(&self) {
        *lock(&self.0.held) = false;
        self.0.released.notify_all();
    }

    fn write_down(&self, clip: &[f32]) -> Vec<Utterance> {
        let seconds = (clip.len() + RATE / 2) / RATE;
        lock(&self.0.heard).push(seconds);
        let words = lock(&self.0.words).get(&seconds).copied().unwrap_or_default();
        let sentences: Vec<&str> = words.split('。').filter(|one| !one.is_empty()).collect();
        let each = Duration::from_secs_f64(clip.len() as f64 / RATE as f64 / sentences.len().max(1) as f64);
        let at = |number: usize| each * u32::try_from(number).expect("few");
        sentences.iter().enumerate().map(|(number, text)| utterance(text, at(number)..at(number + 1))).collect()
    }
}

fn utterance(text: &str, range: std::ops::Range<Duration>) -> Utterance {
    let piece = |char: char| Piece { text: char.into(), range: None, confidence: 0.95 };
    let pieces = text.chars().map(piece).collect();
    Utterance { range, text: text.into(), pieces, confidence: 0.95, doubtful: false }
}

impl Recognise for Ear {
    fn recognise(
        &self,
        clips: &[&[f32]],
        hints: &Hints,
        _: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Vec<Utterance>>, RecogniseError> {
        lock(&self.0.hinted).clone_from(&hints.words);
        let held = lock(&self.0.held);
        drop(self.0.released.wait_while(held, |held| *held).unwrap_or_else(PoisonError::into_inner));
        Ok(clips.iter().map(|clip| self.write_down(clip)).collect())
    }

    fn model(&self) -> &'static str {
        "ear"
    }

    fn language(&self) -> Option<&str> {
        Some("zh")
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A wav file with `seconds` of a voice.
pub fn voice(seconds: usize) -> Bytes {
    recording(1, (0..seconds * RATE).map(sample))
}

/// A wav file of a call: the rep speaks on the left for some seconds, then the customer on the right.
pub fn call(rep: usize, customer: usize) -> Bytes {
    let both = |at: usize| if at < rep * RATE { [sample(at), 0] } else { [0, sample(at)] };
    recording(2, (0..(rep + customer) * RATE).flat_map(both))
}

/// A wav file in which nobody speaks.
pub fn silence(seconds: usize) -> Bytes {
    recording(1, (0..seconds * RATE).map(|_| 0))
}

/// A buzz that swells like a voice.
fn sample(at: usize) -> i16 {
    let turn = std::f64::consts::TAU * at as f64 / RATE as f64;
    let buzz: f64 = (1..20).map(|n| (turn * 140.0 * f64::from(n)).sin() / f64::from(n)).sum();
    (0.3 * (0.55 - 0.45 * (turn * 4.0).cos()) * buzz * 32_000.0) as i16
}

fn recording(channels: u16, samples: impl Iterator<Item = i16>) -> Bytes {
    let sound: Vec<u8> = samples.flat_map(i16::to_le_bytes).collect();
    let length = u32::try_from(sound.len()).expect("short");
    let mut file = b"RIFF".to_vec();
    file.extend((length + 36).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    file.extend(channels.to_le_bytes());
    file.extend(16_000_u32.to_le_bytes());
    file.extend((32_000 * u32::from(channels)).to_le_bytes());
    file.extend((2 * channels).to_le_bytes());
    file.extend(b"\x10\0data");
    file.extend(length.to_le_bytes());
    file.extend(sound);
    file.into()
}
