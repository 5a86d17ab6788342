//! Every format decodes to the same sound.

use speech::audio::{AudioError, Ending, Format};

use crate::support::{decode, fixture, seconds, wav};

/// File, format, seconds, and whether the container tells its own end.
const MONO: &[(&str, Format, f64, bool)] = &[
    ("wav-mulaw.wav", Format::Wav, 2.2, true),
    ("mono.mp3", Format::Mp3, 3.26, true),
    ("no-xing.mp3", Format::Mp3, 3.31, false),
    ("mono.m4a", Format::M4a, 3.29, true),
    ("mono.aac", Format::Aac, 3.29, false),
    ("mono.flac", Format::Flac, 2.2, true),
    ("vorbis.ogg", Format::OggVorbis, 3.26, true),
    ("mono.opus", Format::OggOpus, 3.26, true),
    ("mono.amr-nb", Format::AmrNb, 3.26, false),
    ("mono.amr-wb", Format::AmrWb, 3.26, false),
];

#[test]
fn each_format_is_recognised_and_decoded_to_its_length() {
    for (name, format, length, tells_its_end) in MONO {
        let decoded = decode(fixture(name)).unwrap();
        let summary = &decoded.summary;
        assert_eq!(summary.info.format, *format, "{name}");
        assert_eq!(decoded.channels.len(), 1, "{name}");
        assert!((seconds(summary.decoded) - length).abs() < 0.08, "{name}: {:?}", summary.decoded);
        let ending = if *tells_its_end { Ending::Complete } else { Ending::Undeclared };
        assert_eq!(summary.ending, ending, "{name}");
        assert_eq!(summary.damaged_packets, 0, "{name}");
    }
}

#[test]
fn the_sound_is_where_it_was() {
    for (name, ..) in MONO {
        let decoded = decode(fixture(name)).unwrap();
        let (silence, speech) = (decoded.loudness(0, 0.1, 0.4), decoded.loudness(0, 0.6, 1.0));
        assert!(speech > 0.02 && speech > 5.0 * silence, "{name}: speech {speech}, silence {silence}");
    }
}

#[test]
fn formats_agree_with_each_other() {
    let want = decode(fixture("mono.flac")).unwrap();
    // AAC, and MP3 without a Xing header, come some 60 ms late: what the encoder put in front is not told.
    let late = ["no-xing.mp3", "mono.m4a", "mono.aac"];
    for (name, ..) in MONO.iter().filter(|(name, ..)| !late.contains(name)) {
        let decoded = decode(fixture(name)).unwrap();
        for start in [0.55, 0.75, 0.95] {
            let (one, other) = (want.loudness(0, start, start + 0.2), decoded.loudness(0, start, start + 0.2));
            assert!((one / other).log10().abs() < 0.15, "{name} at {start}: {one} and {other}");
        }
    }
}

#[test]
fn both_channels_are_kept_apart() {
    for (name, quiet) in [("stereo.mp3", 0.1), ("stereo.opus", 0.1)] {
        let decoded = decode(fixture(name)).unwrap();
        assert_eq!(decoded.summary.info.channels, 2, "{name}");
        let (left, right) = (decoded.loudness(0, 0.6, 1.0), decoded.loudness(1, 0.6, 1.0));
        assert!(right < quiet * left, "{name}: left first, {left} and {right}");
        let (left, right) = (decoded.loudness(0, 1.9, 2.3), decoded.loudness(1, 1.9, 2.3));
        assert!(left < quiet * right, "{name}: then right, {left} and {right}");
    }
}

#[test]
fn of_he_aac_the_core_is_heard() {
    let (core, plain) = (decode(fixture("he-aac.m4a")).unwrap(), decode(fixture("mono.m4a")).unwrap());
    assert_eq!(core.channels, plain.channels);
}

#[test]
fn a_wrong_name_or_a_tag_in_front_does_not_matter() {
    let mut tagged = b"ID3\x04\0\0\0\0\x08\x00".to_vec();
    tagged.extend([0; 1024]);
    tagged.extend(fixture("mono.flac"));
    assert_eq!(decode(tagged).unwrap().summary.info.format, Format::Flac);
}

#[test]
fn six_channels_are_mixed_and_odd_rates_converted() {
    let samples: Vec<i16> = (0..6 * 11_025).map(|i| if i % 6 == 2 { 6_000 } else { 0 }).collect();
    let decoded = decode(wav(11_025, 6, &samples)).unwrap();
    assert_eq!((decoded.summary.info.source_channels, decoded.channels.len()), (6, 1));
    assert_eq!(decoded.channels[0].len(), 16_000);
    let want = 1_000.0 / 32_768.0;
    assert!((decoded.channels[0][8_000] - want).abs() < 1e-3);
}

#[test]
fn a_rate_that_is_no_voice_is_refused() {
    for rate in [1_000, 4_000_000_000] {
        let refused =
            decode(wav(8_000, 1, &[0; 800]).tap(|file| file[24..28].copy_from_slice(&u32::to_le_bytes(rate))));
        assert!(matches!(refused, Err(AudioError::Unsupported { .. } | AudioError::Broken { .. })), "{rate}");
    }
}

trait Tap: Sized {
    fn tap(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }
}

impl Tap for Vec<u8> {}
