use super::Weights;
use crate::error::ModelError;
use crate::kernels::{Cpu, layer_norm};

/// Layer norm with weight and bias.
pub struct LayerNorm {
    weight: Vec<f32>,
    bias: Vec<f32>,
    epsilon: f32,
}

impl LayerNorm {
    /// Loads `{name}.weight` and `{name}.bias`.
    pub fn load(weights: &Weights, name: &str, width: usize, epsilon: f32) -> Result<Self, ModelError> {
        let weight = weights.get(&format!("{name}.weight"), &[width])?;
        let bias = weights.get(&format!("{name}.bias"), &[width])?;
        Ok(Self { weight, bias, epsilon })
    }

    /// Normalises each row of `x` into `out`.
    pub fn forward(&self, cpu: Cpu, x: &[f32], out: &mut [f32]) {
        layer_norm(cpu, x, &self.weight, &self.bias, self.epsilon, out);
    }
}
