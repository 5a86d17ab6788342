//! Speech to text on ordinary processors: from the bytes of a recording to segments of simplified Chinese with times
//! and confidence. No service code: nothing here knows of requests, tenants or clocks.

#[cfg(feature = "audio")]
pub mod audio;
#[cfg(feature = "candle")]
pub mod candle;
#[cfg(feature = "recogniser")]
pub mod ctc;
#[cfg(feature = "recogniser")]
pub mod engine;
mod error;
pub mod kernels;
pub mod layers;
#[cfg(feature = "recogniser")]
pub mod mel;
#[cfg(feature = "recogniser")]
mod millis;
#[cfg(feature = "audio")]
pub mod text;
#[cfg(all(feature = "audio", feature = "recogniser"))]
pub mod transcribe;
#[cfg(feature = "recogniser")]
pub mod whisper;

pub use error::ModelError;
