//! Writes: from what was heard and written so far to scores of the next token, for several clips at once.

use std::sync::Arc;

use crate::error::ModelError;
use crate::kernels::KvCache;
use crate::layers::{Compute, LayerNorm, LayerShape, Precision, Weights};

use super::config::{Config, DecoderConfig};
use super::decoder_layer::{DecoderLayer, Places};
use super::embedding::Embedding;
use super::encoder::Heard;

const EPSILON: f32 = 1e-5;

/// Token and position embeddings, a stack of layers, and the same embeddings again as the last layer.
pub struct Decoder {
    embedding: Embedding,
    positions: Vec<f32>,
    layers: Vec<DecoderLayer>,
    norm: LayerNorm,
    width: usize,
    max_positions: usize,
}

/// Keys and values of a clip for every layer; shared by all attempts at writing it down.
pub struct CrossCache(Vec<KvCache>);

/// A clip and what was written of it.
pub struct Sequence {
    own: Vec<KvCache>,
    cross: Arc<CrossCache>,
}

/// The next tokens of one sequence.
pub struct Step<'a> {
    /// Grows by the tokens.
    pub sequence: &'a mut Sequence,
    /// At least one.
    pub tokens: &'a [u32],
}

impl Sequence {
    /// Tokens written so far.
    pub fn len(&self) -> usize {
        self.own.first().map_or(0, KvCache::len)
    }

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Decoder {
    /// Loads the tensors below `model.decoder.`.
    pub fn load(weights: &Weights, config: &Config, precision: Precision) -> Result<Self, ModelError> {
        let missing = || ModelError::config("config.json", "it describes no decoder");
        let sizes = config.decoder.as_ref().ok_or_else(missing)?;
        let width = config.d_model;
        let DecoderConfig { vocab_size, max_target_positions, decoder_ffn_dim, .. } = *sizes;
        let shape = LayerShape { width, heads: sizes.decoder_attention_heads, inner: decoder_ffn_dim };
        let layer = |i| DecoderLayer::load(weights, &format!("model.decoder.layers.{i}"), precision, shape);
        let embedding = weights.get("model.decoder.embed_tokens.weight", &[vocab_size, width])?;
        Ok(Self {
            embedding: Embedding::new(precision, embedding, vocab_size, width),
            positions: weights.get("model.decoder.embed_positions.weight", &[max_target_positions, width])?,
            layers: (0..sizes.decoder_layers).map(layer).collect::<Result<_, _>>()?,
            norm: LayerNorm::load(weights, "model.decoder.layer_norm", width, EPSILON)?,
            width,
            max_positions: max_target_positions,
        })
    }

    /// Tokens a sequence can hold.
    pub fn max_positions(&self) -> usize {
        self.max_positions
    }

    /// Number of tokens there are.
    pub fn vocabulary(&self) -> usize {
        self.embedding.vocabulary()
    }

    /// Prepares what was heard for all layers.
    pub fn listen(&self, compute: &Compute, heard: &Heard) -> Arc<CrossCache> {
        Arc::new(CrossCache(self.layers.iter().map(|layer| layer.cross_cache(compute, heard)).collect()))
    }

    /// An empty page for a clip.
    pub fn start(&self, cross: &Arc<CrossCache>) -> Sequence {
        let own = self.layers.iter().map(|layer| layer.own_cache(self.max_positions)).collect();
        Sequence { own, cross: Arc::clone(cross) }
    }

    /// Adds tokens to each sequence; returns the scores of what may follow the last of them,
    /// `[steps][vocabulary]`.
    ///
    /// # Panics
    ///
    /// When a sequence would exceed [`Decoder::max_positions`], a token is not in the vocabulary, or a clip is empty.
    pub fn step(&self, compute: &Compute, steps: &mut [Step<'_>]) -> Vec<f32> {
        let rows: Vec<_> = (0..).zip(steps.iter()).flat_map(|(i, step)| step.rows().map(move |at| (i, at))).collect();
        let mut x = self.embed(steps, &rows);
        compute.with_scratch(|scratch| {
            for (i, layer) in self.layers.iter().enumerate() {
                let (mut own, mut cross) = (Vec::new(), Vec::new());
                for step in steps.iter_mut() {
                    own.push(&mut step.sequence.own[i]);
                    cross.push(&step.sequence.cross.0[i]);
                }
                let mut places = Places { rows: &rows, own: &mut own, cross: &cross };
                layer.forward(compute, &mut x, &mut places, scratch);
            }
        });
        self.score(compute, &self.last_rows(steps, &x))
    }

    fn embed(&self, steps: &[Step<'_>], rows: &[(usize, usize)]) -> Vec<f32> {
        let mut x = vec![0.0; rows.len() * self.width];
        let tokens = steps.iter().flat_map(|step| step.tokens);
        for ((row, token), (_, position)) in x.chunks_exact_mut(self.width).zip(tokens).zip(rows) {
            assert!(*position < self.max_positions, "position {position} of {}", self.max_positions);
            self.embedding.look_up(*token as usize, row);
            let place = &self.positions[position * self.width..(position + 1) * self.width];
            row.iter_mut().zip(place).for_each(|(x, place)| *x += place);
        }
        x
    }

    fn last_rows(&self, steps: &[Step<'_>], x: &[f32]) -> Vec<f32> {
        let ends = steps.iter().scan(0, |end, step| {
            *end += step.tokens.len();
            Some(*end)
        });
        ends.flat_map(|end| &x[(end - 1) * self.width..end * self.width]).copied().collect()
    }

    fn score(&self, compute: &Compute, last: &[f32]) -> Vec<f32> {
        let mut normal = vec![0.0; last.len()];
        self.norm.forward(compute.cpu(), last, &mut normal);
        let rows = last.len() / self.width;
        let mut scores = vec![0.0; rows * self.vocabulary()];
        self.embedding.score(compute, &normal, rows, &mut scores);
        scores
    }
}

impl Step<'_> {
    fn rows(&self) -> std::ops::Range<usize> {
        self.sequence.len()..self.sequence.len() + self.tokens.len()
    }
}
