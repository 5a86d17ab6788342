//! `y = x · Wᵀ + b`.

use super::{Precision, Weights};
use crate::error::ModelError;
use crate::kernels::{Cpu, DenseMatrix, Finish, QuantMatrix, QuantRows};

/// A linear layer in either precision.
pub enum Linear {
    /// 32-bit floats.
    Exact(DenseMatrix),
    /// 8-bit weights and activations.
    Int8(QuantMatrix),
}

impl Linear {
    /// Takes ready weights, row-major `[outputs][inputs]`.
    pub fn new(precision: Precision, weights: Vec<f32>, bias: Option<Vec<f32>>, outputs: usize, inputs: usize) -> Self {
        match precision {
            Precision::Exact => Self::Exact(DenseMatrix::new(&weights, bias.as_deref(), outputs, inputs)),
            Precision::Int8 => Self::Int8(QuantMatrix::quantise(&weights, bias.as_deref(), outputs, inputs)),
        }
    }

    /// Loads `{name}.weight` and, when there is one, `{name}.bias`.
    pub fn load(
        weights: &Weights,
        name: &str,
        precision: Precision,
        outputs: usize,
        inputs: usize,
    ) -> Result<Self, ModelError> {
        let matrix = weights.get(&format!("{name}.weight"), &[outputs, inputs])?;
        Ok(Self::new(precision, matrix, bias(weights, name, outputs)?, outputs, inputs))
    }

    /// Loads several layers of the same input as one; each is multiplied by its factor.
    pub fn load_fused(
        weights: &Weights,
        names: &[(&str, f32)],
        precision: Precision,
        outputs: usize,
        inputs: usize,
    ) -> Result<Self, ModelError> {
        let (mut all, mut biases) = (Vec::new(), Vec::new());
        for (name, factor) in names {
            let matrix = weights.get(&format!("{name}.weight"), &[outputs, inputs])?;
            let bias = bias(weights, name, outputs)?.unwrap_or_else(|| vec![0.0; outputs]);
            all.extend(matrix.iter().map(|x| x * factor));
            biases.extend(bias.iter().map(|x| x * factor));
        }
        Ok(Self::new(precision, all, Some(biases), outputs * names.len(), inputs))
    }

    /// Values a row of the result has.
    pub fn outputs(&self) -> usize {
        match self {
            Self::Exact(matrix) => matrix.outputs(),
            Self::Int8(matrix) => matrix.outputs(),
        }
    }

    /// Values a row of the input has.
    pub fn inputs(&self) -> usize {
        match self {
            Self::Exact(matrix) => matrix.inputs(),
            Self::Int8(matrix) => matrix.inputs(),
        }
    }

    /// Applies the layer to the rows that start every `stride` values of `x`; `y` is `[rows][outputs]`.
    pub fn forward_strided(
        &self,
        cpu: Cpu,
        x: &[f32],
        stride: usize,
        finish: Finish,
        quantised: &mut QuantRows,
        y: &mut [f32],
    ) {
        let rows = y.len() / self.outputs();
        match self {
            Self::Exact(matrix) => matrix.multiply(cpu, x, stride, rows, finish, y),
            Self::Int8(matrix) => {
                quantised.fill(cpu, x, stride, rows, matrix.inputs());
                matrix.multiply(cpu, quantised, finish, y);
            }
        }
    }

    /// Applies the layer to the rows of `x`, one after the other.
    pub fn forward(&self, cpu: Cpu, x: &[f32], finish: Finish, quantised: &mut QuantRows, y: &mut [f32]) {
        self.forward_strided(cpu, x, self.inputs(), finish, quantised, y);
    }
}

fn bias(weights: &Weights, name: &str, outputs: usize) -> Result<Option<Vec<f32>>, ModelError> {
    let name = format!("{name}.bias");
    weights.has(&name).then(|| weights.get(&name, &[outputs])).transpose()
}
