//! From texts to the numbers of their tokens.

use speech::ModelError;
use speech::layers::{Compute, ModelFolder};
use tokenizers::{Tokenizer, TruncationParams};

use crate::EncodeError;
use crate::config::Config;
use crate::error;
use crate::sentence::Settings;

const FILE: &str = "tokenizer.json";

/// The tokenizer of a checkpoint, cutting at the model's own length and never padding.
pub(crate) struct Tokens {
    tokenizer: Tokenizer,
    lower_case: bool,
}

impl Tokens {
    pub fn read(folder: &ModelFolder, config: &Config, settings: &Settings) -> Result<Self, ModelError> {
        let wrong = |reason: tokenizers::Error| error::config(FILE, reason);
        let mut tokenizer = Tokenizer::from_bytes(folder.read(FILE)?).map_err(wrong)?;
        let highest = tokenizer.get_vocab(true).into_values().max().unwrap_or_default() as usize;
        if highest >= config.vocab_size {
            return Err(error::config(FILE, format!("token {highest} is beyond vocab_size {}", config.vocab_size)));
        }
        tokenizer.with_padding(None);
        let truncation = TruncationParams { max_length: settings.max_length, ..TruncationParams::default() };
        tokenizer.with_truncation(Some(truncation)).map_err(wrong)?;
        let tokens = Self { tokenizer, lower_case: settings.lower_case };
        match tokens.encode("", "") {
            Ok(empty) if !empty.is_empty() => Ok(tokens),
            Ok(_) => Err(error::config(FILE, "it puts no token before or behind a text")),
            Err(reason) => Err(error::config(FILE, reason)),
        }
    }

    /// The tokens of each text with `prompt` before it; at least one.
    pub fn encode_all(&self, compute: &Compute, texts: &[&str], prompt: &str) -> Result<Vec<Vec<u32>>, EncodeError> {
        let encoded = compute.map(texts, |text| self.encode(prompt, text));
        let named = |(index, tokens): (usize, Result<_, String>)| {
            tokens.map_err(|reason| EncodeError::Tokens { index, reason })
        };
        encoded.into_iter().enumerate().map(named).collect()
    }

    fn encode(&self, prompt: &str, text: &str) -> Result<Vec<u32>, String> {
        let mut text = format!("{prompt}{text}");
        if self.lower_case {
            text = text.to_lowercase();
        }
        let encoding = self.tokenizer.encode_fast(text, true).map_err(|error| error.to_string())?;
        Ok(encoding.get_ids().to_vec())
    }
}
