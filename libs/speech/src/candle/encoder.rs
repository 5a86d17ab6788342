//! Whisper's encoder on a device.

use candle_core::{Device, Result, Tensor};

use super::layer::{Attention, Linear, Norm, mix};
use super::tensor;
use crate::error::ModelError;
use crate::layers::Weights;
use crate::mel::Mel;
use crate::whisper::{Config, encoder_positions};

/// Two convolutions and a stack of transformer layers, as [`crate::whisper::Encoder`].
pub struct DeviceEncoder {
    narrow: Conv,
    halve: Conv,
    positions: Tensor,
    layers: Vec<Layer>,
    norm: Norm,
    device: Device,
}

struct Conv {
    weight: Tensor,
    bias: Tensor,
    stride: usize,
}

struct Layer {
    attention_norm: Norm,
    attention: Attention,
    net_norm: Norm,
    up: Linear,
    down: Linear,
}

impl DeviceEncoder {
    /// Loads the tensors below `model.encoder.`.
    pub fn load(weights: &Weights, config: &Config, device: &Device) -> std::result::Result<Self, ModelError> {
        let width = config.d_model;
        let name = |part: &str| format!("model.encoder.{part}");
        let positions = encoder_positions(weights, config)?;
        let fail =
            |error: candle_core::Error| ModelError::Tensor { tensor: name("positions"), reason: error.to_string() };
        let layer = |i: usize| Layer::load(weights, &name(&format!("layers.{i}")), config, device);
        Ok(Self {
            narrow: Conv::load(weights, &name("conv1"), [width, config.num_mel_bins], 1, device)?,
            halve: Conv::load(weights, &name("conv2"), [width, width], 2, device)?,
            positions: Tensor::from_vec(positions, (config.max_source_positions, width), device).map_err(fail)?,
            layers: (0..config.encoder_layers).map(layer).collect::<std::result::Result<_, _>>()?,
            norm: Norm::load(weights, &name("layer_norm"), width, device)?,
            device: device.clone(),
        })
    }

    /// One row for every 20 ms; frames beyond the model's positions are not heard.
    pub fn forward(&self, mel: &Mel) -> Result<Tensor> {
        let frames = mel.frames().min(2 * self.positions.dim(0)?);
        let values = &mel.values()[..frames * mel.bins()];
        let x = Tensor::from_slice(values, (frames, mel.bins()), &self.device)?.t()?.contiguous()?.unsqueeze(0)?;
        let x = self.halve.forward(&self.narrow.forward(&x)?)?.squeeze(0)?.t()?.contiguous()?;
        let mut x = x.add(&self.positions.narrow(0, 0, x.dim(0)?)?)?;
        for layer in &self.layers {
            x = layer.forward(&x)?;
        }
        self.norm.forward(&x)
    }
}

impl Conv {
    fn load(
        weights: &Weights,
        name: &str,
        [outputs, inputs]: [usize; 2],
        stride: usize,
        device: &Device,
    ) -> std::result::Result<Self, ModelError> {
        let weight = tensor(weights, &format!("{name}.weight"), &[outputs, inputs, 3], device)?;
        let bias = tensor(weights, &format!("{name}.bias"), &[outputs], device)?;
        let fail = |error: candle_core::Error| ModelError::Tensor { tensor: name.into(), reason: error.to_string() };
        Ok(Self { weight, bias: bias.reshape((1, outputs, 1)).map_err(fail)?, stride })
    }

    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        x.conv1d(&self.weight, 1, self.stride, 1, 1)?.broadcast_add(&self.bias)?.gelu_erf()
    }
}

impl Layer {
    fn load(weights: &Weights, name: &str, config: &Config, device: &Device) -> std::result::Result<Self, ModelError> {
        let (width, inner) = (config.d_model, config.encoder_ffn_dim);
        let heads = config.encoder_attention_heads;
        let part = |part: &str| format!("{name}.{part}");
        Ok(Self {
            attention_norm: Norm::load(weights, &part("self_attn_layer_norm"), width, device)?,
            attention: Attention::load(weights, &part("self_attn"), width, heads, device)?,
            net_norm: Norm::load(weights, &part("final_layer_norm"), width, device)?,
            up: Linear::load(weights, &part("fc1"), [inner, width], device)?,
            down: Linear::load(weights, &part("fc2"), [width, inner], device)?,
        })
    }

    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let normal = self.attention_norm.forward(x)?;
        let mixed = mix(&self.attention.queries(&normal)?, &self.attention.stored(&normal)?, None)?;
        let x = x.add(&self.attention.output(&mixed)?)?;
        let wide = self.up.forward(&self.net_norm.forward(&x)?)?.gelu_erf()?;
        x.add(&self.down.forward(&wide)?)
    }
}
