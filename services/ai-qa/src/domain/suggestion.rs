//! The talk tracks that fit a pain point or a competitor's mention best: BM25 (S. Robertson, K. Spärck Jones) over pairs of
//! characters and concepts.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::scoring::clause::clauses;
use super::scoring::lexicon::Concept;
use super::scoring::{KeyPoint, TalkTrack};

/// A talk track that fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Suggestion {
    pub track: Uuid,
    pub version: u32,
    /// How well it fits, above 0 to 1; comparable within one answer only.
    pub relevance: f64,
}

/// An index of talk tracks in memory. Build once per version of the library.
#[derive(Clone, Debug, Default)]
pub struct TrackIndex {
    tracks: Vec<Indexed>,
    /// The tracks of each term, with how often it occurs.
    postings: HashMap<Term, Vec<(u32, f64)>>,
    /// The tracks whose objection has the term.
    objections: HashMap<Term, Vec<u32>>,
    mean_length: f64,
}

#[derive(Clone, Debug)]
struct Indexed {
    id: Uuid,
    version: u32,
    length: f64,
    /// Of the objection's terms, by their rarity.
    norm: f64,
}

/// What texts are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Term {
    Pair(char, char),
    Concept(Concept),
}

/// The objection's own words count this often.
const OBJECTION: f64 = 3.0;
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.5;

impl TrackIndex {
    pub fn of(tracks: &[TalkTrack]) -> Self {
        let (mut index, mut objections) = (Self::default(), Vec::new());
        for (track, place) in tracks.iter().zip(0_u32..) {
            let objection = terms(&track.objection);
            let mut counts: HashMap<Term, f64> = HashMap::new();
            for term in &objection {
                *counts.entry(*term).or_default() += OBJECTION;
            }
            for term in track.points.iter().flat_map(KeyPoint::wordings).flat_map(terms) {
                *counts.entry(term).or_default() += 1.0;
            }
            let length = counts.values().sum();
            for (term, count) in counts {
                index.postings.entry(term).or_default().push((place, count));
            }
            let objection = distinct(objection);
            for term in &objection {
                index.objections.entry(*term).or_default().push(place);
            }
            objections.push(objection);
            index.tracks.push(Indexed { id: track.id, version: track.version, length, norm: 0.0 });
        }
        for (place, objection) in objections.iter().enumerate() {
            index.tracks[place].norm = objection.iter().map(|term| index.weight(*term)).sum::<f64>().sqrt();
        }
        let total: f64 = index.tracks.iter().map(|track| track.length).sum();
        index.mean_length = total / (index.tracks.len().max(1) as f64);
        index
    }

    /// At most `count` tracks that fit `text`, the best first; none that share nothing with it.
    pub fn best(&self, text: &str, count: usize) -> Vec<Suggestion> {
        let mut scores: HashMap<u32, f64> = HashMap::new();
        // What a track that says everything, again and again, would reach.
        let mut most = 0.0;
        for term in distinct(terms(text)) {
            let postings = self.postings.get(&term).map_or(&[][..], Vec::as_slice);
            let rarity = self.rarity(postings.len());
            most += rarity * (SATURATION + 1.0);
            for (place, frequency) in postings {
                let length = self.tracks[*place as usize].length / self.mean_length;
                let norm = SATURATION * (1.0 - LENGTH + LENGTH * length);
                *scores.entry(*place).or_default() += rarity * frequency * (SATURATION + 1.0) / (frequency + norm);
            }
        }
        let mut found: Vec<(u32, f64)> = scores.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(count);
        let suggestion = |(place, score): (u32, f64)| {
            let track = &self.tracks[place as usize];
            Suggestion { track: track.id, version: track.version, relevance: (score / most).min(1.0) }
        };
        found.into_iter().map(suggestion).collect()
    }

