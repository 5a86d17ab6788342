//! Token embeddings: the first layer of the decoder and, transposed, its last.

use half::f16;
use half::slice::HalfFloatSliceExt;

use crate::kernels::{DenseMatrix, Finish, QuantMatrix};
use crate::layers::{Compute, Precision, sized};

/// Tokens whose scores a thread computes at a time; a multiple of 32.
const PART: usize = 4096;

/// Token embeddings, for looking up and for scoring.
pub(super) enum Embedding {
    Exact(DenseMatrix),
    Int8 { rows: Vec<f16>, scores: QuantMatrix },
}

impl Embedding {
    pub(super) fn new(precision: Precision, weights: Vec<f32>, vocabulary: usize, width: usize) -> Self {
        match precision {
            Precision::Exact => Self::Exact(DenseMatrix::new(&weights, None, vocabulary, width)),
            Precision::Int8 => {
                let scores = QuantMatrix::quantise(&weights, None, vocabulary, width);
                let mut rows = vec![f16::ZERO; weights.len()];
                rows.convert_from_f32_slice(&weights);
                Self::Int8 { rows, scores }
            }
        }
    }

    /// The embedding of a token.
    pub(super) fn look_up(&self, token: usize, out: &mut [f32]) {
        match self {
            Self::Exact(matrix) => matrix.row(token, out),
            Self::Int8 { rows, .. } => rows[token * out.len()..(token + 1) * out.len()].convert_to_f32_slice(out),
        }
    }

    /// Number of tokens there are.
    pub(super) fn vocabulary(&self) -> usize {
        match self {
            Self::Exact(matrix) => matrix.outputs(),
            Self::Int8 { scores, .. } => scores.outputs(),
        }
    }

    /// Scores of all tokens for each row of `x`.
    pub(super) fn score(&self, compute: &Compute, x: &[f32], rows: usize, out: &mut [f32]) {
        match self {
            Self::Exact(matrix) => matrix.multiply(compute.cpu(), x, matrix.inputs(), rows, Finish::Store, out),
            Self::Int8 { scores, .. } => score_int8(compute, scores, x, rows, out),
        }
    }
}

/// All threads take parts of the vocabulary; with several rows the parts are put together afterwards.
fn score_int8(compute: &Compute, matrix: &QuantMatrix, x: &[f32], rows: usize, scores: &mut [f32]) {
    let vocabulary = matrix.outputs();
    compute.with_scratch(|scratch| {
        scratch.quantised.fill(compute.cpu(), x, matrix.inputs(), rows, matrix.inputs());
        let quantised = &scratch.quantised;
        let part = |index: usize| index * PART..((index + 1) * PART).min(vocabulary);
        if rows == 1 || compute.threads() == 1 {
            let chunk = if compute.threads() == 1 { scores.len() } else { PART };
            return compute.each_chunk(scores, chunk, |index, out, _| {
                let range = if chunk == PART { part(index) } else { 0..vocabulary };
                matrix.multiply_part(compute.cpu(), quantised, range, Finish::Store, out);
            });
        }
        let parts = sized(&mut scratch.wide, scores.len());
        compute.each_chunk(parts, PART * rows, |index, out, _| {
            matrix.multiply_part(compute.cpu(), quantised, part(index), Finish::Store, out);
        });
        for (index, values) in parts.chunks(PART * rows).enumerate() {
            let range = part(index);
            for (row, values) in values.chunks_exact(range.len()).enumerate() {
                scores[row * vocabulary..][range.clone()].copy_from_slice(values);
            }
        }
    });
}
