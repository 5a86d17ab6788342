//! What a speech does for each point of a talk track.

use super::evidence::Evidence;
use super::model::raw;
use super::price_list::unlisted;
use super::promise::disclaims;
use super::scorer::Scorer;
use super::speech::{Speech, WINDOW};
use super::track::{Duty, KeyPoint, TalkTrack};
use super::verdict::{Contradiction, Covered, Forbidden, Missing, Score, Source, Versions};
use super::{Calibration, LibraryStatistics, PASS_MARK};

/// A point of the track with what was found for it.
struct Finding {
    point: String,
    duty: Duty,
    evidence: Evidence,
    raw: f64,
    probability: f64,
}

/// An answer before it is put into words.
pub struct Assessment {
    findings: Vec<Finding>,
    contradictions: Vec<Contradiction>,
    /// The must-say points' probabilities.
    must: Vec<f64>,
}

/// From this probability on a point counts as said.
const SAID: f64 = 0.5;
/// So much of a point must be there for another number, or the opposite word, to be about it.
const ABOUT_IT: f64 = 0.33;
/// From here on, of a point that is there for the greater part, it was said the other way round.
const REVERSED: f64 = 0.35;
const DENIED: f64 = 0.5;
/// What a wrong answer can reach at most.
const WRONG_AT_MOST: u8 = 40;
/// A coach passes it nevertheless, at most so often.
const WRONG_PASSES: f64 = 0.1;

impl Assessment {
    pub fn of(speech: &Speech<'_>, track: &TalkTrack, scorer: &Scorer<'_>) -> Self {
        let findings: Vec<Finding> = track.points.iter().map(|point| finding(point, speech, scorer)).collect();
        let mut contradictions: Vec<Contradiction> = findings.iter().filter_map(|one| otherwise(one, speech)).collect();
        for wrong in unlisted(speech, scorer.facts, &track.objection) {
            let known = contradictions.iter().any(|one| one.said == wrong.said);
            if !known && !is_the_track_s(&wrong.said, &findings, wrong.sentence) {
                let source = Source::PriceList { product: wrong.product };
                contradictions.push(contradiction(speech, wrong.sentence, wrong.said, wrong.listed, source));
            }
        }
        let must = findings.iter().filter(|one| one.duty == Duty::MustSay).map(|one| one.probability).collect();
        Self { findings, contradictions, must }
    }

    /// Something forbidden was promised, or something is wrong.
    pub fn is_wrong(&self) -> bool {
        !self.contradictions.is_empty() || self.forbidden().next().is_some()
    }

    /// The probability that a coach passes it.
    pub fn passing(&self, calibration: &Calibration) -> f64 {
        if self.is_wrong() { calibration.answers.at(0.0).min(WRONG_PASSES) } else { calibration.answers.at(self.raw()) }
    }

    pub fn passes(&self, calibration: &Calibration) -> bool {
        self.percent(calibration) >= PASS_MARK
    }

    /// The share of the must-say points, on that side of the mark where coaches put such answers.
    fn percent(&self, calibration: &Calibration) -> u8 {
        let share = (100.0 * self.must.iter().sum::<f64>() / self.must.len().max(1) as f64).round() as u8;
        if self.is_wrong() {
            return share.min(WRONG_AT_MOST);
        }
        if self.passing(calibration) >= 0.5 { share.max(PASS_MARK) } else { share.min(PASS_MARK - 1) }
    }

    fn raw(&self) -> f64 {
        reaching(&self.must, f64::from(PASS_MARK) / 100.0)
    }

    fn forbidden(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|one| one.duty == Duty::MustNotSay && one.probability >= SAID)
    }

    /// The score as it is kept and shown.
    pub fn score(&self, speech: &Speech<'_>, scorer: &Scorer<'_>, versions: Versions) -> Score {
        let said = self.findings.iter().filter(|one| one.duty != Duty::MustNotSay);
        let (covered, missing): (Vec<_>, Vec<_>) = said.partition(|one| one.probability >= SAID);
        let passing = self.passing(scorer.calibration);
        Score {
            percent: self.percent(scorer.calibration),
            raw: self.raw(),
            confidence: passing.max(1.0 - passing),
            covered: covered.into_iter().map(|one| one.covered(speech)).collect(),
            missing: missing.into_iter().map(|one| one.missing(speech)).collect(),
            forbidden: self.forbidden().map(|one| one.forbidden(speech)).collect(),
            contradictions: self.contradictions.clone(),
            versions,
        }
    }
}

impl Finding {
    fn sentences(&self, speech: &Speech<'_>) -> Vec<u32> {
        speech.sentences[self.evidence.window.clone()].iter().map(|one| one.heard.index).collect()
    }

