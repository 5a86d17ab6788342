//! Files that are cut, damaged, or no recordings at all.

use proptest::prelude::*;
use speech::audio::{AudioError, Cancel, Ending, Input, Limits, Recording};

use crate::support::{decode, fixture, seconds, wav, wav_header};

const ALL: &[&str] = &[
    "wav-mulaw.wav",
    "wav-pcm.wav",
    "mono.mp3",
    "no-xing.mp3",
    "stereo.mp3",
    "mono.m4a",
    "mono.aac",
    "mono.flac",
    "vorbis.ogg",
    "mono.opus",
    "stereo.opus",
    "mono.amr-nb",
    "mono.amr-wb",
];

/// Formats that declare their length or mark their end: a cut anywhere must be noticed.
const SELF_DESCRIBING: &[&str] = &["wav-mulaw.wav", "mono.mp3", "mono.m4a", "mono.flac", "vorbis.ogg", "mono.opus"];

#[test]
fn an_empty_file_is_an_error() {
    assert!(matches!(decode([]), Err(AudioError::Empty)));
}

#[test]
fn what_is_no_recording_is_an_error() {
    for bytes in [&b"PK\x03\x04 some document"[..], b"<html></html>", b"hello there, this is text", &[0; 5_000]] {
        assert!(matches!(decode(bytes), Err(AudioError::NotAudio { .. })));
    }
}

#[test]
fn what_is_not_decoded_is_refused_by_name() {
    for (bytes, name) in
        [(&b"\x02#!SILK_V3\x0a\0"[..], "SILK"), (b"\x1a\x45\xdf\xa3....", "WebM"), (b"RF64....", "RF64")]
    {
        let Err(AudioError::Unsupported { name: refused }) = decode(bytes) else { panic!("{name} was not refused") };
        assert!(refused.contains(name));
    }
}

#[test]
fn silence_decodes_and_says_that_nothing_is_there() {
    let decoded = decode(wav(16_000, 1, &vec![0; 48_000])).unwrap();
    assert_eq!(decoded.summary.ending, Ending::Complete);
    assert!(decoded.summary.peak.abs() < f32::EPSILON);
}

#[test]
fn a_cut_recording_never_passes_for_whole() {
    for name in SELF_DESCRIBING {
        let whole = fixture(name);
        for part in [40, 60, 80] {
            let cut = &whole[..whole.len() * part / 100];
            match decode(cut) {
                Ok(decoded) => assert!(decoded.summary.ending.is_truncated(), "{name} cut to {part} %"),
                Err(error) => assert!(matches!(error, AudioError::Broken { .. }), "{name} cut to {part} %: {error}"),
            }
        }
    }
}

#[test]
fn a_cut_recording_tells_how_much_is_missing() {
    let whole = fixture("wav-mulaw.wav");
    let decoded = decode(&whole[..whole.len() / 2]).unwrap();
    let Ending::Truncated { decoded, declared: Some(declared) } = decoded.summary.ending else {
        panic!("not truncated")
    };
    assert!((seconds(decoded) - 1.1).abs() < 0.05 && (seconds(declared) - 2.2).abs() < 0.05);
}

#[test]
fn a_recorder_that_never_wrote_the_length_loses_nothing() {
    for length in [0, u32::MAX] {
        let mut file = wav_header(16_000, 1, length);
        file[4..8].copy_from_slice(&length.to_le_bytes());
        file.extend(std::iter::repeat_n(1, 32_000));
        let decoded = decode(file).unwrap();
        assert_eq!(decoded.channels[0].len(), 16_000);
        assert_eq!(decoded.summary.ending, Ending::Undeclared);
    }
}

#[test]
fn damage_in_the_middle_keeps_the_times_behind_it() {
    for name in ["mono.mp3", "mono.opus", "mono.amr-wb"] {
        let mut bytes = fixture(name);
        let middle = bytes.len() / 2;
        bytes[middle..middle + 40].fill(0x5a);
        if let Ok(decoded) = decode(bytes) {
            let whole = decode(fixture(name)).unwrap().summary;
            let noticed = decoded.summary.damaged_packets > 0 || decoded.summary.ending.is_truncated();
            let same_length = seconds(decoded.summary.decoded) - seconds(whole.decoded);
            assert!(noticed || same_length.abs() < 0.1, "{name}");
        }
    }
}

#[test]
fn limits_and_cancellation_hold() {
    let limits = |limits: Limits| Recording::open(Input::from_bytes(fixture("mono.opus")), &limits, &Cancel::default());
    let small = Limits { max_bytes: 100, ..Limits::default() };
    assert!(matches!(limits(small), Err(AudioError::TooLarge { bytes: _, limit: 100 })));
    let short = Limits { max_duration: std::time::Duration::from_secs(1), ..Limits::default() };
    let mut recording = limits(short).unwrap();
    let error = std::iter::repeat_with(|| recording.next_block()).find_map(Result::err);
    assert!(matches!(error, Some(AudioError::TooLong { .. })));

    let cancel = Cancel::default();
    cancel.cancel();
    let cancelled = Recording::open(Input::from_bytes(fixture("mono.opus")), &Limits::default(), &cancel);
    assert!(matches!(cancelled, Err(AudioError::Cancelled)));
}

/// Any outcome but a panic of the decoder or a hang, which the fence would report.
fn survives(bytes: Vec<u8>) -> Result<(), TestCaseError> {
    let outcome = decode(bytes);
    let fenced = matches!(outcome, Err(AudioError::Stalled { .. }));
    prop_assert!(!fenced);
    if let Ok(decoded) = outcome {
        prop_assert!(decoded.channels.iter().flatten().all(|sample| sample.is_finite() && sample.abs() <= 1.0));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn random_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..6_000)) {
        survives(bytes)?;
    }

    #[test]
    fn random_bytes_behind_a_good_beginning_are_survived(
        name in proptest::sample::select(ALL), keep in 4..1_500_usize, bytes in proptest::collection::vec(any::<u8>(), 0..4_000),
    ) {
        let mut file = fixture(name);
        file.truncate(keep);
        file.extend(bytes);
        survives(file)?;
    }

    #[test]
    fn every_prefix_is_survived(name in proptest::sample::select(ALL), part in 0.0..1.0_f64) {
        let mut file = fixture(name);
        file.truncate((file.len() as f64 * part) as usize);
        survives(file)?;
    }

    #[test]
    fn flipped_bytes_are_survived(
        name in proptest::sample::select(ALL), flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let mut file = fixture(name);
        for (at, byte) in flips {
            let at = at.index(file.len());
            file[at] = byte;
        }
        survives(file)?;
    }
}
