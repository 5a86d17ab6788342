//! Tensors by name, out of safetensors files.

use std::collections::{BTreeMap, BTreeSet};

use candle_core::safetensors::BufferedSafetensors;
use candle_core::{DType, Device};
use serde::Deserialize;

use super::folder::ModelFolder;
use crate::error::ModelError;

const SINGLE: &str = "model.safetensors";
const INDEX: &str = "model.safetensors.index.json";

/// The weights of a model, whether in one file or in several with an index.
pub struct Weights {
    shards: Vec<BufferedSafetensors>,
    shard_of: BTreeMap<String, usize>,
    prefix: String,
}

#[derive(Deserialize)]
struct Index {
    weight_map: BTreeMap<String, String>,
}

impl Weights {
    /// Reads `model.safetensors`, or the files that `model.safetensors.index.json` names.
    pub fn open(folder: &ModelFolder) -> Result<Self, ModelError> {
        if folder.has(SINGLE) || !folder.has(INDEX) {
            return Self::of_files(folder, &BTreeSet::from([SINGLE.to_owned()]));
        }
        let index: Index = folder.json(INDEX)?;
        Self::of_files(folder, &index.weight_map.into_values().collect())
    }

    fn of_files(folder: &ModelFolder, files: &BTreeSet<String>) -> Result<Self, ModelError> {
        let mut weights = Self { shards: Vec::new(), shard_of: BTreeMap::new(), prefix: String::new() };
        for (shard, file) in files.iter().enumerate() {
            let tensors = open(file, folder.read(file)?)?;
            weights.shard_of.extend(tensors.tensors().into_iter().map(|(name, _)| (name, shard)));
            weights.shards.push(tensors);
        }
        Ok(weights)
    }

    /// Puts `prefix` before every name from now on.
    pub fn under(mut self, prefix: &str) -> Self {
        prefix.clone_into(&mut self.prefix);
        self
    }

    /// Whether there is a tensor of that name.
    pub fn has(&self, name: &str) -> bool {
        self.shard_of.contains_key(&self.full(name))
    }

    /// A tensor of exactly this shape, as 32-bit floats, row-major.
    pub fn get(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let tensor = self.full(name);
        let Some(shard) = self.shard_of.get(&tensor) else { return Err(ModelError::MissingTensor { tensor }) };
        let fail = |error: candle_core::Error| ModelError::Tensor { tensor: tensor.clone(), reason: error.to_string() };
        let stored = self.shards[*shard].load(&tensor, &Device::Cpu).map_err(fail)?;
        if stored.dims() != shape {
            let found = stored.dims().to_vec();
            return Err(ModelError::Shape { tensor, expected: shape.to_vec(), found });
        }
        if !matches!(stored.dtype(), DType::F32 | DType::F16 | DType::BF16) {
            let reason = format!("stored as {:?}; f32, f16 and bf16 are known", stored.dtype());
            return Err(ModelError::Tensor { tensor, reason });
        }
        let flat = stored.to_dtype(DType::F32).and_then(|t| t.flatten_all());
        let values: Vec<f32> = flat.and_then(|t| t.to_vec1()).map_err(fail)?;
        if values.iter().any(|x| !x.is_finite()) {
            return Err(ModelError::Tensor { tensor, reason: "it has values that are not finite".into() });
        }
        Ok(values)
    }

    /// The shape of a tensor.
    pub fn shape(&self, name: &str) -> Result<Vec<usize>, ModelError> {
        let tensor = self.full(name);
        let shard = self.shard_of.get(&tensor).and_then(|shard| self.shards[*shard].get(&tensor).ok());
        shard.map(|view| view.shape().to_vec()).ok_or(ModelError::MissingTensor { tensor })
    }

    fn full(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }
}

fn open(file: &str, bytes: Vec<u8>) -> Result<BufferedSafetensors, ModelError> {
    if let Some(error) = truncated(file, &bytes) {
        return Err(error);
    }
    let reason =
        |error: candle_core::Error| ModelError::NotSafetensors { file: file.into(), reason: error.to_string() };
    BufferedSafetensors::new(bytes).map_err(reason)
}

#[derive(Deserialize)]
struct Span {
    data_offsets: (u64, u64),
}

/// The first tensor whose data the file does not hold, if its header can be read at all.
fn truncated(file: &str, bytes: &[u8]) -> Option<ModelError> {
    let header_length = u64::from_le_bytes(bytes.first_chunk().copied()?);
    let start = header_length.checked_add(8)?;
    let header = bytes.get(8..usize::try_from(start).ok()?)?;
    let header: BTreeMap<String, serde_json::Value> = serde_json::from_slice(header).ok()?;
    let end = |value: serde_json::Value| Some(serde_json::from_value::<Span>(value).ok()?.data_offsets.1);
    let ends = header.into_iter().filter_map(|(name, value)| Some((end(value)?.checked_add(start)?, name)));
    let length = bytes.len() as u64;
    let (needed, tensor) = ends.filter(|(end, _)| *end > length).min()?;
    Some(ModelError::Truncated { file: file.into(), tensor, needed, length })
}
