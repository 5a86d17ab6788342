//! How well an answer keeps to its talk track (话术), and by which of its sentences.
//!
//! Each key point looks for the one to three sentences of the rep that carry it: shared concepts and characters weighted by
//! how rare they are in the library, numbers bound to what they count, and polarity. A [`Calibration`] turns what is found
//! into the share of such points that coaches count as covered, so 60 % means what coaches mean by it. An answer whose
//! decision rests on what was heard badly, or by nobody knows whom, goes to a human.

pub mod assessment;
#[cfg(test)]
mod built_in;
pub mod clause;
pub mod evidence;
pub mod fact;
pub mod heard;
pub mod labelled;
pub mod lexicon;
pub mod library;
pub mod likeness;
pub mod model;
pub mod numbers;
pub mod numeral;
pub mod opposition;
pub mod polarity;
pub mod price_list;
pub mod promise;
pub mod quantity;
pub mod scorer;
pub mod semantics;
pub mod speech;
pub mod track;
pub mod verdict;

pub use fact::{FactKind, PriceFact};
pub use heard::{Heard, Speaker};
pub use library::LibraryStatistics;
pub use scorer::Scorer;
pub use semantics::Semantics;
pub use track::{Duty, KeyPoint, TalkTrack};
pub use verdict::{Contradiction, Covered, Forbidden, Missing, Reason, Score, Source, Verdict, Versions};

pub use super::calibration::Calibration;

/// The version of the method: it changes whenever the same answer may be scored differently.
pub const METHOD: u32 = 2;

/// The percentage from which an answer passes; below it, it goes to a coach.
pub const PASS_MARK: u8 = 60;
