//! Whisper: an encoder that hears a clip and a decoder that writes it down token by token.

mod config;
mod decode;
mod decoded;
mod decoder;
mod decoder_layer;
mod embedding;
mod encoder;
mod guard;
mod long;
mod network;
mod non_speech;
mod options;
mod pieces;
mod prompt;
mod recogniser;
mod rules;
mod sample;
mod vocabulary;

pub use config::{Config, GenerationConfig};
pub use decoded::{Decoded, Quality};
pub use decoder::{CrossCache, Decoder, Sequence, Step};
#[cfg(feature = "candle")]
pub(crate) use encoder::encoder_positions;
pub use encoder::{Encoder, Heard};
pub use options::{DecodeOptions, Randomness};
pub use recogniser::Whisper;
pub use vocabulary::Vocabulary;

#[cfg(test)]
mod tests;
