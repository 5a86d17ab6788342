//! Models that are loaded once their folder is there.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use embedding::SentenceEncoder;
use speech::ModelError;
use speech::engine;
use speech::kernels::Cpu;
use speech::layers::{Compute, Precision};
use speech::transcribe::Transcriber;
use speech::whisper::DecodeOptions;

use crate::config::{ScoringConfig, TranscriptionConfig};
use crate::domain::scoring::Semantics;

/// A model, or why there is none. Clones are the same.
#[derive(Clone)]
pub struct Model<T>(Arc<RwLock<Result<T, String>>>);

impl<T: Clone> Model<T> {
    pub fn ready(model: T) -> Self {
        Self(Arc::new(RwLock::new(Ok(model))))
    }

    pub fn missing(why: &str) -> Self {
        Self(Arc::new(RwLock::new(Err(why.to_owned()))))
    }

    /// The model, or why there is none.
    pub fn get(&self) -> Result<T, String> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Opens it unless it is there, which takes seconds for a large one. True when it was opened now.
    pub fn open(&self, open: impl FnOnce() -> Result<T, String>) -> bool {
        if self.get().is_ok() {
            return false;
        }
        let opened = open();
        let ready = opened.is_ok();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = opened;
        ready
    }
}

/// Loads the configured recogniser.
pub fn recogniser(config: &TranscriptionConfig) -> Result<Transcriber, String> {
    let folder = present(&config.model_folder, "model_folder")?;
    let options = DecodeOptions { language: config.languages.first().cloned(), ..DecodeOptions::default() };
    let load = |compute| engine::load(folder, compute, options);
    let recogniser = compute(config.threads).and_then(load).map_err(|error| error.to_string())?;
    Ok(Transcriber::new(recogniser.into()))
}

/// Loads the configured sentence encoder.
pub fn encoder(config: &ScoringConfig) -> Result<Encoder, String> {
    let folder = present(&config.encoder_folder, "encoder_folder")?;
    let load = |compute| SentenceEncoder::load(folder, compute);
    let encoder = compute(config.threads).and_then(load).map_err(|error| error.to_string())?;
    Ok(Encoder(Arc::new(encoder)))
}

fn present<'a>(folder: &'a Path, key: &str) -> Result<&'a Path, String> {
    if folder.as_os_str().is_empty() {
        return Err(format!("no {key} is configured"));
    }
    if folder.is_dir() { Ok(folder) } else { Err(format!("there is no folder {}", folder.display())) }
}

/// The best instructions of this processor on so many threads.
fn compute(threads: usize) -> Result<Compute, ModelError> {
    Compute::new(Cpu::detect(), Precision::Int8, threads.max(1))
}

/// A sentence encoder that scoring and other services use.
#[derive(Clone)]
pub struct Encoder(Arc<SentenceEncoder>);

impl Encoder {
    /// A vector of length 1 for each text.
    pub fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, String> {
        self.0.encode(texts, embedding::Role::Passage).map_err(|error| error.to_string())
    }
}

impl Semantics for Encoder {
    fn similarities(&self, pairs: &[(&str, &str)]) -> Vec<f32> {
        let texts: Vec<&str> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
        match self.encode(&texts) {
            Ok(vectors) => vectors.chunks_exact(2).map(|pair| dot(&pair[0], &pair[1])).collect(),
            Err(error) => {
                tracing::warn!(error, "texts cannot be encoded; scored without meaning");
                vec![0.0; pairs.len()]
            }
        }
    }

    fn version(&self) -> &str {
        self.0.model()
    }
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_opened_once_and_says_why_not() {
        let model = Model::missing("not looked for yet");
        assert_eq!(model.get(), Err("not looked for yet".into()));
        assert!(!model.open(|| Err("there is no folder x".into())));
        assert_eq!(model.get(), Err("there is no folder x".into()));
        assert!(model.open(|| Ok(1)));
        assert!(!model.clone().open(|| Ok(2)));
        assert_eq!(model.get(), Ok(1));
    }
}
