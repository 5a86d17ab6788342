//! WAV, MP3, AAC, FLAC and Ogg Vorbis through symphonia.

use std::io::ErrorKind;
use std::time::Duration;

use symphonia::core::codecs::audio::AudioDecoder;
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatReader, TrackType};
use symphonia::core::packet::Packet;
use symphonia::core::units::TimeBase;

use super::super::summary::End;
use super::super::{AudioError, Input};
use super::demux::{self, cannot_open};
use super::{Format, PcmSource, Planes, Step, Stream, shape};

/// So many undecodable packets before the first good one: not a recording.
const MAX_FALSE_STARTS: u64 = 1_000;

/// A damaged packet is replaced by silence of its length, but its length may be damaged as well.
const MAX_SILENCE: Duration = Duration::from_secs(1);

pub(super) struct Packets {
    format: Format,
    reader: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    time_base: Option<TimeBase>,
    stream: Stream,
    scratch: Planes,
    /// The first decoded packet, read while opening to learn the true rate.
    first: Option<Planes>,
    damaged: u64,
}

impl Packets {
    pub(super) fn open(format: Format, mut input: Input) -> Result<Self, AudioError> {
        demux::prepare(format, &mut input)?;
        let reader = demux::reader(format, input).map_err(|error| cannot_open(format, error))?;
        let (track, time_base, declared, decoder) = {
            let track = reader.first_track_known_codec(TrackType::Audio);
            let track = track.ok_or_else(|| AudioError::unsupported(format!("the codec inside this {format} file")))?;
            (track.id, track.time_base, demux::declared(track), demux::decoder(format, track)?)
        };
        let stream = Stream { rate: 0, channels: 0, declared };
        let mut packets =
            Self { format, reader, decoder, track, time_base, stream, scratch: Planes::new(), first: None, damaged: 0 };
        packets.read_first()?;
        Ok(packets)
    }

    fn read_first(&mut self) -> Result<(), AudioError> {
        let mut planes = Planes::new();
        while self.stream.rate == 0 {
            let done = matches!(self.advance(&mut planes)?, Step::Done(_));
            if self.stream.rate == 0 && (done || self.damaged > MAX_FALSE_STARTS) {
                return Err(AudioError::broken(self.format, "there is no packet that can be decoded"));
            }
        }
        self.first = Some(planes);
        Ok(())
    }

    fn advance(&mut self, planes: &mut Planes) -> Result<Step, AudioError> {
        match self.reader.next_packet() {
            Ok(Some(packet)) if packet.track_id == self.track => self.decode(&packet, planes),
            Ok(Some(_)) => Ok(Step::More),
            Ok(None) => Ok(Step::Done(self.clean_end())),
            Err(Error::IoError(error)) if error.kind() != ErrorKind::UnexpectedEof => Err(error.into()),
            Err(_) => Ok(Step::Done(self.early_end())),
        }
    }

    /// Symphonia ends an Ogg stream without an error only behind its marked last page.
    fn clean_end(&self) -> End {
        if self.format == Format::OggVorbis { End::Marked } else { End::Unmarked }
    }

    /// A WAV file of unknown length ends where the bytes do.
    fn early_end(&self) -> End {
        if self.format == Format::Wav && self.stream.declared.is_none() { End::Unmarked } else { End::Cut }
    }

    fn decode(&mut self, packet: &Packet, planes: &mut Planes) -> Result<Step, AudioError> {
        match self.decoder.decode(packet) {
            Ok(sound) => {
                let (rate, channels) = (sound.spec().rate(), sound.spec().channels().count());
                sound.copy_to_vecs_planar(&mut self.scratch);
                if self.stream.rate == 0 && sound.frames() > 0 {
                    (self.stream.rate, self.stream.channels) = (rate, channels);
                }
                if self.stream.rate != 0 && self.stream.rate != rate {
                    return Err(AudioError::unsupported("a sampling rate that changes midway"));
                }
                self.append(planes);
            }
            Err(Error::DecodeError(_) | Error::IoError(_) | Error::ResetRequired) => self.silence(packet, planes),
            Err(error) => return Err(cannot_open(self.format, error)),
        }
        Ok(Step::More)
    }

    /// Appends the decoded packet; a stream that turns mono fills both channels.
    fn append(&self, planes: &mut Planes) {
        shape(planes, self.stream.channels);
        for (index, plane) in planes.iter_mut().enumerate() {
            if let Some(decoded) = self.scratch.get(index).or(self.scratch.first()) {
                plane.extend_from_slice(decoded);
            }
        }
    }

    /// Keeps the times behind a damaged packet right.
    fn silence(&mut self, packet: &Packet, planes: &mut Planes) {
        self.damaged += 1;
        let lasts = self.time_base.and_then(|base| base.calc_duration(packet.block_dur()));
        let seconds = lasts.map_or(0.0, |time| time.as_secs_f64()).clamp(0.0, MAX_SILENCE.as_secs_f64());
        let samples = (seconds * f64::from(self.stream.rate)).round() as usize;
        shape(planes, self.stream.channels);
        for plane in planes {
            plane.extend(std::iter::repeat_n(0.0, samples));
        }
    }
}

impl PcmSource for Packets {
    fn stream(&self) -> &Stream {
        &self.stream
    }

    fn next(&mut self, planes: &mut Planes) -> Result<Step, AudioError> {
        let Some(first) = self.first.take() else { return self.advance(planes) };
        shape(planes, self.stream.channels);
        for (plane, samples) in planes.iter_mut().zip(first) {
            plane.extend(samples);
        }
        Ok(Step::More)
    }

    fn damaged(&self) -> u64 {
        self.damaged
    }
}
