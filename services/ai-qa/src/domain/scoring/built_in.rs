//! The weights and the calibration that are built in are those that the development answers give.

use std::collections::BTreeMap;

use super::super::calibration::logistic::{fitted, logistic};
use super::super::calibration::{Calibration, Isotonic};
use super::PASS_MARK;
use super::assessment::{evidence, reaching};
use super::labelled::{LabelledAnswer, TrackEntry};
use super::library::LibraryStatistics;
use super::model::{FEATURES, FORBIDDEN, SAID, features};
use super::speech::{Speech, is_rep};
use super::track::{Duty, TalkTrack};

/// A point of an answer: what was found, and what the coach says.
struct Case {
    track: String,
    answer: usize,
    duty: Duty,
    features: [f64; FEATURES],
    gold: bool,
}

struct Answer {
    /// Something in it is wrong or forbidden, which decides without the points.
    wrong: bool,
    passes: bool,
}

fn development() -> (Vec<Case>, Vec<Answer>) {
    let entries: Vec<TrackEntry> = parsed(include_str!("../../../testdata/scoring/library.yaml"));
    let sets: BTreeMap<String, Vec<LabelledAnswer>> =
        parsed(include_str!("../../../testdata/scoring/answers.development.yaml"));
    let tracks: BTreeMap<&str, TalkTrack> = entries.iter().map(|one| (one.track.as_str(), one.talk_track())).collect();
    let all: Vec<TalkTrack> = tracks.values().cloned().collect();
    let library = LibraryStatistics::of(1, &all);
    let (mut cases, mut answers) = (Vec::new(), Vec::new());
    for (name, list) in &sets {
        for labelled in list {
            let heard = labelled.heard();
            let speech = Speech::of(&heard, is_rep);
            for point in &tracks[name.as_str()].points {
                let gold = match point.duty {
                    Duty::MustNotSay => labelled.says_forbidden(&point.id),
                    Duty::MustSay | Duty::NiceToSay => labelled.covers(&point.id),
                };
                let features = features(&evidence(point, &speech, &library));
                cases.push(Case { track: name.clone(), answer: answers.len(), duty: point.duty, features, gold });
            }
            answers.push(Answer {
                wrong: !labelled.wrong.is_empty() || !labelled.forbidden.is_empty(),
                passes: labelled.passes,
            });
        }
    }
    (cases, answers)
}

fn parsed<T: serde::de::DeserializeOwned>(yaml: &str) -> T {
    serde_saphyr::from_str(yaml).unwrap()
}

fn weights<'a>(cases: impl Iterator<Item = &'a Case>) -> [f64; FEATURES] {
    let cases: Vec<_> = cases.map(|case| (case.features, case.gold)).collect();
    fitted(&cases, 1.0)
}

fn is_forbidden(case: &Case) -> bool {
    case.duty == Duty::MustNotSay
}

/// Each track's raw values by weights fitted without it: nothing is calibrated on what it was fitted on.
fn raw_without_own_track(cases: &[Case]) -> Vec<f64> {
    let mut memory: BTreeMap<(&str, bool), [f64; FEATURES]> = BTreeMap::new();
    let mut raws = Vec::new();
    for case in cases {
        let weights = memory.entry((&case.track, is_forbidden(case))).or_insert_with(|| {
            weights(cases.iter().filter(|one| one.track != case.track && is_forbidden(one) == is_forbidden(case)))
        });
        raws.push(logistic(case.features.iter().zip(weights).map(|(x, w)| x * *w).sum()));
    }
    raws
}

/// A logistic curve: few development answers lie between clearly good and clearly bad, too few for a free curve.
fn sigmoid(cases: &[(f64, bool)]) -> Isotonic {
    let odds = |raw: f64| (raw.clamp(0.01, 0.99) / (1.0 - raw.clamp(0.01, 0.99))).ln();
    let cases: Vec<_> = cases.iter().map(|(raw, passes)| ([1.0, odds(*raw)], *passes)).collect();
    let [constant, slope] = fitted(&cases, 1.0);
    let knot = |n: u32| {
        let raw = f64::from(n) / 20.0;
        (raw, logistic(constant + slope * odds(raw)))
    };
    Isotonic { knots: (0..=20).map(knot).collect() }
}

fn calibration(cases: &[Case], answers: &[Answer]) -> Calibration {
    let raws = raw_without_own_track(cases);
    let curve = |forbidden: bool| {
        let which = cases.iter().zip(&raws).filter(|(case, _)| is_forbidden(case) == forbidden);
        Isotonic::fitted(&which.map(|(case, raw)| (*raw, case.gold)).collect::<Vec<_>>())
    };
    let (points, forbidden) = (curve(false), curve(true));
    let reached = answers.iter().enumerate().filter(|(_, answer)| !answer.wrong).map(|(at, answer)| {
        let must = cases.iter().zip(&raws).filter(|(case, _)| case.answer == at && case.duty == Duty::MustSay);
        let said: Vec<f64> = must.map(|(_, raw)| points.at(*raw)).collect();
        (reaching(&said, f64::from(PASS_MARK) / 100.0), answer.passes)
    });
    let passing = sigmoid(&reached.collect::<Vec<_>>());
    let fitted_from = u32::try_from(answers.len()).unwrap();
    Calibration {
        version: 0,
        fitted_from,
        points: points.rounded(),
        forbidden: forbidden.rounded(),
        answers: passing.rounded(),
    }
}

#[test]
fn the_built_in_weights_are_those_of_the_development_answers() {
    let (cases, _) = development();
    for (name, built_in, forbidden) in [("SAID", SAID, false), ("FORBIDDEN", FORBIDDEN, true)] {
        let fitted = weights(cases.iter().filter(|case| is_forbidden(case) == forbidden));
        let same = fitted.iter().zip(built_in).all(|(a, b)| (a - b).abs() <= 0.0051);
        assert!(same, "{name} should be {fitted:.2?}");
    }
}

#[test]
fn the_built_in_calibration_is_that_of_the_development_answers() {
    let (cases, answers) = development();
    let fitted = calibration(&cases, &answers);
    let json = serde_json::to_string(&fitted).unwrap();
    assert_eq!(fitted, Calibration::default(), "built_in.json should be\n{json}");
}
