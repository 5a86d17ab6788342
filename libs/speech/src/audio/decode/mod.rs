//! One decoder for each format, all behind [`PcmSource`].

mod aac_config;
mod amr;
mod demux;
mod opus;
mod packets;
mod wav_header;

use std::io::{BufReader, Seek, SeekFrom};
use std::time::Duration;

use super::summary::End;
use super::{AudioError, Format, Input, probe};

/// Samples of each channel, all of the same length.
pub(super) type Planes = Vec<Vec<f32>>;

/// Rates outside are no recording of a voice, and would cost memory in the resampler.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=192_000;

/// More microphones are no conversation.
const MAX_CHANNELS: usize = 8;

/// What is known of the sound before the first sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stream {
    pub rate: u32,
    pub channels: usize,
    pub declared: Option<Duration>,
}

/// Whether there may be more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    More,
    Done(End),
}

/// Sound that is pulled packet by packet.
pub(super) trait PcmSource {
    fn stream(&self) -> &Stream;

    /// Appends the samples of the next packet, possibly none, to `planes`.
    fn next(&mut self, planes: &mut Planes) -> Result<Step, AudioError>;

    /// Packets that could not be decoded so far.
    fn damaged(&self) -> u64;
}

/// Recognises the format and makes its decoder ready.
pub(super) fn open(mut input: Input) -> Result<(Format, Box<dyn PcmSource>), AudioError> {
    let format = identify(&mut input)?;
    let source: Box<dyn PcmSource> = match format {
        Format::AmrNb | Format::AmrWb => Box::new(amr::Amr::open(format, BufReader::new(input))?),
        Format::OggOpus => Box::new(opus::OggOpus::open(input)?),
        _ => Box::new(packets::Packets::open(format, input)?),
    };
    let stream = source.stream();
    if !RATES.contains(&stream.rate) {
        return Err(AudioError::unsupported(format!("a sampling rate of {} Hz", stream.rate)));
    }
    check_channels(stream.channels)?;
    Ok((format, source))
}

fn check_channels(channels: usize) -> Result<(), AudioError> {
    if (1..=MAX_CHANNELS).contains(&channels) {
        return Ok(());
    }
    Err(AudioError::unsupported(format!("{channels} channels")))
}

/// Leaves `input` at the first byte behind any ID3v2 tags.
fn identify(input: &mut Input) -> Result<Format, AudioError> {
    let mut head = vec![0; probe::HEAD];
    let mut start = 0;
    let filled = loop {
        let filled = input.read_at(start, &mut head)?;
        match probe::id3_len(&head[..filled]) {
            0 => break filled,
            tag => start += tag,
        }
    };
    if filled == 0 && start > 0 {
        return Err(AudioError::NotAudio { found: "an ID3 tag without sound" });
    }
    let format = probe::probe(&head[..filled])?;
    input.seek(SeekFrom::Start(start))?;
    Ok(format)
}

/// Gives `planes` exactly `channels` channels.
fn shape(planes: &mut Planes, channels: usize) {
    planes.resize_with(channels, Vec::new);
}
