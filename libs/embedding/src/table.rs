//! The first layer: what stands for a token at a position.

use half::f16;
use half::slice::HalfFloatSliceExt;
use speech::ModelError;
use speech::kernels::{Cpu, add};
use speech::layers::{LayerNorm, Precision, Weights};

use crate::config::Config;

/// A table with a row for every token; by far the largest part of a multilingual checkpoint.
enum Words {
    Single(Vec<f32>),
    Half(Vec<f16>),
}

/// Rows for tokens and positions, and the norm over their sum.
pub(crate) struct Table {
    words: Words,
    /// With the row of the first token type added: single texts have no other.
    positions: Vec<f32>,
    norm: LayerNorm,
    width: usize,
    padding: Option<u32>,
}

impl Table {
    pub fn load(weights: &Weights, config: &Config, precision: Precision) -> Result<Self, ModelError> {
        let width = config.hidden_size;
        let rows = |name: &str, rows: usize| weights.get(&format!("embeddings.{name}.weight"), &[rows, width]);
        let words = rows("word_embeddings", config.vocab_size)?;
        let mut positions = rows("position_embeddings", config.max_position_embeddings)?;
        let types = rows("token_type_embeddings", config.type_vocab_size)?;
        positions.chunks_exact_mut(width).for_each(|row| row.iter_mut().zip(&types).for_each(|(x, y)| *x += y));
        Ok(Self {
            words: Words::new(words, precision),
            positions,
            norm: LayerNorm::load(weights, "embeddings.LayerNorm", width, config.layer_norm_eps)?,
            width,
            padding: config.padding(),
        })
    }

    /// Writes a row for each token of a text to `out`; `sum` is a buffer of the same length.
    pub fn look_up(&self, cpu: Cpu, tokens: &[u32], sum: &mut [f32], out: &mut [f32]) {
        let width = self.width;
        let mut before = 0;
        for (row, &token) in sum.chunks_exact_mut(width).zip(tokens) {
            self.words.copy(token as usize, row);
            let position = self.position(token, &mut before);
            add(cpu, row, &self.positions[position * width..(position + 1) * width]);
        }
        self.norm.forward(cpu, sum, out);
    }

    /// `before` counts the tokens in front that have a position of their own.
    fn position(&self, token: u32, before: &mut usize) -> usize {
        let first = match self.padding {
            Some(padding) if token == padding => return padding as usize,
            Some(padding) => padding as usize + 1,
            None => 0,
        };
        *before += 1;
        first + *before - 1
    }
}

impl Words {
    fn new(rows: Vec<f32>, precision: Precision) -> Self {
        match precision {
            Precision::Exact => Self::Single(rows),
            Precision::Int8 => {
                let mut half = vec![f16::ZERO; rows.len()];
                half.convert_from_f32_slice(&rows);
                Self::Half(half)
            }
        }
    }

    fn copy(&self, token: usize, out: &mut [f32]) {
        let range = token * out.len()..(token + 1) * out.len();
        match self {
            Self::Single(rows) => out.copy_from_slice(&rows[range]),
            Self::Half(rows) => rows[range].convert_to_f32_slice(out),
        }
    }
}
