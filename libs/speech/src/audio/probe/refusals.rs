//! What is recognised only to be refused by name.

use super::AudioError;

/// Recordings in formats that are not decoded: offset, magic bytes, name.
const UNSUPPORTED: &[(usize, &[u8], &str)] = &[
    (0, b"\x02#!SILK_V3", "SILK v3 (a WeChat voice message)"),
    (0, b"#!SILK_V3", "SILK v3"),
    (0, b"#!AMR_MC1.0\n", "AMR with several channels"),
    (0, b"#!AMR-WB_MC1.0\n", "AMR-WB with several channels"),
    (0, b"RF64", "RF64 (WAV beyond 4 GiB)"),
    (0, b"BW64", "BW64 (WAV beyond 4 GiB)"),
    (8, b"AVI ", "AVI"),
    (0, b"FORM", "AIFF"),
    (0, b"caff", "Core Audio (CAF)"),
    (0, b".snd", "Sun audio (AU)"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media (WMA)"),
    (0, b"\x1a\x45\xdf\xa3", "WebM or Matroska"),
    (0, b".RMF", "RealAudio"),
    (0, b"MAC ", "Monkey's Audio"),
    (0, b"wvPk", "WavPack"),
    (0, b"MThd", "MIDI"),
    (0, b"FLV\x01", "Flash video"),
    (0, b"ADIF", "AAC in ADIF"),
];

/// Files people upload by mistake: magic bytes, what it is.
const NOT_AUDIO: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"<", "a page of markup"),
    (b"{", "a JSON document"),
];

pub(super) fn of(head: &[u8]) -> Option<AudioError> {
    let unsupported = UNSUPPORTED.iter().find(|(at, magic, _)| head.get(*at..).is_some_and(|at| at.starts_with(magic)));
    if let Some((_, _, name)) = unsupported {
        return Some(AudioError::unsupported(*name));
    }
    let (_, found) = NOT_AUDIO.iter().find(|(magic, _)| head.starts_with(magic))?;
    Some(AudioError::NotAudio { found })
}
