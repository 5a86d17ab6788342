//! Why a recording could not be written down.

use thiserror::Error;

use crate::audio::AudioError;
use crate::engine::RecogniseError;

/// Why a recording could not be written down.
#[derive(Debug, Error)]
pub enum TranscribeError {
    /// The recording cannot be used, or somebody cancelled.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The recogniser failed.
    #[error(transparent)]
    Recognise(#[from] RecogniseError),
}

impl TranscribeError {
    /// A stable name in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Audio(error) => error.code(),
            Self::Recognise(RecogniseError::Device { .. }) => "recogniser_device_failed",
        }
    }

    /// Whether another try with the same bytes may go better.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Audio(error) => error.is_transient(),
            Self::Recognise(RecogniseError::Device { .. }) => true,
        }
    }
}
