//! AMR narrowband and wideband in their storage format: a magic line, then frames of 20 ms.

use std::io::{self, Read};

use codec_core::codecs::amr::{AmrCodec, AmrFrameType, AmrVariant};
use codec_core::{CodecConfig, CodedFrame, VariableRateCodec};

use super::super::AudioError;
use super::super::summary::End;
use super::{Format, PcmSource, Planes, Step, Stream, shape};

/// So many bytes in a row that start no frame: not speech any more.
const MAX_GARBAGE: u32 = 256;

pub(super) struct Amr<R> {
    bytes: R,
    codec: AmrCodec,
    variant: AmrVariant,
    stream: Stream,
    mode: u8,
    damaged: u64,
    garbage: u32,
}

impl<R: Read> Amr<R> {
    pub(super) fn open(format: Format, mut bytes: R) -> Result<Self, AudioError> {
        let (variant, config) = match format {
            Format::AmrWb => (AmrVariant::WideBand, CodecConfig::amr_wb()),
            _ => (AmrVariant::NarrowBand, CodecConfig::amr_nb()),
        };
        let mut magic = vec![0; variant.storage_magic().len()];
        bytes.read_exact(&mut magic)?;
        let codec = AmrCodec::new(&config).map_err(|error| AudioError::broken(format, error))?;
        let stream = Stream { rate: variant.sample_rate(), channels: 1, declared: None };
        Ok(Self { bytes, codec, variant, stream, mode: 0, damaged: 0, garbage: 0 })
    }

    /// The header of the next frame; `None` behind the last one.
    fn header(&mut self) -> io::Result<Option<u8>> {
        let mut header = [0];
        match self.bytes.read_exact(&mut header) {
            Ok(()) => Ok(Some(header[0])),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A byte that starts no frame; its sound, if there was any, is lost.
    fn skip_garbage(&mut self) -> Step {
        self.damaged += 1;
        self.garbage += 1;
        if self.garbage < MAX_GARBAGE { Step::More } else { Step::Done(End::Cut) }
    }

    fn decode(&mut self, frame: &CodedFrame, plane: &mut Vec<f32>) {
        if let Ok(samples) = self.codec.decode_frame(frame) {
            plane.extend(samples.iter().map(|sample| f32::from(*sample) / 32_768.0));
        } else {
            self.damaged += 1;
            plane.extend(std::iter::repeat_n(0.0, self.variant.frame_samples()));
        }
    }
}

impl<R: Read> PcmSource for Amr<R> {
    fn stream(&self) -> &Stream {
        &self.stream
    }

    fn next(&mut self, planes: &mut Planes) -> Result<Step, AudioError> {
        shape(planes, 1);
        let Some(header) = self.header()? else { return Ok(Step::Done(End::Unmarked)) };
        let padding_clear = header & 0x83 == 0;
        let Ok(kind) = AmrFrameType::from_index(self.variant, header >> 3 & 15) else { return Ok(self.skip_garbage()) };
        if !padding_clear {
            return Ok(self.skip_garbage());
        }
        let mut payload = vec![0; kind.octet_aligned_bytes()];
        match self.bytes.read_exact(&mut payload) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(Step::Done(End::Cut)),
            Err(error) => return Err(error.into()),
        }
        self.garbage = 0;
        if let AmrFrameType::Speech(mode) = kind {
            self.mode = mode.index();
        }
        let frame = coded(kind, self.mode, header & 4 != 0, payload);
        self.decode(&frame, &mut planes[0]);
        Ok(Step::More)
    }

    fn damaged(&self) -> u64 {
        self.damaged
    }
}

fn coded(kind: AmrFrameType, mode: u8, quality_ok: bool, payload: Vec<u8>) -> CodedFrame {
    let mut frame = match kind {
        AmrFrameType::Speech(_) => CodedFrame::speech(mode, payload),
        AmrFrameType::Sid(_) => CodedFrame::comfort_noise(payload),
        AmrFrameType::NoData => CodedFrame::no_data(),
        AmrFrameType::SpeechLost => CodedFrame::lost(),
    };
    frame.mode = mode;
    frame.quality_ok = quality_ok && kind != AmrFrameType::SpeechLost;
    frame
}
