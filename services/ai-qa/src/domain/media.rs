//! Which kind of recording the bytes are, whatever their name says.

use kernel::choices;

choices! {
    /// The kinds that are accepted, by media type.
    Media {
        Wav = "audio/wav",
        Mp3 = "audio/mpeg",
        M4a = "audio/mp4",
        Aac = "audio/aac",
        /// Ogg with Vorbis or Opus.
        Ogg = "audio/ogg",
        Flac = "audio/flac",
        Amr = "audio/amr",
        Webm = "audio/webm",
    }
}

impl Media {
    /// The kind that a client announces under one of its usual names; parameters do not matter.
    pub fn announced(media_type: &str) -> Option<Self> {
        let name = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        Some(match name.as_str() {
            "audio/wav" | "audio/x-wav" | "audio/wave" | "audio/vnd.wave" => Self::Wav,
            "audio/mpeg" | "audio/mp3" => Self::Mp3,
            "audio/mp4" | "audio/x-m4a" | "audio/m4a" | "video/mp4" => Self::M4a,
            "audio/aac" | "audio/x-aac" => Self::Aac,
            "audio/ogg" | "audio/opus" | "audio/vorbis" | "application/ogg" => Self::Ogg,
            "audio/flac" | "audio/x-flac" => Self::Flac,
            "audio/amr" | "audio/amr-wb" => Self::Amr,
            "audio/webm" | "video/webm" => Self::Webm,
            _ => return None,
        })
    }

    /// The kind that the first bytes show.
    pub fn sniff(head: &[u8]) -> Option<Self> {
        match head {
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some(Self::Wav),
            [b'f', b'L', b'a', b'C', ..] => Some(Self::Flac),
            [b'O', b'g', b'g', b'S', ..] => Some(Self::Ogg),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(Self::M4a),
            [0x1a, 0x45, 0xdf, 0xa3, ..] if contains(&head[..head.len().min(64)], b"webm") => Some(Self::Webm),
            [b'I', b'D', b'3', ..] => Some(Self::Mp3),
            [0xff, second, ..] if second & 0xf6 == 0xf0 => Some(Self::Aac),
            _ if head.starts_with(b"#!AMR") => Some(Self::Amr),
            _ if super::duration::mp3::is_frame(head) => Some(Self::Mp3),
            _ => None,
        }
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_known_by_its_first_bytes() {
        let cases: [(&[u8], Media); 9] = [
            (b"RIFF\x24\0\0\0WAVEfmt ", Media::Wav),
            (b"fLaC\0\0\0\x22", Media::Flac),
            (b"OggS\0\x02", Media::Ogg),
            (b"\0\0\0\x20ftypM4A ", Media::M4a),
            (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", Media::Webm),
            (b"ID3\x04\0\0", Media::Mp3),
            (b"\xff\xfb\x90\x64", Media::Mp3),
            (b"\xff\xf1\x50\x80", Media::Aac),
            (b"#!AMR\n", Media::Amr),
        ];
        for (head, media) in cases {
            assert_eq!(Media::sniff(head), Some(media), "{head:?}");
        }
    }

    #[test]
    fn other_files_are_no_recordings() {
        let others: [&[u8]; 7] = [
            b"",
            b"%PDF-1.7",
            b"PK\x03\x04",
            b"RIFF\0\0\0\0AVI ",
            b"\x1a\x45\xdf\xa3\x93matroska",
            b"\xff\xd8\xff\xe0",
            b"MZ",
        ];
        for head in others {
            assert_eq!(Media::sniff(head), None, "{head:?}");
        }
    }

    #[test]
    fn every_kind_is_announced_under_its_own_name() {
        for media in Media::ALL {
            assert_eq!(Media::announced(media.as_str()), Some(*media));
        }
        assert_eq!(Media::announced("Audio/OPUS; codecs=opus"), Some(Media::Ogg));
        assert_eq!(Media::announced("text/html"), None);
    }
}
