//! Hours in bounded memory.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::time::Duration;

use speech::audio::Input;
use speech::transcribe::Transcriber;

use crate::support::{Parrot, RATE, transcribe, voice, wav_header};

/// A WAV file of ten seconds again and again: four of speech, six of silence.
struct Endless {
    header: Vec<u8>,
    round: Vec<u8>,
    len: u64,
    at: u64,
}

impl Endless {
    fn new(length: Duration) -> Self {
        let data = length.as_secs() * RATE as u64 * 2;
        let header = wav_header(RATE as u32, 1, u32::try_from(data).unwrap());
        let round = voice(10, 0.2, |t| t < 4.0).into_iter().flat_map(i16::to_le_bytes).collect();
        Self { len: header.len() as u64 + data, header, round, at: 0 }
    }
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let header = self.header.len() as u64;
        let left = (self.len - self.at.min(self.len)) as usize;
        let from = match self.at.checked_sub(header) {
            None => &self.header[self.at as usize..],
            Some(at) => &self.round[(at % self.round.len() as u64) as usize..],
        };
        let count = buffer.len().min(from.len()).min(left);
        buffer[..count].copy_from_slice(&from[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
            SeekFrom::End(by) => self.len.saturating_add_signed(by),
        };
        Ok(self.at)
    }
}

/// Peak resident memory of this process in bytes.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

#[test]
fn three_hours_take_the_memory_of_a_few_minutes() {
    let length = Duration::from_hours(3);
    let transcriber = Transcriber::new(Arc::new(Parrot::saying("好的")));
    let before = peak_memory();
    let (transcript, _) = transcribe(&transcriber, Input::new(Endless::new(length)).unwrap()).unwrap();
    let grown = peak_memory() - before;
    assert_eq!((transcript.duration, transcript.complete), (length, true));
    assert_eq!(transcript.sentences.len(), 1_080);
    assert!(grown < 64 << 20, "{} MiB", grown >> 20);
}
