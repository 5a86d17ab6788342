//! Safe layers over the kernels, and the weights they are made of.

mod compute;
mod conv;
mod encoder_layer;
mod folder;
mod linear;
mod norm;
mod weights;

pub use compute::{Compute, Precision, Scratch, sized};
pub use conv::Conv1d;
pub use encoder_layer::{EncoderLayer, LayerShape};
pub use folder::ModelFolder;
pub use linear::Linear;
pub use norm::LayerNorm;
pub use weights::Weights;
