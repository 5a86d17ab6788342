//! A transformer layer that sees the whole utterance, normalised before each half (as in Whisper).

use super::compute::{Compute, sized};
use super::{LayerNorm, Linear, Precision, Weights};
use crate::error::ModelError;
use crate::kernels::{Finish, Head, attention};

/// Rows that a thread takes through all linear layers at a time, so that they stay in the second-level cache.
const ROWS: usize = 128;
const EPSILON: f32 = 1e-5;

/// Self-attention and a feed-forward net, both added to their input.
pub struct EncoderLayer {
    attention_norm: LayerNorm,
    projections: Linear,
    output: Linear,
    net_norm: LayerNorm,
    up: Linear,
    down: Linear,
    heads: usize,
}

/// Sizes of a layer.
#[derive(Clone, Copy, Debug)]
pub struct LayerShape {
    /// Values per position.
    pub width: usize,
    /// Attention heads; they divide the width.
    pub heads: usize,
    /// Values per position inside the feed-forward net.
    pub inner: usize,
}

impl EncoderLayer {
    /// Loads the tensors below `name`, as Hugging Face calls them.
    pub fn load(weights: &Weights, name: &str, precision: Precision, shape: LayerShape) -> Result<Self, ModelError> {
        let LayerShape { width, heads, inner } = shape;
        let scale = ((width / heads) as f32).sqrt().recip();
        let part = |part: &str| format!("{name}.{part}");
        let (query, key, value) = (part("self_attn.q_proj"), part("self_attn.k_proj"), part("self_attn.v_proj"));
        let fused = [(query.as_str(), scale), (key.as_str(), 1.0), (value.as_str(), 1.0)];
        Ok(Self {
            attention_norm: LayerNorm::load(weights, &part("self_attn_layer_norm"), width, EPSILON)?,
            projections: Linear::load_fused(weights, &fused, precision, width, width)?,
            output: Linear::load(weights, &part("self_attn.out_proj"), precision, width, width)?,
            net_norm: LayerNorm::load(weights, &part("final_layer_norm"), width, EPSILON)?,
            up: Linear::load(weights, &part("fc1"), precision, inner, width)?,
            down: Linear::load(weights, &part("fc2"), precision, width, inner)?,
            heads,
        })
    }

    /// Replaces the rows of `x` by the layer's output.
    pub fn forward(&self, compute: &Compute, x: &mut [f32]) {
        let width = self.output.outputs();
        let rows = x.len() / width;
        compute.with_scratch(|scratch| {
            let projected = sized(&mut scratch.projected, rows * 3 * width);
            self.project(compute, x, projected);
            let mixed = sized(&mut scratch.mixed, rows * width);
            self.mix(compute, projected, rows, mixed);
            self.feed_forward(compute, mixed, rows, x);
        });
    }

    /// Queries, keys and values of all rows.
    fn project(&self, compute: &Compute, x: &[f32], projected: &mut [f32]) {
        let width = self.output.outputs();
        compute.each_chunk(projected, ROWS * 3 * width, |index, out, scratch| {
            let len = out.len() / 3;
            let normal = sized(&mut scratch.normal, len);
            self.attention_norm.forward(compute.cpu(), &x[index * ROWS * width..][..len], normal);
            self.projections.forward(compute.cpu(), normal, Finish::Store, &mut scratch.quantised, out);
        });
    }

    /// Attention of each head; `mixed` is `[head][row][width / heads]`.
    fn mix(&self, compute: &Compute, projected: &[f32], rows: usize, mixed: &mut [f32]) {
        let width = self.output.outputs();
        let head_width = width / self.heads;
        compute.each_chunk(mixed, rows * head_width, |index, out, scratch| {
            let start = index * head_width;
            let starts = [start, width + start, 2 * width + start];
            let head = Head { values: projected, stride: 3 * width, rows, width: head_width, starts };
            attention(compute.cpu(), head, compute.exact(), &mut scratch.attention, out);
        });
    }

    /// Everything after attention, row by row.
    fn feed_forward(&self, compute: &Compute, mixed: &[f32], rows: usize, x: &mut [f32]) {
        let width = self.output.outputs();
        let head_width = width / self.heads;
        compute.each_chunk(x, ROWS * width, |index, x, scratch| {
            let normal = sized(&mut scratch.normal, x.len());
            for (row, joined) in normal.chunks_exact_mut(width).enumerate() {
                for (head, part) in joined.chunks_exact_mut(head_width).enumerate() {
                    let start = (head * rows + index * ROWS + row) * head_width;
                    part.copy_from_slice(&mixed[start..start + head_width]);
                }
            }
            self.output.forward(compute.cpu(), normal, Finish::Add, &mut scratch.quantised, x);
            self.net_norm.forward(compute.cpu(), x, normal);
            let wide = sized(&mut scratch.wide, x.len() / width * self.up.outputs());
            self.up.forward(compute.cpu(), normal, Finish::Gelu, &mut scratch.quantised, wide);
            self.down.forward(compute.cpu(), wide, Finish::Add, &mut scratch.quantised, x);
        });
    }
}
