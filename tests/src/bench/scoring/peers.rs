//! What scoring is compared with: cosine similarity of character pairs, plain and weighted by TF-IDF. The threshold is the best one on
//! the development answers.

use std::collections::HashMap;

use ai_qa::domain::scoring::heard::Speaker;
use ai_qa::domain::scoring::labelled::LabelledAnswer;
use ai_qa::domain::scoring::{Duty, KeyPoint, TalkTrack};

use super::Results;
use super::figures::Outcomes;
use super::material::{Answers, Material};

type Vector = HashMap<(char, char), f64>;

pub struct Peer {
    /// The weight of a pair; 1 for each in plain cosine.
    weights: Option<(Vector, f64)>,
}

/// The share of must-say points from which an answer passes.
const PASS: f64 = 0.6;

impl Peer {
    pub fn cosine() -> Self {
        Self { weights: None }
    }

    /// Weighted by rarity among the wordings of the library.
    pub fn tf_idf(material: &Material) -> Self {
        let mut frequencies = Vector::new();
        let mut documents = 0.0;
        for point in material.tracks().iter().flat_map(|track| track.points.iter()) {
            for wording in point.wordings() {
                documents += 1.0;
                for pair in counted(wording).into_keys() {
                    *frequencies.entry(pair).or_default() += 1.0;
                }
            }
        }
        let weights = frequencies.into_iter().map(|(pair, count)| (pair, f64::ln(documents / count) + 1.0)).collect();
        Self { weights: Some((weights, documents.ln() + 1.0)) }
    }

    /// The best cosine of a point's wordings with runs of one to three sentences of the rep.
    fn similarity(&self, point: &KeyPoint, sentences: &[String]) -> f64 {
        let runs = (1..=3).flat_map(|length| sentences.windows(length)).map(|run| self.vector(&run.concat()));
        let runs: Vec<Vector> = runs.collect();
        let wordings = point.wordings().map(|wording| self.vector(wording));
        wordings.flat_map(|wording| runs.iter().map(move |run| cosine(&wording, run))).fold(0.0, f64::max)
    }

    fn vector(&self, text: &str) -> Vector {
        let weight = |pair: &(char, char)| match &self.weights {
            None => 1.0,
            Some((weights, unseen)) => weights.get(pair).copied().unwrap_or(*unseen),
        };
        counted(text).into_iter().map(|(pair, count)| (pair, count * weight(&pair))).collect()
    }
}

fn counted(text: &str) -> Vector {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut counts = Vector::new();
    for pair in chars.windows(2) {
        *counts.entry((pair[0], pair[1])).or_default() += 1.0;
    }
    counts
}

fn cosine(one: &Vector, other: &Vector) -> f64 {
    let norm = |vector: &Vector| vector.values().map(|x| x * x).sum::<f64>().sqrt();
    let shared: f64 = one.iter().map(|(pair, x)| x * other.get(pair).copied().unwrap_or(0.0)).sum();
    shared / (norm(one) * norm(other)).max(f64::MIN_POSITIVE)
}

/// An answer's points with their similarities.
struct Compared<'a> {
    answer: &'a LabelledAnswer,
    points: Vec<(KeyPoint, f64)>,
}

/// The held-out answers by the threshold that is best for the points of the development answers.
pub fn results(peer: &Peer, material: &Material) -> Results {
    let development = compared(peer, material, &material.development);
    let f1 = |threshold: f64| Outcomes::of(&judged(&development, threshold).points).f1();
    let thresholds = (1..100).map(|n| f64::from(n) / 100.0);
    let best = thresholds.max_by(|a, b| f1(*a).total_cmp(&f1(*b))).expect("some");
    judged(&compared(peer, material, &material.held_out), best)
}

fn compared<'a>(peer: &Peer, material: &'a Material, set: &'a Answers) -> Vec<Compared<'a>> {
    let one = |(track, answer): (TalkTrack, &'a LabelledAnswer)| {
        let heard = answer.heard();
        let rep = heard.into_iter().filter(|one| one.speaker == Speaker::Rep).map(|one| one.text);
        let sentences: Vec<String> = rep.collect();
        let points = track.points.into_iter().filter(|point| point.duty != Duty::MustNotSay);
        let points = points.map(|point| {
            let similarity = peer.similarity(&point, &sentences);
            (point, similarity)
        });
        Compared { answer, points: points.collect() }
    };
    material.answers(set).map(one).collect()
}

fn judged(compared: &[Compared<'_>], threshold: f64) -> Results {
    let mut results = Results::default();
    for one in compared {
        for (point, similarity) in &one.points {
            results.points.push((*similarity >= threshold, one.answer.covers(&point.id)));
            results.point_probabilities.push((*similarity, one.answer.covers(&point.id)));
        }
        let must: Vec<f64> =
            one.points.iter().filter(|(point, _)| point.duty == Duty::MustSay).map(|(_, s)| *s).collect();
        let share = must.iter().filter(|similarity| **similarity >= threshold).count() as f64 / must.len() as f64;
        results.passes.push((share >= PASS, one.answer.passes));
        results.pass_probabilities.push((must.iter().sum::<f64>() / must.len() as f64, one.answer.passes));
    }
    results
}
