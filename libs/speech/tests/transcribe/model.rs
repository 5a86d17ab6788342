//! With a checkpoint of random weights: no sense, but everything in its place.

use std::sync::Arc;

use speech::audio::Input;
use speech::engine::{Hints, load};
use speech::kernels::Cpu;
use speech::layers::{Compute, Precision};
use speech::transcribe::{Transcriber, Transcript};
use speech::whisper::DecodeOptions;

use crate::support::{fixture, model, transcribe};

fn transcriber() -> Transcriber {
    let compute = Compute::new(Cpu::detect(), Precision::Int8, 1).unwrap();
    let options = DecodeOptions { temperatures: vec![0.0, 0.5], ..DecodeOptions::default() };
    Transcriber::new(Arc::from(load(&model("single-80"), compute, options).unwrap()))
}

#[test]
fn every_format_is_written_down_the_same_way_each_time() {
    let transcriber = transcriber();
    let run = |name| transcribe(&transcriber, Input::from_bytes(fixture(name))).unwrap().0;
    for name in ["mono.mp3", "mono.m4a", "mono.flac", "vorbis.ogg", "mono.opus", "mono.amr-nb", "wav-mulaw.wav"] {
        let transcript: Transcript = run(name);
        assert!(transcript.complete && transcript.model == "single-80", "{name}");
        assert_eq!(transcript, run(name), "{name}");
        assert!(
            transcript.sentences.iter().all(|s| s.range.start <= s.range.end && s.range.end <= transcript.duration)
        );
    }
}

#[test]
fn random_weights_are_doubted() {
    let (transcript, _) = transcribe(&transcriber(), Input::from_bytes(fixture("mono.opus"))).unwrap();
    assert!(transcript.doubt > 0.99, "{transcript:?}");
    assert_eq!(Hints::default().seed, 0);
}
