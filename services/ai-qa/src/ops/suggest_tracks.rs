//! What to say to a pain point, or beside a competitor.

use std::sync::Arc;

use journal::Caller;
use kernel::{FieldError, Text};

use super::find_talk_tracks::open_library;
use super::views::{SuggestedTrack, SuggestionView};
use crate::app::State;
use crate::domain::library::Library;
use crate::error::AiQaError;

const LONGEST: usize = 2_000;

/// What is asked about.
#[derive(Clone, Debug)]
pub enum About {
    /// A customer's pain or objection, in words.
    PainPoint(String),
    /// A competitor's name.
    Competitor(String),
}

/// The three best talk tracks with their success cases; for a competitor its comparison sheet too. From memory, so that
/// a rep does not wait.
#[tracing::instrument(name = "ai_qa.suggest_tracks", skip_all)]
pub async fn suggest_tracks(
    state: &State,
    caller: &Caller,
    about: &About,
    industry: &str,
) -> Result<SuggestionView, AiQaError> {
    let (field, text) = match about {
        About::PainPoint(text) => ("pain_point", text.trim()),
        About::Competitor(text) => ("competitor", text.trim()),
    };
    if text.is_empty() {
        return Err(AiQaError::Invalid(vec![FieldError::required(field)]));
    }
    if text.chars().count() > LONGEST {
        let reason = Text::new("最多 2000 个字符", "has more than 2000 characters");
        return Err(AiQaError::Invalid(vec![FieldError::new(field, "too_long", reason)]));
    }
    let mut tx = open_library(state, caller).await?;
    let library: Arc<Library> = state.libraries.current(&mut tx, caller.tenant()).await?;
    drop(tx);
    let sheet = matches!(about, About::Competitor(_)).then(|| library.sheet(text).cloned()).flatten();
    let talk_tracks = library
        .suggest(text, industry)
        .into_iter()
        .map(|one| SuggestedTrack { track: one.track.clone(), strong: one.strong })
        .collect();
    Ok(SuggestionView { talk_tracks, comparison_sheet: sheet })
}
