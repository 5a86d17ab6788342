//! `config.json`: the sizes of a checkpoint.

use serde::Deserialize;
use speech::ModelError;
use speech::layers::ModelFolder;

use crate::error;

pub(crate) const FILE: &str = "config.json";

/// Kinds of encoders; they differ in the first position and in what their tensors may be prefixed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Bert,
    XlmRoberta,
}

/// Sizes of a checkpoint, under the names Hugging Face gives them.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Config {
    pub model_type: Kind,
    pub vocab_size: usize,
    pub hidden_size: usize,
    pub num_hidden_layers: usize,
    pub num_attention_heads: usize,
    pub intermediate_size: usize,
    pub max_position_embeddings: usize,
    #[serde(default = "two")]
    pub type_vocab_size: usize,
    #[serde(default = "epsilon")]
    pub layer_norm_eps: f32,
    #[serde(default = "gelu")]
    hidden_act: String,
    position_embedding_type: Option<String>,
    #[serde(default)]
    is_decoder: bool,
    pad_token_id: Option<u32>,
}

fn two() -> usize {
    2
}

fn epsilon() -> f32 {
    1e-12
}

fn gelu() -> String {
    "gelu".into()
}

impl Config {
    /// Reads and checks the file.
    pub fn read(folder: &ModelFolder) -> Result<Self, ModelError> {
        let config: Self = folder.json(FILE)?;
        config.check().map_err(|reason| error::config(FILE, reason))?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        let Self { hidden_size: width, num_attention_heads: heads, .. } = *self;
        if heads == 0 || width == 0 || !width.is_multiple_of(heads) {
            return Err(format!("hidden_size {width} cannot be divided among {heads} heads"));
        }
        if self.vocab_size == 0 || self.intermediate_size == 0 || self.type_vocab_size == 0 || self.positions() < 3 {
            return Err(
                "vocab_size, intermediate_size, type_vocab_size and max_position_embeddings must be larger".into()
            );
        }
        if self.hidden_act != "gelu" {
            return Err(format!("hidden_act {} is not supported, gelu is", self.hidden_act));
        }
        match self.position_embedding_type.as_deref() {
            None | Some("absolute") => {}
            Some(other) => return Err(format!("position_embedding_type {other} is not supported, absolute is")),
        }
        if self.is_decoder { Err("a decoder is no sentence encoder".into()) } else { Ok(()) }
    }

    /// XLM-R counts positions from behind the number of its padding token, and gives padding that number itself.
    pub fn padding(&self) -> Option<u32> {
        (self.model_type == Kind::XlmRoberta).then(|| self.pad_token_id.unwrap_or(1))
    }

    /// The most tokens a text can have.
    pub fn positions(&self) -> usize {
        let unused = self.padding().map_or(0, |padding| padding as usize + 1);
        self.max_position_embeddings.saturating_sub(unused)
    }

    /// What tensors are prefixed with when the checkpoint was saved together with a head.
    pub fn prefix(&self) -> &'static str {
        match self.model_type {
            Kind::Bert => "bert.",
            Kind::XlmRoberta => "roberta.",
        }
    }
}
