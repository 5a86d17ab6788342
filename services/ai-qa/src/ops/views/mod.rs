//! What clients are shown.

mod finding;
mod library;
mod recording;
mod review;
mod transcript;

pub use finding::{CandidateView, ConclusionView};
pub use library::{SuggestedTrack, SuggestionView, TrackVersionView};
pub use recording::RecordingView;
pub use review::{PracticeView, ReviewView, ScoreView};
pub use transcript::{QueueView, TranscriptView};
