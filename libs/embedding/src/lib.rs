//! Sentences to vectors whose inner product tells how close their meanings are: BERT and XLM-R encoders from ordinary
//! Hugging Face folders, on the kernels and layers of `speech`. No service code.

mod blocks;
mod config;
mod encoder;
mod error;
mod layer;
mod pooling;
mod sentence;
mod table;
mod tokens;

pub use encoder::{Role, SentenceEncoder};
pub use error::EncodeError;
pub use sentence::Prompts;
pub use speech::ModelError;
pub use speech::kernels::{Cpu, Path};
pub use speech::layers::{Compute, Precision};
