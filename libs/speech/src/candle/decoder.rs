//! Whisper's decoder on a device. Linear layers take the rows of all sequences together, attention one sequence at a time.

use std::sync::Arc;

use candle_core::{Device, Result, Tensor};

use super::layer::{Attention, Linear, Norm, mix};
use super::tensor;
use crate::error::ModelError;
use crate::layers::Weights;
use crate::whisper::Config;

/// As [`crate::whisper::Decoder`].
pub struct DeviceDecoder {
    tokens: Tensor,
    scores: Tensor,
    positions: Tensor,
    layers: Vec<Layer>,
    norm: Norm,
    device: Device,
}

/// Keys and values of what was heard, for every layer.
pub struct DeviceCross(Vec<[Tensor; 2]>);

/// A clip and what was written of it.
pub struct DevicePage {
    own: Vec<Option<[Tensor; 2]>>,
    cross: Arc<DeviceCross>,
    length: usize,
}

struct Layer {
    own_norm: Norm,
    own: Attention,
    cross_norm: Norm,
    cross: Attention,
    net_norm: Norm,
    up: Linear,
    down: Linear,
}

impl DevicePage {
    /// Tokens written so far.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }
}

impl DeviceDecoder {
    /// Loads the tensors below `model.decoder.`.
    pub fn load(weights: &Weights, config: &Config, device: &Device) -> std::result::Result<Self, ModelError> {
        let missing = || ModelError::config("config.json", "it describes no decoder");
        let sizes = config.decoder.as_ref().ok_or_else(missing)?;
        let (width, name) = (config.d_model, |part: &str| format!("model.decoder.{part}"));
        let shape = [width, sizes.decoder_attention_heads, sizes.decoder_ffn_dim];
        let layer = |i: usize| Layer::load(weights, &name(&format!("layers.{i}")), shape, device);
        let tokens = tensor(weights, &name("embed_tokens.weight"), &[sizes.vocab_size, width], device)?;
        let positions = name("embed_positions.weight");
        let fail = |error: candle_core::Error| ModelError::Tensor { tensor: name("scores"), reason: error.to_string() };
        Ok(Self {
            scores: tokens.t().and_then(|scores| scores.contiguous()).map_err(fail)?,
            tokens,
            positions: tensor(weights, &positions, &[sizes.max_target_positions, width], device)?,
            layers: (0..sizes.decoder_layers).map(layer).collect::<std::result::Result<_, _>>()?,
            norm: Norm::load(weights, &name("layer_norm"), width, device)?,
            device: device.clone(),
        })
    }

    /// Tokens a sequence can hold.
    pub fn max_positions(&self) -> usize {
        self.positions.dims()[0]
    }

    /// Number of tokens there are.
    pub fn vocabulary(&self) -> usize {
        self.tokens.dims()[0]
    }

    /// Prepares what was heard, `[rows][width]`, for all layers.
    pub fn listen(&self, heard: &Tensor) -> Result<Arc<DeviceCross>> {
        let stored = self.layers.iter().map(|layer| layer.cross.stored(heard)).collect::<Result<_>>()?;
        Ok(Arc::new(DeviceCross(stored)))
    }

    /// An empty page for a clip.
    pub fn start(&self, cross: &Arc<DeviceCross>) -> DevicePage {
        let own = self.layers.iter().map(|_| None).collect();
        DevicePage { own, cross: Arc::clone(cross), length: 0 }
    }

    /// Adds tokens to each page; returns the scores of what may follow the last of them, `[pages][vocabulary]`.
    pub fn step(&self, pages: &mut [(&mut DevicePage, &[u32])]) -> Result<Vec<f32>> {
        let mut x = self.embed(pages)?;
        for (number, layer) in self.layers.iter().enumerate() {
            x = layer.forward(&x, number, pages, &self.device)?;
        }
        let mut end = 0;
        let mut last = Vec::new();
        for (page, tokens) in pages.iter_mut() {
            page.length += tokens.len();
            end += tokens.len();
            last.push(x.narrow(0, end - 1, 1)?);
        }
        self.norm.forward(&Tensor::cat(&last, 0)?)?.matmul(&self.scores)?.flatten_all()?.to_vec1()
    }

