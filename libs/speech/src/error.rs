//! What can be wrong with a model folder.

use std::path::PathBuf;

/// A model that cannot be loaded or used, with the file and the tensor at fault.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A file of the folder cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file differs from what `SHA256SUMS` promises.
    #[error("{file} is damaged: its SHA-256 is {found}, SHA256SUMS has {expected}")]
    Checksum {
        /// Name of the file in the folder.
        file: String,
        /// The promised digest.
        expected: String,
        /// The digest of what is there.
        found: String,
    },
    /// The file ends before the data of a tensor does.
    #[error("{file} is truncated: tensor {tensor} ends at byte {needed}, the file at {length}")]
    Truncated {
        /// Name of the file in the folder.
        file: String,
        /// The first tensor that is not complete.
        tensor: String,
        /// Length the file must have for it.
        needed: u64,
        /// Length the file has.
        length: u64,
    },
    /// The file is no safetensors file at all.
    #[error("{file} is no safetensors file: {reason}")]
    NotSafetensors {
        /// Name of the file in the folder.
        file: String,
        /// What the reader says.
        reason: String,
    },
    /// A tensor that this kind of model needs is not there.
    #[error("tensor {tensor} is missing")]
    MissingTensor {
        /// Its full name.
        tensor: String,
    },
    /// A tensor has another shape than the configuration says.
    #[error("tensor {tensor} has shape {found:?}, the configuration needs {expected:?}")]
    Shape {
        /// Its full name.
        tensor: String,
        /// By the configuration.
        expected: Vec<usize>,
        /// In the file.
        found: Vec<usize>,
    },
    /// A tensor is stored in a type that is not f32, f16 or bf16, or cannot be decoded.
    #[error("tensor {tensor} cannot be used: {reason}")]
    Tensor {
        /// Its full name.
        tensor: String,
        /// Why.
        reason: String,
    },
    /// A configuration file has a wrong or unsupported value.
    #[error("{file}: {reason}")]
    Config {
        /// Name of the file in the folder.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// The graphics processor cannot be used.
    #[error("cannot use the device: {reason}")]
    Device {
        /// What its driver says.
        reason: String,
    },
    /// Worker threads cannot be started.
    #[error("cannot start worker threads: {0}")]
    Threads(String),
}

impl ModelError {
    /// A complaint about one of the JSON files.
    pub(crate) fn config(file: &str, reason: impl ToString) -> Self {
        Self::Config { file: file.into(), reason: reason.to_string() }
    }
}
