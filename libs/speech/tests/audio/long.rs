//! Three hours in a few megabytes, and how fast.

use std::io::{self, Read, Seek, SeekFrom};
use std::time::Duration;

use speech::audio::{Block, Cancel, Ending, Input, Limits, Recording, Segmenter, segments};

use crate::support::{fixture, wav_header};

const RATE: u32 = 16_000;

/// A stereo WAV file that is computed as it is read: four seconds of a buzz, six of silence, on and on.
struct Endless {
    header: Vec<u8>,
    len: u64,
    at: u64,
}

impl Endless {
    fn new(length: Duration) -> Self {
        let data = length.as_secs() * u64::from(RATE) * 4;
        let header = wav_header(RATE, 2, u32::try_from(data).unwrap());
        Self { len: header.len() as u64 + data, header, at: 0 }
    }

    fn byte(&self, at: u64) -> u8 {
        let Some(offset) = at.checked_sub(self.header.len() as u64) else { return self.header[at as usize] };
        let frame = offset / 4;
        let speaks = frame / u64::from(RATE) % 10 < 4 && offset % 4 < 2;
        let swells = frame / 1_600 % 3 > 0;
        let sample = if speaks && swells { ((frame % 114) as i16 - 57) * 150 } else { 0 };
        sample.to_le_bytes()[(offset % 2) as usize]
    }
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = (buffer.len() as u64).min(self.len.saturating_sub(self.at));
        for (index, byte) in (0..count).zip(buffer.iter_mut()) {
            *byte = self.byte(self.at + index);
        }
        self.at += count;
        Ok(count as usize)
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
fn three_hours_take_a_few_megabytes() {
    let length = Duration::from_hours(3);
    let before = peak_memory();
    let mut found =
        segments(Input::new(Endless::new(length)).unwrap(), &Limits::default(), &Cancel::default()).unwrap();
    let count = found.by_ref().map(Result::unwrap).count();
    let grown = peak_memory() - before;
    assert_eq!(found.summary().unwrap().decoded, length);
    assert_eq!(found.summary().unwrap().ending, Ending::Complete);
    assert!(count >= 1_080, "a segment every ten seconds, not {count}");
    assert!(grown < 64 << 20, "{} MiB", grown >> 20);
}

/// Processor time this process has taken, all threads together.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: u64 = fields[11..13].iter().map(|ticks| ticks.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}

/// Figures, to be read: `cargo test --release -p speech --test audio -- --ignored --nocapture speed`.
#[test]
#[ignore = "measures instead of testing"]
fn speed() {
    for name in
        ["wav-pcm.wav", "stereo.mp3", "mono.m4a", "mono.flac", "vorbis.ogg", "mono.opus", "mono.amr-nb", "mono.amr-wb"]
    {
        let (mut decoding, mut finding, mut sound) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
        for _ in 0..10 {
            let begin = processor_time();
            let runs: Vec<_> = (0..20).map(|_| blocks_of(name)).collect();
            decoding += processor_time().saturating_sub(begin);
            let begin = processor_time();
            for blocks in &runs {
                let mut segmenter = Segmenter::new(blocks[0].channels.len());
                for block in blocks {
                    segmenter.push(block);
                }
                segmenter.finish();
                sound += Duration::from_secs_f64(blocks.iter().map(Block::len).sum::<usize>() as f64 / f64::from(RATE));
            }
            finding += processor_time().saturating_sub(begin);
        }
        let times = |spent: Duration| sound.as_secs_f64() / spent.as_secs_f64();
        println!("{name}: decoded {:.0} and searched {:.0} times as fast as it plays", times(decoding), times(finding));
    }
}

fn blocks_of(name: &str) -> Vec<Block> {
    let mut recording =
        Recording::open(Input::from_bytes(fixture(name)), &Limits::default(), &Cancel::default()).unwrap();
    std::iter::from_fn(|| recording.next_block().unwrap()).collect()
}