    fn embed(&self, pages: &[(&mut DevicePage, &[u32])]) -> Result<Tensor> {
        let tokens: Vec<u32> = pages.iter().flat_map(|(_, tokens)| *tokens).copied().collect();
        let places = pages.iter().flat_map(|(page, tokens)| page.length..page.length + tokens.len());
        let places: Vec<u32> = places.map(|place| place as u32).collect();
        let tokens = self.tokens.index_select(&Tensor::new(tokens, &self.device)?, 0)?;
        tokens.add(&self.positions.index_select(&Tensor::new(places, &self.device)?, 0)?)
    }
}

impl Layer {
    fn load(
        weights: &Weights,
        name: &str,
        [width, heads, inner]: [usize; 3],
        device: &Device,
    ) -> std::result::Result<Self, ModelError> {
        let norm = |part: &str| Norm::load(weights, &format!("{name}.{part}"), width, device);
        let attention = |part: &str| Attention::load(weights, &format!("{name}.{part}"), width, heads, device);
        Ok(Self {
            own_norm: norm("self_attn_layer_norm")?,
            own: attention("self_attn")?,
            cross_norm: norm("encoder_attn_layer_norm")?,
            cross: attention("encoder_attn")?,
            net_norm: norm("final_layer_norm")?,
            up: Linear::load(weights, &format!("{name}.fc1"), [inner, width], device)?,
            down: Linear::load(weights, &format!("{name}.fc2"), [width, inner], device)?,
        })
    }

    fn forward(
        &self,
        x: &Tensor,
        number: usize,
        pages: &mut [(&mut DevicePage, &[u32])],
        device: &Device,
    ) -> Result<Tensor> {
        let normal = self.own_norm.forward(x)?;
        let mixed = each(pages, &normal, |page, rows| {
            let fresh = self.own.stored(rows)?;
            let stored = match page.own[number].take() {
                None => fresh,
                Some([keys, values]) => [Tensor::cat(&[&keys, &fresh[0]], 1)?, Tensor::cat(&[&values, &fresh[1]], 1)?],
            };
            let mask = causal(rows.dim(0)?, page.length, device)?;
            let mixed = mix(&self.own.queries(rows)?, &stored, mask.as_ref())?;
            page.own[number] = Some(stored);
            Ok(mixed)
        })?;
        let x = x.add(&self.own.output(&mixed)?)?;
        let normal = self.cross_norm.forward(&x)?;
        let mixed = each(pages, &normal, |page, rows| mix(&self.cross.queries(rows)?, &page.cross.0[number], None))?;
        let x = x.add(&self.cross.output(&mixed)?)?;
        let wide = self.up.forward(&self.net_norm.forward(&x)?)?.gelu_erf()?;
        x.add(&self.down.forward(&wide)?)
    }
}

/// Calls `work` with each page and its rows; joins the results.
fn each(
    pages: &mut [(&mut DevicePage, &[u32])],
    x: &Tensor,
    mut work: impl FnMut(&mut DevicePage, &Tensor) -> Result<Tensor>,
) -> Result<Tensor> {
    let mut from = 0;
    let mut out = Vec::new();
    for (page, tokens) in pages.iter_mut() {
        out.push(work(page, &x.narrow(0, from, tokens.len())?.contiguous()?)?);
        from += tokens.len();
    }
    Tensor::cat(&out, 0)
}

/// What is added to the scores of `rows` positions behind `before` others, so that none sees a later one.
fn causal(rows: usize, before: usize, device: &Device) -> Result<Option<Tensor>> {
    if rows == 1 {
        return Ok(None);
    }
    let row = |row: usize| (0..before + rows).map(move |at| if at > before + row { f32::NEG_INFINITY } else { 0.0 });
    let mask: Vec<f32> = (0..rows).flat_map(row).collect();
    Tensor::from_vec(mask, (1, rows, before + rows), device).map(Some)
}
