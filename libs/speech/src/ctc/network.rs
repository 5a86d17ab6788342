//! The encoder and the head, wherever they are computed.

#[cfg(feature = "candle")]
use crate::candle::{DeviceEncoder, DeviceLinear};
use crate::engine::RecogniseError;
use crate::error::ModelError;
use crate::kernels::Finish;
use crate::layers::{Compute, Linear, Weights};
use crate::mel::Mel;
use crate::whisper::{Config, Encoder};

const HEAD: &str = "ctc_head";

pub(super) enum Network {
    Processor(Box<Encoder>, Linear),
    #[cfg(feature = "candle")]
    Device(DeviceEncoder, DeviceLinear),
}

impl Network {
    pub(super) fn load(
        weights: &Weights,
        config: &Config,
        units: usize,
        compute: &Compute,
    ) -> Result<Self, ModelError> {
        #[cfg(feature = "candle")]
        if let Some(device) = compute.device() {
            let encoder = DeviceEncoder::load(weights, config, device)?;
            return Ok(Self::Device(encoder, DeviceLinear::load(weights, HEAD, [units, config.d_model], device)?));
        }
        let encoder = Encoder::load(weights, config, compute.precision())?;
        let head = Linear::load(weights, HEAD, compute.precision(), units, config.d_model)?;
        Ok(Self::Processor(Box::new(encoder), head))
    }

    /// Scores of the units, `[positions][units]`.
    #[cfg_attr(not(feature = "candle"), expect(clippy::unnecessary_wraps, reason = "a device can fail"))]
    pub(super) fn scores(&self, compute: &Compute, mel: &Mel) -> Result<Vec<f32>, RecogniseError> {
        match self {
            Self::Processor(encoder, head) => {
                let heard = encoder.forward(compute, mel);
                let mut scores = vec![0.0; heard.rows() * head.outputs()];
                compute.with_scratch(|scratch| {
                    head.forward(compute.cpu(), &heard.values, Finish::Store, &mut scratch.quantised, &mut scores);
                });
                Ok(scores)
            }
            #[cfg(feature = "candle")]
            Self::Device(encoder, head) => Ok(head.forward(&encoder.forward(mel)?)?.flatten_all()?.to_vec1()?),
        }
    }
}