    /// The track whose objection is most like `text`, and how alike they are, 0 to 1 (cosine over rarities).
    pub fn likest_objection(&self, text: &str) -> Option<(Uuid, f64)> {
        let (mut shared, mut own): (HashMap<u32, f64>, f64) = (HashMap::new(), 0.0);
        for term in distinct(terms(text)) {
            let weight = self.weight(term);
            own += weight;
            for place in self.objections.get(&term).map_or(&[][..], Vec::as_slice) {
                *shared.entry(*place).or_default() += weight;
            }
        }
        let alike = shared.into_iter().map(|(place, shared)| {
            let norm = self.tracks[place as usize].norm * own.sqrt();
            (place, shared / norm.max(f64::MIN_POSITIVE))
        });
        let likest = alike.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        Some((self.tracks[likest.0 as usize].id, likest.1.min(1.0)))
    }

    fn weight(&self, term: Term) -> f64 {
        self.rarity(self.postings.get(&term).map_or(0, Vec::len)).powi(2)
    }

    fn rarity(&self, frequency: usize) -> f64 {
        let (all, frequency) = (self.tracks.len() as f64, frequency as f64);
        ((all - frequency + 0.5) / (frequency + 0.5)).ln_1p()
    }
}

/// Each once, in a fixed order: sums do not depend on a map's.
fn distinct(mut terms: Vec<Term>) -> Vec<Term> {
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The terms of a text, as often as they occur.
fn terms(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for clause in clauses(text) {
        terms.extend(clause.chars.windows(2).map(|pair| Term::Pair(pair[0], pair[1])));
        let mut last: &[Concept] = &[];
        for here in &clause.concepts {
            if here.as_slice() != last {
                terms.extend(here.iter().copied().map(Term::Concept));
            }
            last = here;
        }
    }
    terms
}

impl Ord for Term {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |term: &Self| match term {
            Self::Pair(a, b) => (u32::from(*a), u32::from(*b)),
            Self::Concept(concept) => (0, u32::from(*concept)),
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Term {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::super::scoring::labelled::TrackEntry;
    use super::*;

    fn library() -> Vec<TrackEntry> {
        serde_saphyr::from_str(include_str!("../../testdata/scoring/library.yaml")).unwrap()
    }

    static INDEX: LazyLock<TrackIndex> =
        LazyLock::new(|| TrackIndex::of(&library().iter().map(TrackEntry::talk_track).collect::<Vec<_>>()));

    /// The names of the best three.
    fn best(text: &str) -> Vec<String> {
        let entries = library();
        let name =
            |id: Uuid| entries.iter().find(|one| one.talk_track().id == id).map(|one| one.track.clone()).unwrap();
        INDEX.best(text, 3).into_iter().map(|one| name(one.track)).collect()
    }

    #[test]
    fn a_pain_point_finds_its_talk_track() {
        let cases = [
            ("嫌我们空压机报价比另一家高", "price-higher-than-rival"),
            ("担心设备坏了没有人来修", "worried-about-after-sales"),
            ("对方要求账期九十天", "account-period"),
            ("网上卖得更便宜", "online-cheaper"),
            ("怕数据泄露", "data-security"),
            ("店员年纪大，不会操作系统", "staff-cannot-use"),
            ("以前做代运营没有效果", "tried-before-failed"),
        ];
        for (text, wanted) in cases {
            assert!(best(text).contains(&wanted.to_owned()), "{text}: {:?}", best(text));
        }
    }

    #[test]
    fn what_shares_nothing_is_not_suggested() {
        assert!(INDEX.best("zzqq", 3).is_empty());
        assert!(INDEX.best("", 3).is_empty());
        assert!(TrackIndex::of(&[]).best("太贵", 3).is_empty());
        assert_eq!(TrackIndex::of(&[]).likest_objection("太贵"), None);
    }

    #[test]
    fn an_objection_is_most_like_itself() {
        for entry in library() {
            let (id, alike) = INDEX.likest_objection(&entry.objection).unwrap();
            assert_eq!(id, entry.talk_track().id);
            assert!((alike - 1.0).abs() < 1e-9);
        }
    }

    proptest! {
        #[test]
        fn the_best_come_first_and_relevance_is_a_share(text in "[太贵价格不会用坏了账期数据a-z，。]{0,30}", count in 0_usize..6) {
            let found = INDEX.best(&text, count);
            prop_assert!(found.len() <= count);
            prop_assert!(found.is_sorted_by(|a, b| a.relevance >= b.relevance));
            prop_assert!(found.iter().all(|one| one.relevance > 0.0 && one.relevance <= 1.0));
        }
    }
}
