//! Ways to decode a recording in a test.

use std::path::Path;
use std::time::Duration;

use speech::audio::{AudioError, Cancel, Input, Limits, Recording, Segment, Summary, segments};

/// The bytes of a recording beside these tests.
pub fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audio/fixtures").join(name);
    std::fs::read(path).unwrap()
}

/// A recording decoded to its end.
pub struct Decoded {
    pub channels: Vec<Vec<f32>>,
    pub summary: Summary,
}

impl Decoded {
    /// Root mean square of a channel between two times.
    pub fn loudness(&self, channel: usize, from: f64, to: f64) -> f32 {
        let part = &self.channels[channel][(from * 16_000.0) as usize..(to * 16_000.0) as usize];
        (part.iter().map(|sample| sample * sample).sum::<f32>() / part.len() as f32).sqrt()
    }
}

pub fn decode(bytes: impl Into<Vec<u8>>) -> Result<Decoded, AudioError> {
    let mut recording = Recording::open(Input::from_bytes(bytes), &Limits::default(), &Cancel::default())?;
    let mut channels = vec![Vec::new(); recording.info().channels];
    while let Some(block) = recording.next_block()? {
        assert_eq!(block.start, channels[0].len() as u64, "blocks follow each other");
        for (channel, samples) in channels.iter_mut().zip(block.channels) {
            channel.extend(samples);
        }
    }
    let summary = recording.summary().unwrap().clone();
    Ok(Decoded { channels, summary })
}

/// The speech of a recording, and what decoding found.
pub fn speech_of(input: Input) -> Result<(Vec<Segment>, Summary), AudioError> {
    let mut found = segments(input, &Limits::default(), &Cancel::default())?;
    let segments = found.by_ref().collect::<Result<Vec<_>, _>>()?;
    let summary = found.summary().unwrap().clone();
    Ok((segments, summary))
}

pub fn seconds(duration: Duration) -> f64 {
    duration.as_secs_f64()
}

/// The header of a WAV file with 16-bit samples, announcing `data` bytes of sound.
pub fn wav_header(rate: u32, channels: u16, data: u32) -> Vec<u8> {
    let frame = u32::from(channels) * 2;
    let mut header = b"RIFF".to_vec();
    header.extend(data.saturating_add(36).to_le_bytes());
    header.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    header.extend(channels.to_le_bytes());
    header.extend(rate.to_le_bytes());
    header.extend((rate * frame).to_le_bytes());
    header.extend((frame as u16).to_le_bytes());
    header.extend(b"\x10\0data");
    header.extend(data.to_le_bytes());
    header
}

/// A WAV file of these samples.
pub fn wav(rate: u32, channels: u16, samples: &[i16]) -> Vec<u8> {
    let mut file = wav_header(rate, channels, samples.len() as u32 * 2);
    file.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    file
}
