//! Layers of candle's operations.

use candle_core::{D, Device, Result, Tensor};

use super::tensor;
use crate::error::ModelError;
use crate::layers::Weights;

const EPSILON: f64 = 1e-5;

/// `y = x · Wᵀ + b`.
pub(crate) struct Linear {
    /// Transposed already.
    weight: Tensor,
    bias: Option<Tensor>,
}

/// Layer norm with weight and bias.
pub(super) struct Norm {
    weight: Tensor,
    bias: Tensor,
}

/// Attention of several heads.
pub(super) struct Attention {
    query: Linear,
    key: Linear,
    value: Linear,
    output: Linear,
    heads: usize,
}

impl Linear {
    pub(crate) fn load(
        weights: &Weights,
        name: &str,
        [outputs, inputs]: [usize; 2],
        device: &Device,
    ) -> std::result::Result<Self, ModelError> {
        let weight = tensor(weights, &format!("{name}.weight"), &[outputs, inputs], device)?;
        let bias = format!("{name}.bias");
        let bias = weights.has(&bias).then(|| tensor(weights, &bias, &[outputs], device)).transpose()?;
        let fail = |error: candle_core::Error| ModelError::Tensor { tensor: name.into(), reason: error.to_string() };
        let weight = weight.t().and_then(|weight| weight.contiguous()).map_err(fail)?;
        Ok(Self { weight, bias })
    }

    /// `x` is `[rows][inputs]`.
    pub(crate) fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let y = x.matmul(&self.weight)?;
        self.bias.as_ref().map_or(Ok(y.clone()), |bias| y.broadcast_add(bias))
    }
}

impl Norm {
    pub(super) fn load(
        weights: &Weights,
        name: &str,
        width: usize,
        device: &Device,
    ) -> std::result::Result<Self, ModelError> {
        let weight = tensor(weights, &format!("{name}.weight"), &[width], device)?;
        Ok(Self { weight, bias: tensor(weights, &format!("{name}.bias"), &[width], device)? })
    }

    pub(super) fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let centred = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
        let spread = (centred.sqr()?.mean_keepdim(D::Minus1)? + EPSILON)?.sqrt()?;
        centred.broadcast_div(&spread)?.broadcast_mul(&self.weight)?.broadcast_add(&self.bias)
    }
}

impl Attention {
    pub(super) fn load(
        weights: &Weights,
        name: &str,
        width: usize,
        heads: usize,
        device: &Device,
    ) -> std::result::Result<Self, ModelError> {
        let part = |part: &str| Linear::load(weights, &format!("{name}.{part}_proj"), [width, width], device);
        Ok(Self { query: part("q")?, key: part("k")?, value: part("v")?, output: part("out")?, heads })
    }

    /// Keys and values of rows, each `[heads][rows][width / heads]`.
    pub(super) fn stored(&self, x: &Tensor) -> Result<[Tensor; 2]> {
        Ok([self.split(&self.key.forward(x)?)?, self.split(&self.value.forward(x)?)?])
    }

    /// Queries of rows, scaled, in the same form.
    pub(super) fn queries(&self, x: &Tensor) -> Result<Tensor> {
        let queries = self.split(&self.query.forward(x)?)?;
        let scale = (queries.dim(D::Minus1)? as f64).sqrt().recip();
        queries * scale
    }

    pub(super) fn output(&self, mixed: &Tensor) -> Result<Tensor> {
        self.output.forward(mixed)
    }

    fn split(&self, x: &Tensor) -> Result<Tensor> {
        let (rows, width) = x.dims2()?;
        x.reshape((rows, self.heads, width / self.heads))?.transpose(0, 1)?.contiguous()
    }
}

/// What queries find among stored rows, joined: `[rows][width]`. Row `i` sees what comes after it no further than
/// `mask` (to be added to the scores) says.
pub(super) fn mix(queries: &Tensor, [keys, values]: &[Tensor; 2], mask: Option<&Tensor>) -> Result<Tensor> {
    let scores = queries.matmul(&keys.t()?.contiguous()?)?;
    let scores = mask.map_or(Ok(scores.clone()), |mask| scores.broadcast_add(mask))?;
    let weights = scores.broadcast_sub(&scores.max_keepdim(D::Minus1)?)?.exp()?;
    let weights = weights.broadcast_div(&weights.sum_keepdim(D::Minus1)?)?;
    let mixed = weights.matmul(values)?.transpose(0, 1)?.contiguous()?;
    let (rows, heads, width) = mixed.dims3()?;
    mixed.reshape((rows, heads * width))
}
