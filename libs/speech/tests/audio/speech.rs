//! Where the speech is.

use std::time::Duration;

use speech::audio::{Input, MAX_SEGMENT, Segment, Speaker};

use crate::support::{fixture, seconds, speech_of, wav};

const RATE: usize = 16_000;

/// A buzz with overtones, as vowels have, that swells four times a second.
fn voice(seconds: f64, amplitude: f64) -> Vec<f64> {
    (0..(seconds * RATE as f64) as usize)
        .map(|i| {
            let t = i as f64 / RATE as f64;
            let buzz: f64 =
                (1..20).map(|n| (std::f64::consts::TAU * 140.0 * f64::from(n) * t).sin() / f64::from(n)).sum();
            let swell = 0.55 - 0.45 * (std::f64::consts::TAU * 4.0 * t).cos();
            amplitude * swell * buzz
        })
        .collect()
}

fn silence(seconds: f64) -> Vec<f64> {
    vec![0.0; (seconds * RATE as f64) as usize]
}

/// Adds reproducible white noise.
fn with_noise(mut sound: Vec<f64>, amplitude: f64) -> Vec<f64> {
    let mut state = 1_u64;
    for sample in &mut sound {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *sample += amplitude * ((state >> 40) as f64 / f64::from(1 << 23) - 1.0);
    }
    sound
}

fn file(channels: &[&[f64]]) -> Input {
    let interleaved: Vec<i16> = (0..channels[0].len())
        .flat_map(|i| channels.iter().map(move |channel| (channel[i].clamp(-1.0, 1.0) * 32_000.0) as i16))
        .collect();
    Input::from_bytes(wav(RATE as u32, channels.len() as u16, &interleaved))
}

fn segments_of(channels: &[&[f64]]) -> Vec<Segment> {
    speech_of(file(channels)).unwrap().0
}

fn covers(segment: &Segment, from: f64, to: f64) -> bool {
    let range = segment.range();
    (seconds(range.start) - from).abs() < 0.35 && (seconds(range.end) - to).abs() < 0.45
}

#[test]
fn speech_between_silences_is_found_where_it_is() {
    let sound = [silence(3.0), voice(2.0, 0.2), silence(4.0), voice(1.5, 0.2), silence(2.0)].concat();
    for noise in [0.0, 0.002, 0.01] {
        let found = segments_of(&[&with_noise(sound.clone(), noise)]);
        assert_eq!(found.len(), 2, "noise {noise}: {:?}", found.iter().map(Segment::range).collect::<Vec<_>>());
        assert!(covers(&found[0], 3.0, 5.0), "noise {noise}: {:?}", found[0].range());
        assert!(covers(&found[1], 9.0, 10.5), "noise {noise}: {:?}", found[1].range());
    }
}

#[test]
fn silence_noise_and_a_steady_hum_are_no_speech() {
    let hum: Vec<f64> =
        (0..20 * RATE).map(|i| 0.1 * (std::f64::consts::TAU * 100.0 * i as f64 / RATE as f64).sin()).collect();
    for sound in [silence(20.0), with_noise(silence(20.0), 0.05), with_noise(silence(20.0), 0.001), hum] {
        let found = segments_of(&[&sound]);
        assert!(found.is_empty(), "{:?}", found.iter().map(Segment::range).collect::<Vec<_>>());
    }
}

#[test]
fn short_speech_is_joined_and_times_lead_back() {
    let sound = [silence(1.0), voice(1.0, 0.2), silence(1.5), voice(1.0, 0.2), silence(3.0)].concat();
    let found = segments_of(&[&sound]);
    assert_eq!(found.len(), 1);
    let segment = &found[0];
    assert!(segment.duration() < Duration::from_millis(3_300), "the pause is cut short: {:?}", segment.duration());
    let end = segment.duration();
    let second = segment.times.to_recording(end.saturating_sub(Duration::from_millis(600))..end);
    assert!((seconds(second.end) - 4.6).abs() < 0.35, "{second:?}");
    let at = (seconds(second.start) * RATE as f64).round() as usize;
    let inside = segment.samples.len() - RATE * 6 / 10;
    let difference = f64::from(segment.samples[inside]) - sound[at] * 32_000.0 / 32_768.0;
    assert!(difference.abs() < 1e-3, "the sample is the recording's own");
}

#[test]
fn long_speech_is_cut_where_it_is_quiet_and_nothing_is_lost() {
    let sound = [silence(1.0), voice(70.0, 0.2), silence(2.0)].concat();
    let found = segments_of(&[&sound]);
    assert!(found.len() >= 3);
    assert!(found.iter().all(|segment| segment.duration() <= MAX_SEGMENT));
    assert!(found.windows(2).all(|pair| pair[0].range().end == pair[1].range().start), "no gap, no overlap");
    assert!(covers(&found[0], 1.0, seconds(found[0].range().end)));
    assert!((seconds(found.last().unwrap().range().end) - 71.2).abs() < 0.4);
    for segment in &found[..found.len() - 1] {
        let edge =
            segment.samples.iter().rev().skip(2_400).take(1_600).fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        assert!(edge < 0.35, "cut at {edge}");
    }
}

#[test]
fn two_ends_of_a_call_are_two_speakers() {
    let left = with_noise([silence(1.0), voice(2.0, 0.2), silence(4.0)].concat(), 0.001);
    let right = with_noise([silence(4.0), voice(2.0, 0.2), silence(1.0)].concat(), 0.001);
    let found = segments_of(&[&left, &right]);
    let speakers: Vec<_> = found.iter().map(|segment| segment.speaker).collect();
    assert_eq!(speakers, [Speaker::Left, Speaker::Right]);
    assert!(covers(&found[0], 1.0, 3.0) && covers(&found[1], 4.0, 6.0));
}

#[test]
fn one_voice_on_both_channels_is_heard_once() {
    let sound = [silence(1.0), voice(2.0, 0.2), silence(1.0)].concat();
    let quieter: Vec<_> = sound.iter().map(|sample| sample * 0.7).collect();
    let found = segments_of(&[&sound, &quieter]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].speaker, Speaker::Both);
}

#[test]
fn the_voices_of_the_fixtures_are_heard() {
    for name in ["mono.opus", "mono.mp3", "mono.amr-nb", "wav-mulaw.wav"] {
        let (found, _) = speech_of(Input::from_bytes(fixture(name))).unwrap();
        assert!(!found.is_empty(), "{name}");
        assert!((seconds(found[0].range().start) - 0.4).abs() < 0.25, "{name}: {:?}", found[0].range());
    }
    let (found, _) = speech_of(Input::from_bytes(fixture("stereo.opus"))).unwrap();
    assert!(found.iter().any(|segment| segment.speaker == Speaker::Left));
    assert!(found.iter().any(|segment| segment.speaker == Speaker::Right));
}
