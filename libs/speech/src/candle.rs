//! The same networks in candle's operations, in 32-bit floats, for devices that are no processor. The processor runs
//! them too, which is how they are tested: everything but the device's own kernels is proven without one.

mod decoder;
mod encoder;
mod layer;

pub use decoder::{DeviceCross, DeviceDecoder, DevicePage};
pub use encoder::DeviceEncoder;
pub(crate) use layer::Linear as DeviceLinear;

use candle_core::{Device, Tensor};

use crate::engine::RecogniseError;
use crate::error::ModelError;
use crate::layers::Weights;

impl From<candle_core::Error> for RecogniseError {
    fn from(error: candle_core::Error) -> Self {
        Self::Device { reason: error.to_string() }
    }
}

/// A tensor of the model, on the device.
fn tensor(weights: &Weights, name: &str, shape: &[usize], device: &Device) -> Result<Tensor, ModelError> {
    let values = weights.get(name, shape)?;
    let fail = |error: candle_core::Error| ModelError::Tensor { tensor: name.into(), reason: error.to_string() };
    Tensor::from_vec(values, shape, device).map_err(fail)
}
