//! `config.json` of a model with a CTC head.

use serde::Deserialize;

use crate::error::ModelError;
use crate::layers::ModelFolder;
use crate::whisper::Config;

const CONFIG: &str = "config.json";

/// What a CTC model needs to know besides the encoder's sizes.
#[derive(Clone, Debug, Deserialize)]
pub struct CtcConfig {
    /// The format this reader knows is 1.
    pub format_version: u32,
    /// Number of units, the blank included.
    pub vocab_size: usize,
    /// Silence that the model expects before a clip.
    pub pad_before_ms: usize,
    /// Silence that the model expects after a clip.
    pub pad_after_ms: usize,
    /// The longest sound the model was trained on, the silence around it included.
    pub max_segment_seconds: f32,
    /// From which pause on a comma is written; none is when absent.
    #[serde(default)]
    pub comma_pause_ms: Option<usize>,
    /// Widths and weights of the search.
    pub search: SearchConfig,
    /// How the signs of a good result make a probability; absent before calibration.
    #[serde(default)]
    pub confidence: Option<Calibration>,
}

/// Widths and weights of the search.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct SearchConfig {
    /// Sequences of units kept after each frame.
    pub beam: usize,
    /// Ways to write a sequence of units that are kept.
    pub paths: usize,
    /// Units looked at in each frame.
    pub candidates: usize,
    /// Log-probability below which a unit is not looked at.
    pub floor: f32,
    /// Weight of the language model against the encoder.
    pub language_weight: f64,
    /// Added for each syllable, because the language model likes short texts.
    pub syllable_bonus: f64,
    /// Weight of how usual a reading of a character is.
    pub reading_weight: f64,
}

/// A logistic regression over the features of a result.
#[derive(Clone, Debug, Deserialize)]
pub struct Calibration {
    /// One for each feature.
    pub weights: Vec<f64>,
    /// Added to their sum.
    pub bias: f64,
    /// Probability below which a result calls itself doubtful.
    #[serde(default = "half")]
    pub doubtful_below: f32,
}

fn half() -> f32 {
    0.5
}

impl CtcConfig {
    /// Reads and checks `config.json`, for the encoder and for the rest.
    pub fn read(folder: &ModelFolder) -> Result<(Config, Self), ModelError> {
        let encoder = Config::read(folder)?;
        let config: Self = folder.json(CONFIG)?;
        let complain = |reason: &str| Err(ModelError::config(CONFIG, reason));
        if config.format_version != 1 {
            return complain("format_version is not 1");
        }
        let search = &config.search;
        if search.beam == 0 || search.paths == 0 || search.candidates == 0 || config.vocab_size < 2 {
            return complain("beam, paths, candidates and vocab_size must be larger");
        }
        if !(1.0..=600.0).contains(&config.max_segment_seconds) {
            return complain("max_segment_seconds must be 1 to 600");
        }
        if config.confidence.as_ref().is_some_and(|c| c.weights.len() != super::confidence::FEATURES) {
            return complain("confidence needs six weights");
        }
        Ok((encoder, config))
    }
}
