//! One layer of the decoder.

use crate::error::ModelError;
use crate::kernels::{Finish, KvCache, KvPrecision, attend};
use crate::layers::{Compute, LayerNorm, LayerShape, Linear, Precision, Scratch, Weights, sized};

use super::encoder::Heard;

const EPSILON: f32 = 1e-5;
/// Rows of the encoder's output whose keys and values are computed at a time.
const ROWS: usize = 128;

/// Attention to what was written, attention to what was heard, and a feed-forward net.
pub(super) struct DecoderLayer {
    own_norm: LayerNorm,
    own: Linear,
    own_output: Linear,
    cross_norm: LayerNorm,
    cross_query: Linear,
    cross_stored: Linear,
    cross_output: Linear,
    net_norm: LayerNorm,
    up: Linear,
    down: Linear,
    shape: LayerShape,
}

/// Where the positions of one call belong: for each row the cache and how far it may look.
pub(super) struct Places<'a, 'b> {
    /// The sequence of each row and its position there.
    pub(super) rows: &'a [(usize, usize)],
    /// What was written so far, of each sequence.
    pub(super) own: &'a mut [&'b mut KvCache],
    /// What was heard, of each sequence.
    pub(super) cross: &'a [&'a KvCache],
}

impl DecoderLayer {
    pub(super) fn load(
        weights: &Weights,
        name: &str,
        precision: Precision,
        shape: LayerShape,
    ) -> Result<Self, ModelError> {
        let LayerShape { width, heads, inner } = shape;
        let scale = ((width / heads) as f32).sqrt().recip();
        let part = |part: &str| format!("{name}.{part}");
        let norm = |n: &str| LayerNorm::load(weights, &part(n), width, EPSILON);
        let fused = |names: &[(&str, f32)]| {
            let names: Vec<_> = names.iter().map(|(name, factor)| (part(name), *factor)).collect();
            let names: Vec<_> = names.iter().map(|(name, factor)| (name.as_str(), *factor)).collect();
            Linear::load_fused(weights, &names, precision, width, width)
        };
        Ok(Self {
            own_norm: norm("self_attn_layer_norm")?,
            own: fused(&[("self_attn.q_proj", scale), ("self_attn.k_proj", 1.0), ("self_attn.v_proj", 1.0)])?,
            own_output: fused(&[("self_attn.out_proj", 1.0)])?,
            cross_norm: norm("encoder_attn_layer_norm")?,
            cross_query: fused(&[("encoder_attn.q_proj", scale)])?,
            cross_stored: fused(&[("encoder_attn.k_proj", 1.0), ("encoder_attn.v_proj", 1.0)])?,
            cross_output: fused(&[("encoder_attn.out_proj", 1.0)])?,
            net_norm: norm("final_layer_norm")?,
            up: Linear::load(weights, &part("fc1"), precision, inner, width)?,
            down: Linear::load(weights, &part("fc2"), precision, width, inner)?,
            shape,
        })
    }

    /// An empty memory of what was written.
    pub(super) fn own_cache(&self, positions: usize) -> KvCache {
        KvCache::new(KvPrecision::Single, self.shape.heads, self.shape.width / self.shape.heads, positions)
    }

    /// Keys and values of what was heard.
    pub(super) fn cross_cache(&self, compute: &Compute, heard: &Heard) -> KvCache {
        let LayerShape { width, heads, .. } = self.shape;
        let precision = if compute.exact() { KvPrecision::Single } else { KvPrecision::Half };
        let mut cache = KvCache::new(precision, heads, width / heads, heard.rows());
        let mut stored = vec![0.0; heard.rows() * 2 * width];
        compute.each_chunk(&mut stored, ROWS * 2 * width, |index, out, scratch| {
            let x = &heard.values[index * ROWS * width..][..out.len() / 2];
            self.cross_stored.forward(compute.cpu(), x, Finish::Store, &mut scratch.quantised, out);
        });
        for row in stored.chunks_exact(2 * width) {
            let (key, value) = row.split_at(width);
            cache.push(key, value);
        }
        cache
    }

    /// Replaces the rows of `x` by the layer's output.
    pub(super) fn forward(&self, compute: &Compute, x: &mut [f32], places: &mut Places<'_, '_>, scratch: &mut Scratch) {
        self.look_back(compute, x, places, scratch);
        self.listen(compute, x, places, scratch);
        let normal = sized(&mut scratch.normal, x.len());
        self.net_norm.forward(compute.cpu(), x, normal);
        let wide = sized(&mut scratch.wide, places.rows.len() * self.shape.inner);
        self.up.forward(compute.cpu(), normal, Finish::Gelu, &mut scratch.quantised, wide);
        self.down.forward(compute.cpu(), wide, Finish::Add, &mut scratch.quantised, x);
    }

    fn look_back(&self, compute: &Compute, x: &mut [f32], places: &mut Places<'_, '_>, scratch: &mut Scratch) {
        let width = self.shape.width;
        let normal = sized(&mut scratch.normal, x.len());
        self.own_norm.forward(compute.cpu(), x, normal);
        let projected = sized(&mut scratch.projected, 3 * x.len());
        self.own.forward(compute.cpu(), normal, Finish::Store, &mut scratch.quantised, projected);
        for ((sequence, _), row) in places.rows.iter().zip(projected.chunks_exact(3 * width)) {
            places.own[*sequence].push(&row[width..2 * width], &row[2 * width..]);
        }
        let (own, rows) = (&*places.own, places.rows);
        compute.each_chunk(normal, width, |row, out, scratch| {
            let (sequence, position) = rows[row];
            let query = &projected[row * 3 * width..][..width];
            attend(compute.cpu(), query, own[sequence], position + 1, &mut scratch.scores, out);
        });
        self.own_output.forward(compute.cpu(), normal, Finish::Add, &mut scratch.quantised, x);
    }

    fn listen(&self, compute: &Compute, x: &mut [f32], places: &Places<'_, '_>, scratch: &mut Scratch) {
        let width = self.shape.width;
        let normal = sized(&mut scratch.normal, x.len());
        self.cross_norm.forward(compute.cpu(), x, normal);
        let query = sized(&mut scratch.projected, x.len());
        self.cross_query.forward(compute.cpu(), normal, Finish::Store, &mut scratch.quantised, query);
        compute.each_chunk(normal, width, |row, out, scratch| {
            let cross = places.cross[places.rows[row].0];
            attend(compute.cpu(), &query[row * width..][..width], cross, cross.len(), &mut scratch.scores, out);
        });
        self.cross_output.forward(compute.cpu(), normal, Finish::Add, &mut scratch.quantised, x);
    }
}
