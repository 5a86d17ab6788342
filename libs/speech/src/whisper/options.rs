//! How to write a clip down.

/// Numbers from 0 (included) to 1 (not included), each as likely as the other. Sampling at a temperature needs them;
/// the first, greedy attempt does not.
pub type Randomness<'a> = dyn FnMut() -> f64 + 'a;

/// Wishes of the caller and limits of quality; the defaults are those of Whisper's authors.
#[derive(Clone, Debug)]
pub struct DecodeOptions {
    /// Language code; `None` lets the model decide.
    pub language: Option<String>,
    /// Text said before, for the style and the spelling.
    pub prompt: Option<String>,
    /// Whether times are written.
    pub times: bool,
    /// Temperatures of one attempt after the other; the first is usually 0.
    pub temperatures: Vec<f32>,
    /// Text that zlib packs tighter than this repeats itself.
    pub max_compression: f32,
    /// Mean log-probability per token below which an attempt failed.
    pub min_log_probability: f32,
    /// Probability of silence from which on a clip with a failed attempt counts as silent.
    pub silence: f32,
    /// Confidence below which an utterance calls itself doubtful.
    pub doubt: f32,
    /// Clips that are written down at the same time.
    pub batch: usize,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            language: Some("zh".into()),
            prompt: None,
            times: true,
            temperatures: vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0],
            max_compression: 2.4,
            min_log_probability: -1.0,
            silence: 0.6,
            doubt: 0.5,
            batch: 8,
        }
    }
}
