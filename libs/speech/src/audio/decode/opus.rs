//! Opus in Ogg, decoded straight to 16 kHz: the codec does that better and faster than a resampler behind it.

use std::io::{BufReader, Seek};
use std::time::Duration;

use opus_pure::{MAX_PACKET_SAMPLES, OggOpusReader, OggPacket, OpusDecoder, Trim};

use super::super::summary::End;
use super::super::{AudioError, Format, Input, SAMPLE_RATE};
use super::{PcmSource, Planes, Step, Stream, shape};

/// The largest Ogg page, and so the furthest from the end of the file its last page can start.
const MAX_PAGE: u64 = 65_307;

/// Samples of granule positions a second, whatever the rate of the recording.
const GRANULE_RATE: u64 = 48_000;

pub(super) struct OggOpus {
    reader: OggOpusReader<BufReader<Input>>,
    decoder: OpusDecoder,
    trim: Trim,
    packet: OggPacket,
    samples: Vec<f32>,
    stream: Stream,
    end: End,
    damaged: u64,
}

impl OggOpus {
    pub(super) fn open(mut input: Input) -> Result<Self, AudioError> {
        let broken = |error: opus_pure::Error| AudioError::broken(Format::OggOpus, error);
        let last = last_page(&mut input)?;
        input.rewind()?;
        let reader = OggOpusReader::new(BufReader::new(input)).map_err(broken)?;
        let head = reader.head();
        if head.mapping_family != 0 {
            return Err(AudioError::unsupported("Opus with more than two channels"));
        }
        let channels = usize::from(head.channel_count);
        let rate = SAMPLE_RATE.cast_signed();
        let decoder = head.decoder(rate).map_err(broken)?;
        let trim = Trim::new(head, rate, channels).map_err(broken)?;
        let declared = last.as_ref().filter(|page| page.serial == reader.serial()).map(|page| {
            let granules = page.granule.saturating_sub(u64::from(head.pre_skip));
            Duration::from_secs_f64(granules as f64 / GRANULE_RATE as f64)
        });
        let marked = declared.is_some() && last.is_some_and(|page| page.ends_stream);
        Ok(Self {
            reader,
            decoder,
            trim,
            packet: OggPacket::default(),
            samples: vec![0.0; MAX_PACKET_SAMPLES * channels],
            stream: Stream { rate: SAMPLE_RATE, channels, declared: declared.filter(|_| marked) },
            end: if marked { End::Marked } else { End::Cut },
            damaged: 0,
        })
    }

    /// Decodes the packet just read; a packet that cannot be decoded is concealed.
    fn decode(&mut self) -> usize {
        if let Ok(samples) = self.decoder.decode(&self.packet.data, MAX_PACKET_SAMPLES, &mut self.samples) {
            return samples;
        }
        self.damaged += 1;
        self.samples.fill(0.0);
        self.decoder.last_packet_duration().min(MAX_PACKET_SAMPLES)
    }
}

impl PcmSource for OggOpus {
    fn stream(&self) -> &Stream {
        &self.stream
    }

    fn next(&mut self, planes: &mut Planes) -> Result<Step, AudioError> {
        let channels = self.stream.channels;
        shape(planes, channels);
        match self.reader.read_packet_into(&mut self.packet) {
            Ok(true) => {}
            Ok(false) => return Ok(Step::Done(self.end)),
            Err(opus_pure::Error::Io(error)) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
                return Err(error.into());
            }
            Err(_) => return Ok(Step::Done(End::Cut)),
        }
        let decoded = self.decode();
        let kept = self.trim.keep(&self.packet, &self.samples[..decoded * channels]);
        for (channel, plane) in planes.iter_mut().enumerate() {
            plane.extend(kept.iter().skip(channel).step_by(channels));
        }
        Ok(Step::More)
    }

    fn damaged(&self) -> u64 {
        self.damaged
    }
}

/// What the last page of the file says.
struct LastPage {
    serial: u32,
    granule: u64,
    ends_stream: bool,
}

/// The last page header in the file. A file that was cut lacks the page that marks the end of its stream.
fn last_page(input: &mut Input) -> Result<Option<LastPage>, AudioError> {
    let from = input.len().saturating_sub(MAX_PAGE);
    let mut tail = vec![0; usize::try_from(input.len() - from).unwrap_or(0)];
    let filled = input.read_at(from, &mut tail)?;
    tail.truncate(filled);
    let page = tail.windows(18).rev().find(|page| page.starts_with(b"OggS\0"));
    Ok(page.map(|page| LastPage {
        ends_stream: page[5] & 4 != 0,
        granule: little_endian(&page[6..14]),
        serial: little_endian(&page[14..18]) as u32,
    }))
}

fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
}
