//! A transformer layer that sees a whole text, normalised behind each half (as in BERT).

use std::ops::Range;

use speech::ModelError;
use speech::kernels::{Finish, Head, attention};
use speech::layers::{Compute, LayerNorm, Linear, Precision, Scratch, Weights, sized};

use crate::config::Config;

/// Self-attention and a feed-forward net, both added to their input.
pub(crate) struct Layer {
    projections: Linear,
    output: Linear,
    attention_norm: LayerNorm,
    up: Linear,
    down: Linear,
    net_norm: LayerNorm,
    heads: usize,
}

impl Layer {
    pub fn load(weights: &Weights, number: usize, config: &Config, precision: Precision) -> Result<Self, ModelError> {
        let (width, inner, epsilon) = (config.hidden_size, config.intermediate_size, config.layer_norm_eps);
        let scale = ((width / config.num_attention_heads) as f32).sqrt().recip();
        let part = |part: &str| format!("encoder.layer.{number}.{part}");
        let (query, key, value) =
            (part("attention.self.query"), part("attention.self.key"), part("attention.self.value"));
        let fused = [(query.as_str(), scale), (key.as_str(), 1.0), (value.as_str(), 1.0)];
        Ok(Self {
            projections: Linear::load_fused(weights, &fused, precision, width, width)?,
            output: Linear::load(weights, &part("attention.output.dense"), precision, width, width)?,
            attention_norm: LayerNorm::load(weights, &part("attention.output.LayerNorm"), width, epsilon)?,
            up: Linear::load(weights, &part("intermediate.dense"), precision, inner, width)?,
            down: Linear::load(weights, &part("output.dense"), precision, width, inner)?,
            net_norm: LayerNorm::load(weights, &part("output.LayerNorm"), width, epsilon)?,
            heads: config.num_attention_heads,
        })
    }

    /// Replaces the rows of `x` by the layer's output. Each of `texts` is a range of rows that see one another; `rows`
    /// of them are computed at a time, by one thread.
    pub fn forward(&self, compute: &Compute, texts: &[Range<usize>], rows: usize, x: &mut [f32]) {
        let width = self.output.outputs();
        compute.with_scratch(|scratch| {
            let Scratch { projected, mixed, normal, .. } = scratch;
            let projected = sized(projected, 3 * x.len());
            compute.each_chunk(projected, rows * 3 * width, |index, out, scratch| {
                let x = &x[index * rows * width..][..out.len() / 3];
                self.projections.forward(compute.cpu(), x, Finish::Store, &mut scratch.quantised, out);
            });
            let joined = sized(normal, x.len());
            for text in texts {
                let mixed = sized(mixed, text.len() * width);
                self.mix(compute, &projected[text.start * 3 * width..text.end * 3 * width], mixed);
                join(mixed, width / self.heads, &mut joined[text.start * width..text.end * width], width);
            }
            self.feed_forward(compute, joined, rows, x);
        });
    }

    /// Attention of each head in one text; `mixed` is `[head][row][width / heads]`.
    fn mix(&self, compute: &Compute, projected: &[f32], mixed: &mut [f32]) {
        let width = self.output.outputs();
        let (head_width, rows) = (width / self.heads, mixed.len() / width);
        compute.each_chunk(mixed, rows * head_width, |index, out, scratch| {
            let start = index * head_width;
            let starts = [start, width + start, 2 * width + start];
            let head = Head { values: projected, stride: 3 * width, rows, width: head_width, starts };
            attention(compute.cpu(), head, compute.exact(), &mut scratch.attention, out);
        });
    }

    /// Everything after attention, row by row.
    fn feed_forward(&self, compute: &Compute, joined: &[f32], rows: usize, x: &mut [f32]) {
        let (cpu, width) = (compute.cpu(), self.output.outputs());
        compute.each_chunk(x, rows * width, |index, x, scratch| {
            let Scratch { quantised, normal, wide, .. } = scratch;
            self.output.forward(cpu, &joined[index * rows * width..][..x.len()], Finish::Add, quantised, x);
            let normal = sized(normal, x.len());
            self.attention_norm.forward(cpu, x, normal);
            let wide = sized(wide, x.len() / width * self.up.outputs());
            self.up.forward(cpu, normal, Finish::Gelu, quantised, wide);
            self.down.forward(cpu, wide, Finish::Add, quantised, normal);
            self.net_norm.forward(cpu, normal, x);
        });
    }
}

/// From `[head][row][head_width]` to `[row][width]`.
fn join(mixed: &[f32], head_width: usize, joined: &mut [f32], width: usize) {
    let rows = joined.len() / width;
    for (head, mixed) in mixed.chunks_exact(rows * head_width).enumerate() {
        let parts = joined.chunks_exact_mut(width).map(|row| &mut row[head * head_width..(head + 1) * head_width]);
        parts.zip(mixed.chunks_exact(head_width)).for_each(|(out, mixed)| out.copy_from_slice(mixed));
    }
}
