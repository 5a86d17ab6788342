//! Recognises a recording by its first bytes, whatever its name says.

use std::fmt;

use super::AudioError;

mod frames;
mod refusals;

/// Formats that are decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// RIFF WAVE: PCM, floating point, A-law, µ-law, ADPCM.
    Wav,
    /// MPEG audio layer III.
    Mp3,
    /// AAC in an MP4, M4A or 3GP container.
    M4a,
    /// AAC as a bare ADTS stream.
    Aac,
    /// FLAC.
    Flac,
    /// Vorbis in Ogg.
    OggVorbis,
    /// Opus in Ogg.
    OggOpus,
    /// AMR narrowband.
    AmrNb,
    /// AMR wideband.
    AmrWb,
}

impl Format {
    /// A short name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Mp3 => "mp3",
            Self::M4a => "m4a",
            Self::Aac => "aac",
            Self::Flac => "flac",
            Self::OggVorbis => "ogg-vorbis",
            Self::OggOpus => "ogg-opus",
            Self::AmrNb => "amr-nb",
            Self::AmrWb => "amr-wb",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How many bytes [`probe`] wants to see: two of the largest MP3 frames and something in front of them.
pub(crate) const HEAD: usize = 8 * 1024;

/// Recognises the format of a file by its first 8 KiB (fewer if the file is shorter), without any ID3v2 tag.
pub fn probe(head: &[u8]) -> Result<Format, AudioError> {
    if head.is_empty() {
        return Err(AudioError::Empty);
    }
    if let Some(format) = by_magic(head)? {
        return Ok(format);
    }
    if let Some(refusal) = refusals::of(head) {
        return Err(refusal);
    }
    frames::find(head).ok_or(AudioError::NotAudio { found: "unknown bytes" })
}

fn by_magic(head: &[u8]) -> Result<Option<Format>, AudioError> {
    let format = match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Format::Wav,
        [b'f', b'L', b'a', b'C', ..] => Format::Flac,
        [_, _, _, _, b'f', b't', b'y', b'p', ..] | [_, _, _, _, b'm', b'o', b'o', b'v', ..] => Format::M4a,
        _ if head.starts_with(b"OggS") => return ogg(head).map(Some),
        _ if head.starts_with(b"#!AMR\n") => Format::AmrNb,
        _ if head.starts_with(b"#!AMR-WB\n") => Format::AmrWb,
        _ => return Ok(None),
    };
    Ok(Some(format))
}

/// The first packet of an Ogg stream names its codec.
fn ogg(head: &[u8]) -> Result<Format, AudioError> {
    let segments = head.get(26).copied().map_or(0, usize::from);
    let packet = head.get(27 + segments..).unwrap_or_default();
    match packet {
        _ if packet.starts_with(b"OpusHead") => Ok(Format::OggOpus),
        _ if packet.starts_with(b"\x01vorbis") => Ok(Format::OggVorbis),
        _ if packet.starts_with(b"Speex   ") => Err(AudioError::unsupported("Speex")),
        _ if packet.starts_with(b"\x7fFLAC") => Err(AudioError::unsupported("FLAC inside Ogg")),
        _ => Err(AudioError::unsupported("an Ogg stream with neither Vorbis nor Opus")),
    }
}

/// Bytes taken by an ID3v2 tag at the start of `head`: zero if there is none.
pub(crate) fn id3_len(head: &[u8]) -> u64 {
    let [b'I', b'D', b'3', _, _, flags, a, b, c, d, ..] = *head else { return 0 };
    let body = [a, b, c, d].iter().fold(0_u64, |size, byte| size << 7 | u64::from(byte & 0x7f));
    let footer = if flags & 0x10 == 0 { 0 } else { 10 };
    10 + body + footer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_head_is_an_empty_file() {
        assert!(matches!(probe(&[]), Err(AudioError::Empty)));
    }

    #[test]
    fn id3_sizes_are_synchsafe() {
        assert_eq!(id3_len(b"ID3\x04\0\0\0\0\x02\x01rest"), 10 + 257);
        assert_eq!(id3_len(b"ID3\x04\0\x10\0\0\0\x05"), 10 + 5 + 10);
        assert_eq!(id3_len(b"RIFF"), 0);
    }

    #[test]
    fn silk_is_refused_by_name() {
        for head in [b"\x02#!SILK_V3xx".as_slice(), b"#!SILK_V3xx"] {
            let Err(AudioError::Unsupported { name }) = probe(head) else { panic!("not refused") };
            assert!(name.contains("SILK"));
        }
    }

    #[test]
    fn a_page_of_text_is_no_recording() {
        assert!(matches!(probe(b"<!doctype html><html>"), Err(AudioError::NotAudio { .. })));
        assert!(matches!(probe(b"%PDF-1.7"), Err(AudioError::NotAudio { .. })));
    }
}
