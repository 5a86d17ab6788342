//! The tokens of a checkpoint: text, times, and those that steer the decoder.

use std::collections::BTreeMap;

use tokenizers::Tokenizer;

use crate::error::ModelError;
use crate::layers::ModelFolder;

const FILE: &str = "tokenizer.json";
/// Seconds from one time token to the next.
pub(super) const TIME_STEP: f64 = 0.02;

/// A tokenizer and the ids of its special tokens.
pub struct Vocabulary {
    tokenizer: Tokenizer,
    /// `<|startoftranscript|>`
    pub(super) start: u32,
    /// `<|endoftext|>`; all text comes before it, all other special tokens after it.
    pub(super) end: u32,
    /// `<|transcribe|>`; absent in checkpoints for English alone.
    pub(super) transcribe: Option<u32>,
    /// `<|notimestamps|>`
    pub(super) no_times: u32,
    /// `<|0.00|>`: all ids from here on are times.
    pub(super) first_time: u32,
    /// `<|startofprev|>`
    pub(super) previous: Option<u32>,
    /// `<|nospeech|>`, `<|nocaptions|>` in older checkpoints.
    pub(super) no_speech: Option<u32>,
    languages: BTreeMap<String, u32>,
    steering: Vec<u32>,
}

impl Vocabulary {
    /// Reads `tokenizer.json`.
    pub fn read(folder: &ModelFolder) -> Result<Self, ModelError> {
        let tokenizer = Tokenizer::from_bytes(folder.read(FILE)?).map_err(|error| ModelError::config(FILE, error))?;
        Self::new(tokenizer)
    }

    pub(super) fn new(tokenizer: Tokenizer) -> Result<Self, ModelError> {
        let find = |name: &str| tokenizer.token_to_id(&format!("<|{name}|>"));
        let need = |name: &str| find(name).ok_or_else(|| ModelError::config(FILE, format!("it lacks <|{name}|>")));
        let no_times = need("notimestamps")?;
        let names =
            ["startoftranscript", "startofprev", "startoflm", "transcribe", "translate", "nospeech", "nocaptions"];
        Ok(Self {
            start: need("startoftranscript")?,
            end: need("endoftext")?,
            transcribe: find("transcribe"),
            no_times,
            first_time: find("0.00").unwrap_or(no_times + 1),
            previous: find("startofprev"),
            no_speech: find("nospeech").or_else(|| find("nocaptions")),
            languages: languages(&tokenizer),
            steering: names.into_iter().filter_map(find).collect(),
            tokenizer,
        })
    }

    /// Ids by language code, such as `zh`; empty for checkpoints that know English alone.
    pub fn languages(&self) -> &BTreeMap<String, u32> {
        &self.languages
    }

    /// Tokens that steer the decoder and are never written.
    pub(super) fn steering(&self) -> impl Iterator<Item = u32> {
        self.steering.iter().chain(self.languages.values()).copied()
    }

    /// Whether a token stands for a time.
    pub(super) fn is_time(&self, token: u32) -> bool {
        token >= self.first_time
    }

    /// Seconds that a time token stands for.
    pub(super) fn seconds(&self, token: u32) -> f64 {
        f64::from(token.saturating_sub(self.first_time)) * TIME_STEP
    }

    /// Text of tokens, without the special ones.
    pub fn text(&self, tokens: &[u32]) -> String {
        let text: Vec<u32> = tokens.iter().copied().filter(|token| *token < self.end).collect();
        // A token the tokenizer does not know has no text; that is all its error can be.
        self.tokenizer.decode(&text, true).unwrap_or_default()
    }

    /// Tokens of a text, without special ones.
    pub fn tokens(&self, text: &str) -> Vec<u32> {
        self.tokenizer.encode_fast(text, false).map(|encoding| encoding.get_ids().to_vec()).unwrap_or_default()
    }
}

/// Special tokens of two or three small letters are languages.
fn languages(tokenizer: &Tokenizer) -> BTreeMap<String, u32> {
    let code = |token: &str| {
        let code = token.strip_prefix("<|")?.strip_suffix("|>")?;
        let fits = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
        fits.then(|| code.to_owned())
    };
    tokenizer.get_vocab(true).into_iter().filter_map(|(token, id)| Some((code(&token)?, id))).collect()
}
