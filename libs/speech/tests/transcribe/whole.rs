//! What a service gets.

use std::sync::Arc;
use std::time::Duration;

use speech::audio::{AudioError, Cancel, Input, Limits, Speaker};
use speech::engine::Hints;
use speech::transcribe::{Event, TranscribeError, Transcriber, Transcript};

use crate::support::{Broken, Parrot, fixture, transcribe, voice, wav};

fn input(samples: &[i16]) -> Input {
    Input::from_bytes(wav(16_000, 1, samples))
}

#[test]
fn speech_becomes_sentences_with_times_in_the_recording() {
    let parrot = Arc::new(Parrot::saying("報價一台三千塊"));
    let transcriber = Transcriber::new(parrot.clone());
    let sound = voice(20, 0.2, |t| (2.0..4.0).contains(&t) || (12.0..15.0).contains(&t));
    let (transcript, events) = transcribe(&transcriber, input(&sound)).unwrap();
    let texts: Vec<_> = transcript.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    assert_eq!(texts, ["报价一台3000元"; 2]);
    let starts: Vec<f64> = transcript.sentences.iter().map(|sentence| sentence.range.start.as_secs_f64()).collect();
    assert!((starts[0] - 2.0).abs() < 0.4 && (starts[1] - 12.0).abs() < 0.4, "{starts:?}");
    for sentence in &transcript.sentences {
        assert_eq!(sentence.speaker, Speaker::Mono);
        assert!(sentence.pieces.iter().all(|piece| piece.range.as_ref() == Some(&sentence.range)));
        assert_eq!(sentence.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), sentence.text);
    }
    assert!(transcript.complete && transcript.doubt == 0.0 && transcript.damaged_packets == 0);
    assert_eq!((transcript.duration, transcript.declared), (Duration::from_secs(20), Some(Duration::from_secs(20))));
    assert_eq!(
        (transcript.model.as_str(), transcript.language.as_deref(), transcript.channels),
        ("parrot", Some("zh"), 1)
    );
    let told: Vec<_> = events.iter().filter(|event| matches!(event, Event::Sentence(_))).collect();
    assert_eq!(told.len(), 2);
    let decoded = events.iter().filter_map(|event| if let Event::Decoded(p) = event { Some(p.decoded) } else { None });
    let decoded: Vec<_> = decoded.collect();
    assert!(decoded.is_sorted() && decoded.len() >= 4 && decoded.last() == Some(&Duration::from_secs(20)));
}

#[test]
fn a_transcript_is_stored_and_read_unchanged() {
    let transcriber = Transcriber::new(Arc::new(Parrot::saying("好的，我的电话是幺三八零零一三八零零零")));
    let (transcript, _) = transcribe(&transcriber, Input::from_bytes(fixture("stereo.opus"))).unwrap();
    assert!(transcript.sentences.len() >= 2 && transcript.channels == 2);
    let stored = serde_json::to_string(&transcript).unwrap();
    assert_eq!(serde_json::from_str::<Transcript>(&stored).unwrap(), transcript);
    assert!(stored.contains("【电话】") && stored.contains("\"speaker\":\"left\""), "{stored}");
    assert!(!stored.contains("138") && !stored.contains("幺三") && !stored.contains("八零"), "{stored}");
}

#[test]
fn doubt_is_the_share_of_the_time_that_is_doubtful() {
    let sound = voice(8, 0.2, |t| (2.0..5.0).contains(&t));
    let doubtful = Parrot { doubtful: true, ..Parrot::saying("好的") };
    for (parrot, want) in [(doubtful, 1.0), (Parrot::saying("好的"), 0.0), (Parrot::saying(" "), 1.0)] {
        let (transcript, _) = transcribe(&Transcriber::new(Arc::new(parrot)), input(&sound)).unwrap();
        assert!((transcript.doubt - want).abs() < f32::EPSILON);
    }
}

#[test]
fn every_batch_has_numbers_of_its_own_and_a_run_is_repeatable() {
    let sound = voice(300, 0.2, |t| t % 10.0 < 4.0);
    let run = || {
        let parrot = Arc::new(Parrot::saying("好"));
        transcribe(&Transcriber::new(parrot.clone()), input(&sound)).unwrap();
        parrot.heard.lock().unwrap().clone()
    };
    let heard = run();
    assert_eq!(heard, run());
    assert_eq!(heard.len(), 30);
    assert!(heard[0].1 == heard[7].1 && heard[7].1 != heard[8].1, "{heard:?}");
}

#[test]
fn cancelling_stops_between_batches() {
    let transcriber = Transcriber::new(Arc::new(Parrot::saying("好")));
    let cancel = Cancel::default();
    let stop = cancel.clone();
    let mut sentences = 0;
    let mut listener = |event| {
        if let Event::Sentence(_) = event {
            sentences += 1;
            stop.cancel();
        }
    };
    let sound = voice(300, 0.2, |t| t % 10.0 < 4.0);
    let outcome = transcriber.transcribe(input(&sound), &Hints::default(), &Limits::default(), &cancel, &mut listener);
    let error = outcome.err().unwrap();
    assert!(matches!(error, TranscribeError::Audio(AudioError::Cancelled)));
    assert_eq!((error.code(), error.is_transient()), ("recording_cancelled", true));
    assert_eq!(sentences, 8);
}

#[test]
fn a_failing_device_is_an_error_and_no_empty_transcript() {
    let sound = voice(8, 0.2, |t| (2.0..5.0).contains(&t));
    let error = transcribe(&Transcriber::new(Arc::new(Broken)), input(&sound)).err().unwrap();
    assert_eq!((error.code(), error.is_transient()), ("recogniser_device_failed", true));
}

#[test]
fn a_run_goes_on_where_another_was_settled() {
    let transcriber = Transcriber::new(Arc::new(Parrot::saying("好")));
    let sound = voice(300, 0.2, |t| t % 10.0 < 4.0);
    let (whole, events) = transcribe(&transcriber, input(&sound)).unwrap();
    let settled = events.iter().filter_map(|event| if let Event::Settled(at) = event { Some(*at) } else { None });
    let from = settled.into_iter().nth(1).unwrap();
    let (limits, cancel) = (Limits::default(), Cancel::default());
    let rest = transcriber.resume(from, input(&sound), &Hints::default(), &limits, &cancel, &mut |_| ()).unwrap();
    let before = whole.sentences.iter().filter(|sentence| sentence.range.end <= from).count();
    assert_eq!(before, 16);
    assert_eq!(rest.sentences, whole.sentences[before..]);
    assert_eq!((rest.duration, rest.complete), (whole.duration, true));
}
