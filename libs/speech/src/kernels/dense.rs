//! Linear layers in 32-bit floats: the reference that the 8-bit ones are judged by.

use gemm::{Parallelism, gemm};

use super::cpu::Cpu;
use super::int8::Finish;
use super::vector::{add, gelu};

/// The weights `[outputs][inputs]` of a linear layer.
pub struct DenseMatrix {
    outputs: usize,
    inputs: usize,
    weights: Vec<f32>,
    bias: Option<Vec<f32>>,
}

impl DenseMatrix {
    /// Takes the weights as they are, row-major.
    ///
    /// # Panics
    ///
    /// When the lengths do not match; loaders check shapes before.
    pub fn new(weights: Vec<f32>, bias: Option<Vec<f32>>, outputs: usize, inputs: usize) -> Self {
        assert!(weights.len() == outputs * inputs, "shape {outputs}x{inputs}");
        assert!(bias.as_ref().is_none_or(|bias| bias.len() == outputs), "bias of {outputs}");
        Self { outputs, inputs, weights, bias }
    }

    /// Rows of the matrix: values a row of the result has.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Columns of the matrix: values a row of the input has.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// One row of weights.
    pub fn row(&self, output: usize) -> &[f32] {
        &self.weights[output * self.inputs..(output + 1) * self.inputs]
    }

    /// `y[i] = finish(x[i] · Wᵀ + bias)`; row `i` starts at `x[i * stride]`, `y` is `[rows][outputs]`.
    ///
    /// # Panics
    ///
    /// When a length does not match.
    pub fn multiply(&self, cpu: Cpu, x: &[f32], stride: usize, rows: usize, finish: Finish, y: &mut [f32]) {
        assert!(y.len() == rows * self.outputs, "{} values for {rows}x{}", y.len(), self.outputs);
        if rows == 0 {
            return;
        }
        assert!(x.len() >= (rows - 1) * stride + self.inputs, "{} values, rows every {stride}", x.len());
        let (width, depth) = (self.outputs.cast_signed(), self.inputs.cast_signed());
        // SAFETY: `x` holds `rows` rows of `inputs` every `stride`, `y` `rows` rows of `outputs`, `weights`
        // `outputs` rows of `inputs`, as asserted here and in `new`; strides are in elements, columns first.
        unsafe {
            gemm(
                rows,
                self.outputs,
                self.inputs,
                y.as_mut_ptr(),
                1,
                width,
                finish == Finish::Add,
                x.as_ptr(),
                1,
                stride.cast_signed(),
                self.weights.as_ptr(),
                depth,
                1,
                1.0,
                1.0,
                false,
                false,
                false,
                Parallelism::None,
            );
        }
        if let Some(bias) = &self.bias {
            y.chunks_exact_mut(self.outputs).for_each(|row| add(cpu, row, bias));
        }
        if finish == Finish::Gelu {
            gelu(cpu, y);
        }
    }
}
