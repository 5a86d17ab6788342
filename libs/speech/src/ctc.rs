//! An encoder of Whisper's form with a CTC head over initials and finals, whose scores a search turns into characters
//! with a lexicon and a character language model.

mod align;
mod confidence;
mod config;
mod hot;
mod language;
mod lexicon;
mod network;
mod pauses;
mod prefix;
mod recogniser;
mod search;
mod window;

pub use config::{CtcConfig, SearchConfig};
pub use language::{Context, LanguageModel};
pub use lexicon::Lexicon;
pub use recogniser::CtcRecogniser;
pub use search::{Found, Search};

#[cfg(test)]
mod tests;
