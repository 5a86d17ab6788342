//! A tenant's talk tracks, sheets and numbers, ready to be matched.

use super::calibration::Calibration;
use super::comparison_sheet::ComparisonSheet;
use super::scoring::{Heard, LibraryStatistics, PriceFact, Scorer, Semantics, TalkTrack, Verdict};
use super::suggestion::TrackIndex;
use super::talk_track::Track;
use uuid::Uuid;

/// Suggestions of one answer.
const BEST: usize = 3;
/// Considered for them: those of the asker's own industry may move up.
const CONSIDERED: usize = 9;
/// How much more a track of the asker's industry fits.
const OWN_INDUSTRY: f64 = 1.2;
/// Beside the best of the answer.
const STRONG: f64 = 2.0 / 3.0;

/// Everything that answers are matched with. Built once per state of the library.
#[derive(Debug)]
pub struct Library {
    /// Grows with every change.
    pub stamp: i64,
    pub sheets: Vec<ComparisonSheet>,
    pub facts: Vec<PriceFact>,
    pub calibration: Calibration,
    tracks: Vec<Track>,
    statistics: LibraryStatistics,
    index: TrackIndex,
}

/// A talk track that fits a pain point.
#[derive(Clone, Copy, Debug)]
pub struct Fitting<'a> {
    pub track: &'a Track,
    /// At least two thirds as relevant as the best.
    pub strong: bool,
}

impl Library {
    pub fn of(
        stamp: i64,
        tracks: Vec<Track>,
        sheets: Vec<ComparisonSheet>,
        facts: Vec<PriceFact>,
        calibration: Calibration,
    ) -> Self {
        let scored: Vec<TalkTrack> = tracks.iter().map(Track::scored).collect();
        let statistics = LibraryStatistics::of(u64::try_from(stamp).unwrap_or(0), &scored);
        let index = TrackIndex::of(&scored);
        Self { stamp, sheets, facts, calibration, tracks, statistics, index }
    }

    pub fn index(&self) -> &TrackIndex {
        &self.index
    }

    pub fn track(&self, id: Uuid) -> Option<&Track> {
        self.tracks.iter().find(|track| track.id == id)
    }

    /// The tracks that answer an objection of the library.
    pub fn answering(&self, objection: Uuid) -> impl Iterator<Item = &Track> {
        self.tracks.iter().filter(move |track| track.objection_ids.contains(&objection))
    }

    pub fn score(&self, heard: &[Heard], track: &Track, semantics: Option<&dyn Semantics>) -> Verdict {
        let scorer =
            Scorer { library: &self.statistics, facts: &self.facts, semantics, calibration: &self.calibration };
        scorer.score(heard, &track.scored())
    }

    /// At most three tracks that fit `text`, the best first.
    pub fn suggest(&self, text: &str, industry: &str) -> Vec<Fitting<'_>> {
        let weighed = |one: super::suggestion::Suggestion| {
            let track = self.track(one.track)?;
            let own = !industry.is_empty() && track.industry.as_deref() == Some(industry);
            Some((track, if own { one.relevance * OWN_INDUSTRY } else { one.relevance }))
        };
        let mut found: Vec<_> = self.index.best(text, CONSIDERED).into_iter().filter_map(weighed).collect();
        found.sort_by(|one, other| other.1.total_cmp(&one.1));
        let best = found.first().map_or(0.0, |one| one.1);
        found.into_iter().take(BEST).map(|(track, fit)| Fitting { track, strong: fit >= best * STRONG }).collect()
    }

    /// The sheet of the competitor that `text` names.
    pub fn sheet(&self, text: &str) -> Option<&ComparisonSheet> {
        self.sheets.iter().find(|sheet| sheet.sheet.is_named_in(text))
    }

    /// Every name of every competitor that has a sheet.
    pub fn competitors(&self) -> Vec<String> {
        self.sheets.iter().flat_map(|sheet| sheet.sheet.names().map(str::to_owned)).collect()
    }
}
