//! Opens a container and its codec with symphonia.

use std::io::{ErrorKind, Seek};
use std::time::Duration;

use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_AAC;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatOptions, FormatReader, Track};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::default::{formats, get_codecs};

use super::super::{AudioError, Input};
use super::{Format, aac_config, check_channels, wav_header};

/// MP3 without a Xing header, and ADTS always: given the file's size, symphonia would guess a length from the
/// first frames and call it the file's own, and of an MP3 drop what a variable rate puts behind it.
pub(super) fn prepare(format: Format, input: &mut Input) -> Result<(), AudioError> {
    match format {
        Format::Mp3 | Format::Aac => input.forward_only(),
        Format::Wav => {
            wav_header::repair(input)?;
            input.rewind()?;
        }
        _ => {}
    }
    Ok(())
}

pub(super) fn reader(format: Format, input: Input) -> Result<Box<dyn FormatReader>, Error> {
    let stream = MediaSourceStream::new(Box::new(input), MediaSourceStreamOptions::default());
    let options = FormatOptions::default();
    Ok(match format {
        Format::Wav => Box::new(formats::WavReader::try_new(stream, options)?),
        Format::Mp3 => Box::new(formats::MpaReader::try_new(stream, options)?),
        Format::Aac => Box::new(formats::AdtsReader::try_new(stream, options)?),
        Format::Flac => Box::new(formats::FlacReader::try_new(stream, options)?),
        Format::OggVorbis => Box::new(formats::OggReader::try_new(stream, options)?),
        Format::M4a | Format::OggOpus | Format::AmrNb | Format::AmrWb => {
            Box::new(formats::IsoMp4Reader::try_new(stream, options)?)
        }
    })
}

pub(super) fn declared(track: &Track) -> Option<Duration> {
    let time = track.time_base?.calc_duration(track.duration?)?;
    Duration::try_from_secs_f64(time.as_secs_f64()).ok()
}

pub(super) fn decoder(format: Format, track: &Track) -> Result<Box<dyn AudioDecoder>, AudioError> {
    let Some(CodecParameters::Audio(parameters)) = &track.codec_params else {
        return Err(AudioError::unsupported(format!("the codec inside this {format} file")));
    };
    // Before the decoder allocates for them; AAC may not tell yet.
    if let Some(channels) = &parameters.channels {
        check_channels(channels.count())?;
    }
    let parameters = with_lc_core(parameters.clone())?;
    get_codecs()
        .make_audio_decoder(&parameters, &AudioDecoderOptions::default())
        .map_err(|error| cannot_open(format, error))
}

fn with_lc_core(mut parameters: AudioCodecParameters) -> Result<AudioCodecParameters, AudioError> {
    if parameters.codec == CODEC_ID_AAC
        && let Some(config) = &parameters.extra_data
    {
        parameters.extra_data = Some(aac_config::lc_core(config)?);
    }
    Ok(parameters)
}

pub(super) fn cannot_open(format: Format, error: Error) -> AudioError {
    match error {
        // A container whose last part is gone lacks what is in that part, which symphonia calls unsupported.
        Error::Unsupported(what) if what.contains("missing") => AudioError::broken(format, what),
        Error::Unsupported(what) => AudioError::unsupported(format!("{format}: {what}")),
        Error::IoError(error) if error.kind() != ErrorKind::UnexpectedEof => AudioError::Read(error),
        Error::IoError(_) => AudioError::broken(format, "it ends within its header"),
        error => AudioError::broken(format, error),
    }
}
