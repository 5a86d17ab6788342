//! `config.json` and `generation_config.json` of a checkpoint.

use serde::Deserialize;

use crate::error::ModelError;
use crate::layers::{LayerShape, ModelFolder};

const CONFIG: &str = "config.json";
const GENERATION: &str = "generation_config.json";

/// Sizes of a checkpoint, as in its `config.json`.
#[derive(Clone, Debug, Deserialize)]
pub struct Config {
    /// Mel bands of the input.
    #[serde(default = "eighty")]
    pub num_mel_bins: usize,
    /// Values per position.
    pub d_model: usize,
    /// Layers of the encoder.
    pub encoder_layers: usize,
    /// Attention heads in the encoder.
    pub encoder_attention_heads: usize,
    /// Inner values of the encoder's feed-forward nets.
    pub encoder_ffn_dim: usize,
    /// Positions the encoder knows: twice as many mel frames.
    pub max_source_positions: usize,
    /// Name of the activation function; `gelu` is the exact one.
    #[serde(default = "gelu")]
    pub activation_function: String,
    /// The decoder's sizes; a checkpoint with a CTC head has none.
    #[serde(flatten)]
    pub decoder: Option<DecoderConfig>,
}

/// Sizes of the decoder.
#[derive(Clone, Debug, Deserialize)]
pub struct DecoderConfig {
    /// Number of tokens.
    pub vocab_size: usize,
    /// Layers of the decoder.
    pub decoder_layers: usize,
    /// Attention heads in the decoder.
    pub decoder_attention_heads: usize,
    /// Inner values of the decoder's feed-forward nets.
    pub decoder_ffn_dim: usize,
    /// Tokens the decoder can look back on.
    pub max_target_positions: usize,
}

/// What a checkpoint's makers say about writing with it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct GenerationConfig {
    /// Tokens that are never written.
    #[serde(default)]
    pub suppress_tokens: Option<Vec<i64>>,
    /// Tokens that are not written first: blank, and the end.
    #[serde(default)]
    pub begin_suppress_tokens: Option<Vec<i64>>,
    /// The latest time at which the first words may start, in steps of 20 ms.
    #[serde(default)]
    pub max_initial_timestamp_index: Option<usize>,
}

fn eighty() -> usize {
    80
}

fn gelu() -> String {
    "gelu".into()
}

impl Config {
    /// Reads and checks `config.json`.
    pub fn read(folder: &ModelFolder) -> Result<Self, ModelError> {
        let config: Self = folder.json(CONFIG)?;
        config.check().map_err(|reason| ModelError::config(CONFIG, reason))?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        let decoder_heads = self.decoder.as_ref().map_or(1, |decoder| decoder.decoder_attention_heads);
        for heads in [self.encoder_attention_heads, decoder_heads] {
            if heads == 0 || !self.d_model.is_multiple_of(heads) {
                return Err(format!("d_model {} cannot be divided among {heads} heads", self.d_model));
            }
        }
        if self.activation_function != "gelu" {
            return Err(format!("activation_function {} is not supported, gelu is", self.activation_function));
        }
        if self.num_mel_bins == 0 || self.d_model < 4 || self.max_source_positions == 0 {
            return Err("num_mel_bins, d_model and max_source_positions must be larger".into());
        }
        Ok(())
    }

    /// Sizes of an encoder layer.
    pub fn encoder_layer(&self) -> LayerShape {
        LayerShape { width: self.d_model, heads: self.encoder_attention_heads, inner: self.encoder_ffn_dim }
    }
}

impl GenerationConfig {
    /// Reads `generation_config.json`; a folder without one has no wishes.
    pub fn read(folder: &ModelFolder) -> Result<Self, ModelError> {
        if folder.has(GENERATION) { folder.json(GENERATION) } else { Ok(Self::default()) }
    }
}
