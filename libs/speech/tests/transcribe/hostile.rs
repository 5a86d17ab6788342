//! Files that nobody should send.

use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use speech::audio::Input;
use speech::transcribe::{TranscribeError, Transcriber, Transcript};

use crate::support::{Parrot, fixture, transcribe, voice, wav};

fn written(bytes: impl Into<Vec<u8>>) -> Result<Transcript, TranscribeError> {
    let transcriber = Transcriber::new(Arc::new(Parrot::saying("好的")));
    transcribe(&transcriber, Input::from_bytes(bytes)).map(|(transcript, _)| transcript)
}

fn code(bytes: impl Into<Vec<u8>>) -> &'static str {
    written(bytes).err().map_or("none", |error| error.code())
}

#[test]
fn what_is_no_recording_is_refused_by_name() {
    assert_eq!(code(Vec::new()), "recording_empty");
    assert_eq!(code(b"%PDF-1.7 a contract".to_vec()), "recording_not_audio");
    assert_eq!(code(vec![0; 100_000]), "recording_not_audio");
    assert_eq!(code(b"#!SILK_V3\x0c\0".repeat(20)), "recording_format_unsupported");
    assert_eq!(code(fixture("mono.m4a")[..60].to_vec()), "recording_broken");
}

#[test]
fn a_truncated_recording_says_so_and_keeps_what_there_is() {
    let whole = wav(16_000, 1, &voice(20, 0.2, |t| t % 10.0 > 2.0 && t % 10.0 < 4.0));
    let transcript = written(&whole[..whole.len() / 2]).unwrap();
    assert!(!transcript.complete);
    assert_eq!(transcript.declared, Some(Duration::from_secs(20)));
    assert!(transcript.duration < Duration::from_millis(10_010), "{:?}", transcript.duration);
    assert_eq!(transcript.sentences.len(), 1);
    for name in ["mono.opus", "mono.flac", "mono.mp3", "vorbis.ogg"] {
        let bytes = fixture(name);
        let cut = written(&bytes[..bytes.len() * 7 / 10]);
        assert!(cut.is_ok_and(|transcript| !transcript.complete), "{name}");
    }
}

#[test]
fn silence_and_noise_have_no_sentences() {
    let mut state = 1_u64;
    let noise: Vec<i16> = (0..320_000)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 48) as i16) / 16
        })
        .collect();
    let silent = written(wav(16_000, 1, &vec![0; 320_000])).unwrap();
    assert!(silent.sentences.is_empty() && silent.peak == 0.0 && silent.doubt == 0.0 && silent.complete);
    let noisy = written(wav(16_000, 1, &noise)).unwrap();
    assert!(noisy.sentences.is_empty() && noisy.peak > 0.05);
}

#[test]
fn speech_in_noise_is_still_written() {
    let mut state = 7_u64;
    let mut sound = voice(10, 0.2, |t| (3.0..6.0).contains(&t));
    for sample in &mut sound {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *sample = sample.saturating_add((state >> 48) as i16 / 40);
    }
    let transcript = written(wav(16_000, 1, &sound)).unwrap();
    assert_eq!(transcript.sentences.len(), 1);
    assert!((transcript.sentences[0].range.start.as_secs_f64() - 3.0).abs() < 0.5);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn damaged_files_end_in_a_transcript_or_a_code(
        name in prop::sample::select(vec!["mono.mp3", "mono.m4a", "mono.opus", "mono.amr-wb", "mono.flac", "wav-pcm.wav"]),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20), part in 0.1..1.0_f64,
    ) {
        let mut file = fixture(name);
        file.truncate((file.len() as f64 * part) as usize);
        for (at, byte) in flips {
            let at = at.index(file.len());
            file[at] = byte;
        }
        match written(file) {
            Ok(transcript) => prop_assert!((0.0..=1.0).contains(&transcript.peak)),
            Err(error) => prop_assert!(error.code().starts_with("recording_"), "{error}"),
        }
    }
}
