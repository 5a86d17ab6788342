//! Answers never seen by the method → what a coach makes of them, beside plain cosine similarity and TF-IDF on the same answers.

mod figures;
mod material;
mod peers;

use std::time::Instant;

use ai_qa::domain::calibration::Calibration;
use ai_qa::domain::scoring::labelled::LabelledAnswer;
use ai_qa::domain::scoring::{LibraryStatistics, Scorer, TalkTrack, Verdict};
use ai_qa::domain::suggestion::TrackIndex;
use serde_json::{Map, Value, json};

use crate::figure;
use figures::{Outcomes, calibration_error};
use material::Material;
use peers::Peer;

const F1: f64 = 0.9;
const CALIBRATION_ERROR: f64 = 0.05;
/// Milliseconds for three suggestions out of a thousand talk tracks.
const SUGGESTION: f64 = 5.0;
const TRACKS: usize = 1_000;

/// What a method says about a set of answers, beside what the coach says.
#[derive(Default)]
struct Results {
    points: Vec<(bool, bool)>,
    point_probabilities: Vec<(f64, bool)>,
    passes: Vec<(bool, bool)>,
    pass_probabilities: Vec<(f64, bool)>,
}

#[derive(Default)]
struct Ours {
    results: Results,
    forbidden: Vec<(bool, bool)>,
    contradictions: Vec<(bool, bool)>,
    by_kind: Map<String, Value>,
    to_human: usize,
    micros: Vec<f64>,
}

pub fn run() {
    let material = Material::read();
    let library = LibraryStatistics::of(1, &material.tracks());
    let development = ours(&material, &library, &material.development);
    let held_out = ours(&material, &library, &material.held_out);
    let peers: Vec<(&str, Results)> = [("cosine", Peer::cosine()), ("tf-idf", Peer::tf_idf(&material))]
        .into_iter()
        .map(|(name, peer)| (name, peers::results(&peer, &material)))
        .collect();
    agreement("scoring-points-f1", |one| &one.points, &held_out.results, &development.results, &peers);
    agreement("scoring-pass-f1", |one| &one.passes, &held_out.results, &development.results, &peers);
    coach(&held_out.results, &peers);
    error("scoring-points-ece", |one| &one.point_probabilities, &held_out.results, &peers);
    error("scoring-pass-ece", |one| &one.pass_probabilities, &held_out.results, &peers);
    for (name, pairs) in
        [("scoring-forbidden-f1", &held_out.forbidden), ("scoring-contradictions-f1", &held_out.contradictions)]
    {
        let outcomes = Outcomes::of(pairs);
        figure::print(name, outcomes.f1(), None, "F1", outcomes.detail());
    }
    let answers = held_out.results.passes.len();
    figure::print(
        "scoring-to-human",
        held_out.to_human as f64 / answers as f64,
        None,
        "share",
        json!({ "answers": answers }),
    );
    let right = held_out.results.passes.iter().filter(|(said, coach)| said == coach).count();
    figure::print(
        "scoring-decided-right",
        right as f64 / answers as f64,
        None,
        "share",
        Value::Object(held_out.by_kind),
    );
    let mut micros = held_out.micros;
    let detail = json!({ "p50": figure::percentile(&mut micros, 50.0) });
    figure::print("scoring-answer-p99", figure::percentile(&mut micros, 99.0), None, "µs", detail);
    suggestions(&material);
}

fn ours(material: &Material, library: &LibraryStatistics, set: &material::Answers) -> Ours {
    let calibration = Calibration::default();
    let scorer = Scorer { library, facts: &material.facts, semantics: None, calibration: &calibration };
    let mut ours = Ours::default();
    for (track, answer) in material.answers(set) {
        let heard = answer.heard();
        let started = Instant::now();
        let verdict = scorer.score(&heard, &track);
        ours.micros.push(started.elapsed().as_secs_f64() * 1e6);
        ours.take(&verdict, answer);
    }
    ours
}

impl Ours {
    fn take(&mut self, verdict: &Verdict, answer: &LabelledAnswer) {
        self.to_human += usize::from(matches!(verdict, Verdict::NeedsHuman { .. }));
        let score = verdict.score().expect("something was heard");
        let covered = score.covered.iter().map(|one| (&one.point, true, one.probability));
        let missing = score.missing.iter().map(|one| (&one.point, false, one.probability));
        for (point, said, probability) in covered.chain(missing) {
            self.results.points.push((said, answer.covers(point)));
            self.results.point_probabilities.push((probability, answer.covers(point)));
        }
        let passing = if score.passes() { score.confidence } else { 1.0 - score.confidence };
        self.results.passes.push((score.passes(), answer.passes));
        self.results.pass_probabilities.push((passing, answer.passes));
        self.forbidden.push((!score.forbidden.is_empty(), !answer.forbidden.is_empty()));
        self.contradictions.push((!score.contradictions.is_empty(), !answer.wrong.is_empty()));
        let kind = self.by_kind.entry(format!("{:?}", answer.kind)).or_insert_with(|| json!([0, 0]));
        let add = |at: usize, more: bool| json!(kind[at].as_u64().unwrap_or(0) + u64::from(more));
        *kind = json!([add(0, score.passes() == answer.passes), add(1, true)]);
    }
}

/// Precision, recall and F1 on held-out answers, the peers' beside.
fn agreement(
    name: &str,
    which: fn(&Results) -> &Vec<(bool, bool)>,
    ours: &Results,
    development: &Results,
    peers: &[(&str, Results)],
) {
    let outcomes = Outcomes::of(which(ours));
    let mut detail = outcomes.detail();
    detail["development"] = Outcomes::of(which(development)).detail();
    for (peer, results) in peers {
        detail[*peer] = Outcomes::of(which(results)).detail();
    }
    figure::print(name, outcomes.f1(), Some(F1), "F1", detail);
}

/// The other side of the same decision: answers that go to a coach.
fn coach(ours: &Results, peers: &[(&str, Results)]) {
    let turned = |results: &Results| {
        let pairs: Vec<_> = results.passes.iter().map(|(said, coach)| (!said, !coach)).collect();
        Outcomes::of(&pairs)
    };
    let outcomes = turned(ours);
    let mut detail = outcomes.detail();
    for (peer, results) in peers {
        detail[*peer] = turned(results).detail();
    }
    figure::print("scoring-coach-f1", outcomes.f1(), Some(F1), "F1", detail);
}

/// How far probabilities are from shares, in ten bins of equal width.
fn error(name: &str, which: fn(&Results) -> &Vec<(f64, bool)>, ours: &Results, peers: &[(&str, Results)]) {
    let mut detail = json!({});
    for (peer, results) in peers {
        detail[*peer] = json!(figures::rounded(calibration_error(which(results))));
    }
    figure::print(name, calibration_error(which(ours)), Some(CALIBRATION_ERROR), "ECE", detail);
}

fn suggestions(material: &Material) {
    let tracks = material.tracks();
    let many: Vec<TalkTrack> = tracks.iter().cycle().take(TRACKS).cloned().collect();
    let index = TrackIndex::of(&many);
    let mut millis: Vec<f64> = Vec::new();
    for track in tracks.iter().cycle().take(10 * tracks.len()) {
        let started = Instant::now();
        let found = index.best(&track.objection, 3);
        millis.push(started.elapsed().as_secs_f64() * 1e3);
        assert_eq!(found.len(), 3, "{}", track.objection);
    }
    let detail = json!({ "tracks": TRACKS, "p50": figure::percentile(&mut millis, 50.0) });
    figure::print("suggestion-p99", figure::percentile(&mut millis, 99.0), Some(SUGGESTION), "ms", detail);
}
