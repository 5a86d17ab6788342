//! Peak memory of a two-hour recording, against what the loaded model takes.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use speech::audio::{Cancel, Input, Limits};
use speech::engine::{Hints, load};
use speech::kernels::Cpu;
use speech::layers::{Compute, Precision};
use speech::transcribe::Transcriber;
use speech::whisper::DecodeOptions;

use super::cache;
use crate::figure;

const LENGTH: Duration = Duration::from_hours(2);
const RATE: u64 = 16_000;
/// Silence behind each sentence.
const PAUSE: usize = 12 * RATE as usize;
const LIMIT: f64 = 200.0;

pub fn run() {
    if !cache::shipped().join("config.json").exists() {
        return figure::print(
            "asr-memory-two-hours",
            f64::NAN,
            Some(LIMIT),
            "MiB",
            json!({ "missing": "deploy/models/sluice-zh-small" }),
        );
    }
    let compute = Compute::new(Cpu::detect(), Precision::Int8, 2).expect("threads");
    let model = load(&cache::shipped(), compute, DecodeOptions::default()).expect("the shipped model");
    let transcriber = Transcriber::new(Arc::from(model));
    let input = Input::new(TwoHours::new()).expect("a recording");
    let loaded = status("VmRSS:");
    let (limits, cancel) = (Limits::default(), Cancel::default());
    let transcript =
        transcriber.transcribe(input, &Hints::default(), &limits, &cancel, &mut |_| ()).expect("a transcript");
    let grown = status("VmHWM:").saturating_sub(loaded) as f64 / 1024.0;
    let detail = json!({
        "seconds": transcript.duration.as_secs(), "sentences": transcript.sentences.len(), "loaded_mib": loaded / 1024,
        "better": "below the limit",
    });
    figure::print("asr-memory-two-hours", grown, Some(LIMIT), "MiB above the loaded model", detail);
}

/// A line of this process's status, in KiB.
fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("the line");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// A WAV file of sentences again and again, computed as it is read.
struct TwoHours {
    header: Vec<u8>,
    round: Vec<u8>,
    at: u64,
    len: u64,
}

impl TwoHours {
    fn new() -> Self {
        let clips = cache::spoken("seen").into_iter().take(20);
        let sound = clips.flat_map(|(clip, _)| clip.into_iter().chain(std::iter::repeat_n(0.0, PAUSE)));
        let round = sound.flat_map(|x| ((x * 32_767.0) as i16).to_le_bytes()).collect();
        let data = LENGTH.as_secs() * RATE * 2;
        let (length, rate) = (u32::try_from(data).expect("below 4 GiB"), RATE as u32);
        let mut header = b"RIFF".to_vec();
        header.extend((length + 36).to_le_bytes());
        header.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
        header.extend([rate.to_le_bytes(), (rate * 2).to_le_bytes()].concat());
        header.extend(b"\x02\0\x10\0data");
        header.extend(length.to_le_bytes());
        Self { len: header.len() as u64 + data, header, round, at: 0 }
    }
}

impl Read for TwoHours {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let at = self.at;
        let from = match at.checked_sub(self.header.len() as u64) {
            None => &self.header[at as usize..],
            Some(offset) => &self.round[(offset % self.round.len() as u64) as usize..],
        };
        let count = buffer.len().min(from.len()).min(self.len.saturating_sub(at) as usize);
        buffer[..count].copy_from_slice(&from[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for TwoHours {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
            SeekFrom::End(by) => self.len.saturating_add_signed(by),
        };
        self.at = position;
        Ok(position)
    }
}
