//! Hears: from mel frames to one vector for every 20 ms.

use crate::error::ModelError;
use crate::kernels::add;
use crate::layers::{Compute, Conv1d, EncoderLayer, LayerNorm, Precision, Weights};
use crate::mel::Mel;

use super::config::Config;

const EPSILON: f32 = 1e-5;

/// Two convolutions and a stack of transformer layers, computed for as many frames as there are.
pub struct Encoder {
    narrow: Conv1d,
    halve: Conv1d,
    positions: Vec<f32>,
    layers: Vec<EncoderLayer>,
    norm: LayerNorm,
    width: usize,
    bins: usize,
    max_positions: usize,
}

/// What the encoder made of a clip: a row of [`Heard::width`] values for every 20 ms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// All rows.
    pub values: Vec<f32>,
    /// Values per row.
    pub width: usize,
}

impl Heard {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.values.len() / self.width.max(1)
    }
}

impl Encoder {
    /// Loads the tensors below `model.encoder.`.
    pub fn load(weights: &Weights, config: &Config, precision: Precision) -> Result<Self, ModelError> {
        let (width, bins) = (config.d_model, config.num_mel_bins);
        let layer = |i| EncoderLayer::load(weights, &name(&format!("layers.{i}")), precision, config.encoder_layer());
        Ok(Self {
            narrow: Conv1d::load(weights, &name("conv1"), precision, width, bins, 1)?,
            halve: Conv1d::load(weights, &name("conv2"), precision, width, width, 2)?,
            positions: encoder_positions(weights, config)?,
            layers: (0..config.encoder_layers).map(layer).collect::<Result<_, _>>()?,
            norm: LayerNorm::load(weights, &name("layer_norm"), width, EPSILON)?,
            width,
            bins,
            max_positions: config.max_source_positions,
        })
    }

    /// The most mel frames that [`Encoder::forward`] takes.
    pub fn max_frames(&self) -> usize {
        2 * self.max_positions
    }

    /// Encodes a clip; frames beyond [`Encoder::max_frames`] are not heard.
    ///
    /// # Panics
    ///
    /// When `mel` has another number of bands than the checkpoint.
    pub fn forward(&self, compute: &Compute, mel: &Mel) -> Heard {
        assert!(mel.bins() == self.bins, "{} bands for a model of {}", mel.bins(), self.bins);
        let frames = mel.frames().min(self.max_frames());
        let mut framed = vec![0.0; (frames + 2) * self.bins];
        framed[self.bins..(frames + 1) * self.bins].copy_from_slice(&mel.values()[..frames * self.bins]);
        let mut narrow = vec![0.0; (frames + 2) * self.width];
        self.narrow.forward(compute, &framed, &mut narrow[self.width..(frames + 1) * self.width]);
        let mut x = vec![0.0; self.halve.output_rows(frames) * self.width];
        self.halve.forward(compute, &narrow, &mut x);
        add(compute.cpu(), &mut x, &self.positions);
        for layer in &self.layers {
            layer.forward(compute, &mut x);
        }
        let mut values = vec![0.0; x.len()];
        self.norm.forward(compute.cpu(), &x, &mut values);
        Heard { values, width: self.width }
    }
}

fn name(part: &str) -> String {
    format!("model.encoder.{part}")
}

/// The stored table, or the sinusoids it always holds when a checkpoint leaves it out.
pub(crate) fn encoder_positions(weights: &Weights, config: &Config) -> Result<Vec<f32>, ModelError> {
    let (rows, width) = (config.max_source_positions, config.d_model);
    let table = name("embed_positions.weight");
    if weights.has(&table) {
        return weights.get(&table, &[rows, width]);
    }
    let half = width / 2;
    let step = 10_000f64.ln() / (half - 1) as f64;
    let angle = |row: usize, i: usize| row as f64 * (-step * i as f64).exp();
    let row = |row: usize| {
        let sines = (0..half).map(move |i| angle(row, i).sin() as f32);
        sines.chain((0..half).map(move |i| angle(row, i).cos() as f32))
    };
    Ok((0..rows).flat_map(row).collect())
}
