//! The encoder and the decoder, wherever they are computed.

use std::sync::Arc;

use super::config::Config;
use super::decoder::{CrossCache, Decoder, Sequence, Step};
use super::encoder::Encoder;
#[cfg(feature = "candle")]
use crate::candle::{DeviceCross, DeviceDecoder, DeviceEncoder, DevicePage};
use crate::engine::RecogniseError;
use crate::error::ModelError;
use crate::layers::{Compute, Weights};
use crate::mel::Mel;

pub(super) enum Network {
    Processor(Box<Encoder>, Box<Decoder>),
    #[cfg(feature = "candle")]
    Device(DeviceEncoder, DeviceDecoder),
}

/// What was heard, prepared for the decoder.
#[derive(Clone)]
pub(super) enum Cross {
    Processor(Arc<CrossCache>),
    #[cfg(feature = "candle")]
    Device(Arc<DeviceCross>),
}

/// A clip and what was written of it.
pub(super) enum Page {
    Processor(Sequence),
    #[cfg(feature = "candle")]
    Device(DevicePage),
}

impl Page {
    /// Tokens written so far.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Processor(sequence) => sequence.len(),
            #[cfg(feature = "candle")]
            Self::Device(page) => page.len(),
        }
    }
}

impl Network {
    pub(super) fn load(weights: &Weights, config: &Config, compute: &Compute) -> Result<Self, ModelError> {
        #[cfg(feature = "candle")]
        if let Some(device) = compute.device() {
            let encoder = DeviceEncoder::load(weights, config, device)?;
            return Ok(Self::Device(encoder, DeviceDecoder::load(weights, config, device)?));
        }
        let encoder = Encoder::load(weights, config, compute.precision())?;
        let decoder = Decoder::load(weights, config, compute.precision())?;
        Ok(Self::Processor(Box::new(encoder), Box::new(decoder)))
    }

    pub(super) fn vocabulary(&self) -> usize {
        match self {
            Self::Processor(_, decoder) => decoder.vocabulary(),
            #[cfg(feature = "candle")]
            Self::Device(_, decoder) => decoder.vocabulary(),
        }
    }

    pub(super) fn max_positions(&self) -> usize {
        match self {
            Self::Processor(_, decoder) => decoder.max_positions(),
            #[cfg(feature = "candle")]
            Self::Device(_, decoder) => decoder.max_positions(),
        }
    }

    #[cfg_attr(not(feature = "candle"), expect(clippy::unnecessary_wraps, reason = "a device can fail"))]
    pub(super) fn hear(&self, compute: &Compute, mel: &Mel) -> Result<Cross, RecogniseError> {
        match self {
            Self::Processor(encoder, decoder) => {
                Ok(Cross::Processor(decoder.listen(compute, &encoder.forward(compute, mel))))
            }
            #[cfg(feature = "candle")]
            Self::Device(encoder, decoder) => Ok(Cross::Device(decoder.listen(&encoder.forward(mel)?)?)),
        }
    }

    pub(super) fn start(&self, cross: &Cross) -> Page {
        match (self, cross) {
            (Self::Processor(_, decoder), Cross::Processor(cross)) => Page::Processor(decoder.start(cross)),
            #[cfg(feature = "candle")]
            (Self::Device(_, decoder), Cross::Device(cross)) => Page::Device(decoder.start(cross)),
            #[cfg(feature = "candle")]
            _ => unreachable!("a clip is written where it was heard"),
        }
    }

    /// Adds tokens to each page; returns the scores of what may follow, `[pages][vocabulary]`.
    #[cfg_attr(not(feature = "candle"), expect(clippy::unnecessary_wraps, reason = "a device can fail"))]
    pub(super) fn step(
        &self,
        compute: &Compute,
        pages: &mut [(&mut Page, &[u32])],
    ) -> Result<Vec<f32>, RecogniseError> {
        match self {
            Self::Processor(_, decoder) => {
                #[cfg_attr(
                    not(feature = "candle"),
                    expect(clippy::unnecessary_filter_map, reason = "pages of a device are none of the processor's")
                )]
                let steps = pages.iter_mut().filter_map(|(page, tokens)| match page {
                    Page::Processor(sequence) => Some(Step { sequence, tokens }),
                    #[cfg(feature = "candle")]
                    Page::Device(_) => None,
                });
                Ok(decoder.step(compute, &mut steps.collect::<Vec<_>>()))
            }
            #[cfg(feature = "candle")]
            Self::Device(_, decoder) => {
                let pages = pages.iter_mut().filter_map(|(page, tokens)| match page {
                    Page::Device(page) => Some((page, *tokens)),
                    Page::Processor(_) => None,
                });
                Ok(decoder.step(&mut pages.collect::<Vec<_>>())?)
            }
        }
    }
}
