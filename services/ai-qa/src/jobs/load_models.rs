//! Loads the configured models as soon as their folders are there.

use crate::app::State;
use crate::error::AiQaError;
use crate::model;

pub async fn run(state: State) -> Result<(), AiQaError> {
    let load = move || {
        if state.recogniser.open(|| model::recogniser(&state.config.transcription)) {
            tracing::info!(folder = %state.config.transcription.model_folder.display(), "recordings are written down");
        }
        if state.encoder.open(|| model::encoder(&state.config.scoring)) {
            tracing::info!(folder = %state.config.scoring.encoder_folder.display(), "answers are also compared by meaning");
        }
    };
    // Loading one that fails to load panics nowhere; if it did, the next turn tries again.
    let _ = tokio::task::spawn_blocking(load).await;
    Ok(())
}
