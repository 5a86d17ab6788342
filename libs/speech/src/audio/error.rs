//! Why a recording cannot be used.

use std::time::Duration;

use thiserror::Error;

use super::Format;

/// Why a recording cannot be used. [`AudioError::code`] is stable and safe to show to clients.
#[derive(Debug, Error)]
pub enum AudioError {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The bytes are something else than sound.
    #[error("not a recording but {found}")]
    NotAudio {
        /// What the first bytes look like.
        found: &'static str,
    },
    /// A recording in a format or codec that is not decoded here.
    #[error("{name} is not supported")]
    Unsupported {
        /// The format or codec, by name.
        name: String,
    },
    /// A supported container whose content cannot be decoded at all.
    #[error("the {format} file is broken: {detail}")]
    Broken {
        /// What the container says it is.
        format: Format,
        /// What the decoder complained about.
        detail: String,
    },
    /// More sound than allowed.
    #[error("the recording is longer than {} s", limit.as_secs())]
    TooLong {
        /// The longest recording allowed.
        limit: Duration,
    },
    /// More bytes than allowed.
    #[error("the file has {bytes} bytes, more than {limit}")]
    TooLarge {
        /// Size of the file.
        bytes: u64,
        /// Largest file allowed.
        limit: u64,
    },
    /// The decoder produced nothing for too long; its thread was abandoned.
    #[error("decoding made no progress for {} s", patience.as_secs())]
    Stalled {
        /// How long the decoder was waited for.
        patience: Duration,
    },
    /// The decoder panicked; its thread is gone and nothing else is harmed.
    #[error("the decoder failed on this file")]
    DecoderFailed,
    /// The caller cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The bytes could not be read.
    #[error("reading the recording failed: {0}")]
    Read(#[from] std::io::Error),
}

impl AudioError {
    /// A stable name in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "recording_empty",
            Self::NotAudio { .. } => "recording_not_audio",
            Self::Unsupported { .. } => "recording_format_unsupported",
            Self::Broken { .. } => "recording_broken",
            Self::TooLong { .. } => "recording_too_long",
            Self::TooLarge { .. } => "recording_too_large",
            Self::Stalled { .. } => "recording_decode_stalled",
            Self::DecoderFailed => "recording_decode_failed",
            Self::Cancelled => "recording_cancelled",
            Self::Read(_) => "recording_unreadable",
        }
    }

    /// Whether another try with the same bytes may go better.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Stalled { .. } | Self::Cancelled | Self::Read(_))
    }

    pub(crate) fn unsupported(name: impl Into<String>) -> Self {
        Self::Unsupported { name: name.into() }
    }

    pub(crate) fn broken(format: Format, detail: impl std::fmt::Display) -> Self {
        Self::Broken { format, detail: detail.to_string() }
    }
}