    fn times(&self, speech: &Speech<'_>) -> (u32, u32) {
        let window = &speech.sentences[self.evidence.window.clone()];
        let start = window.first().map_or(0, |one| one.heard.start_ms);
        (start, window.last().map_or(start, |one| one.heard.end_ms))
    }

    fn covered(&self, speech: &Speech<'_>) -> Covered {
        let (start_ms, end_ms) = self.times(speech);
        let (probability, raw) = (self.probability, self.raw);
        Covered { point: self.point.clone(), sentences: self.sentences(speech), start_ms, end_ms, probability, raw }
    }

    fn missing(&self, speech: &Speech<'_>) -> Missing {
        let nearest = if self.evidence.likeness.recall >= ABOUT_IT { self.sentences(speech) } else { Vec::new() };
        let must_say = self.duty == Duty::MustSay;
        Missing { point: self.point.clone(), must_say, nearest, probability: self.probability, raw: self.raw }
    }

    fn forbidden(&self, speech: &Speech<'_>) -> Forbidden {
        let (start_ms, end_ms) = self.times(speech);
        let sentence = self.sentences(speech).first().copied().unwrap_or(0);
        Forbidden { point: self.point.clone(), sentence, start_ms, end_ms, probability: self.probability }
    }
}

/// What speaks for a point. What must not be said is looked for in single sentences, those that promise.
pub fn evidence(point: &KeyPoint, speech: &Speech<'_>, library: &LibraryStatistics) -> Evidence {
    if point.duty != Duty::MustNotSay {
        return Evidence::of(point, speech, WINDOW, library);
    }
    let promises = speech.only(|sentence| !disclaims(sentence));
    Evidence::of(point, &promises, 1, library).placed_in(&promises, speech)
}

fn finding(point: &KeyPoint, speech: &Speech<'_>, scorer: &Scorer<'_>) -> Finding {
    let duty = point.duty;
    let evidence = evidence(point, speech, scorer.library);
    let evidence = match scorer.semantics {
        Some(semantics) if duty != Duty::MustNotSay => evidence.with_similarity(point, speech, semantics),
        _ => evidence,
    };
    let raw = raw(duty, &evidence);
    let curve = if duty == Duty::MustNotSay { &scorer.calibration.forbidden } else { &scorer.calibration.points };
    Finding { point: point.id.clone(), duty, raw, probability: curve.at(raw), evidence }
}

/// The probability that at least the share `mark` of points is covered, from the probability of each (Poisson's binomial).
pub fn reaching(points: &[f64], mark: f64) -> f64 {
    let mut counts = vec![1.0];
    for p in points {
        let mut next = vec![0.0; counts.len() + 1];
        for (covered, probability) in counts.iter().enumerate() {
            next[covered] += probability * (1.0 - p);
            next[covered + 1] += probability * p;
        }
        counts = next;
    }
    let enough = |covered: usize| covered as f64 >= mark * points.len() as f64 - 1e-9;
    counts
        .iter()
        .enumerate()
        .filter(|(covered, _)| enough(*covered))
        .map(|(_, probability)| probability)
        .sum::<f64>()
        .min(1.0)
}

/// What was said otherwise about a point.
fn otherwise(finding: &Finding, speech: &Speech<'_>) -> Option<Contradiction> {
    let evidence = &finding.evidence;
    let likeness = &evidence.likeness;
    if finding.duty == Duty::MustNotSay || finding.probability >= SAID || likeness.recall < ABOUT_IT {
        return None;
    }
    let point = || finding.point.clone();
    if let Some((sentence, conflict)) = evidence.conflict(speech) {
        let source = Source::Number { point: point() };
        return Some(contradiction(speech, sentence, conflict.said.clone(), conflict.listed.clone(), source));
    }
    let source = Source::Polarity { point: point() };
    if let Some((sentence, opposite)) = evidence.opposed(speech) {
        return Some(contradiction(speech, sentence, opposite.said.clone(), opposite.listed.clone(), source));
    }
    if finding.duty != Duty::MustSay || likeness.reversed < REVERSED || likeness.denied < DENIED {
        return None;
    }
    let sentence = evidence.window.start;
    let said = speech.sentences[sentence].heard.text.clone();
    Some(contradiction(speech, sentence, said, evidence.wording.clone(), source))
}

fn contradiction(speech: &Speech<'_>, sentence: usize, said: String, listed: String, source: Source) -> Contradiction {
    let heard = speech.sentences[sentence].heard;
    Contradiction { sentence: heard.index, start_ms: heard.start_ms, end_ms: heard.end_ms, said, listed, source }
}

/// A number the track itself asks for in that sentence is right, whatever else it resembles.
fn is_the_track_s(said: &str, findings: &[Finding], sentence: usize) -> bool {
    let there = |one: &&Finding| one.probability >= SAID && one.evidence.window.contains(&sentence);
    findings.iter().filter(there).any(|one| one.evidence.numbers.right.iter().any(|number| number == said))
}
