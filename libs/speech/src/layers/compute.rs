//! Where and how layers are computed.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::error::ModelError;
use crate::kernels::{AttentionScratch, Cpu, QuantRows};

/// How weights are held and multiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 32-bit floats throughout: slow, for comparison.
    Exact,
    /// 8-bit linear layers, 16-bit keys and values.
    Int8,
}

/// The instructions, the precision and the threads that a model computes with.
pub struct Compute {
    cpu: Cpu,
    precision: Precision,
    pool: Option<rayon::ThreadPool>,
    #[cfg(feature = "candle")]
    device: Option<candle_core::Device>,
    spare: Mutex<Vec<Scratch>>,
}

/// Buffers that layers use again and again; what they hold between uses means nothing.
#[derive(Default)]
pub struct Scratch {
    /// Inputs of a linear layer.
    pub quantised: QuantRows,
    /// What attention needs.
    pub attention: AttentionScratch,
    /// Rows behind a norm.
    pub normal: Vec<f32>,
    /// Rows inside a feed-forward net.
    pub wide: Vec<f32>,
    /// Weights of attention.
    pub scores: Vec<f32>,
    /// Queries, keys and values.
    pub projected: Vec<f32>,
    /// Rows behind attention.
    pub mixed: Vec<f32>,
}

impl Compute {
    /// On `threads` threads; one means the caller's own.
    pub fn new(cpu: Cpu, precision: Precision, threads: usize) -> Result<Self, ModelError> {
        let build = || rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = (threads > 1).then(build).transpose().map_err(|error| ModelError::Threads(error.to_string()))?;
        Ok(Self {
            cpu,
            precision,
            pool,
            #[cfg(feature = "candle")]
            device: None,
            spare: Mutex::default(),
        })
    }

    /// The networks on a device of candle's, in 32-bit floats; everything around them stays on the processor.
    #[cfg(feature = "candle")]
    pub fn on(mut self, device: candle_core::Device) -> Self {
        self.device = Some(device);
        self
    }

    /// The networks on a graphics processor, the first being 0.
    #[cfg(feature = "cuda")]
    pub fn cuda(ordinal: usize) -> Result<Self, ModelError> {
        let device = candle_core::Device::new_cuda(ordinal);
        let device = device.map_err(|error| ModelError::Device { reason: error.to_string() })?;
        Ok(Self::new(Cpu::detect(), Precision::Exact, 1)?.on(device))
    }

    /// The device, unless it is the processor.
    #[cfg(feature = "candle")]
    pub fn device(&self) -> Option<&candle_core::Device> {
        self.device.as_ref()
    }

    /// The instructions.
    pub fn cpu(&self) -> Cpu {
        self.cpu
    }

    /// The precision.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Whether results must be those of 32-bit floats.
    pub fn exact(&self) -> bool {
        self.precision == Precision::Exact
    }

    /// The number of threads.
    pub fn threads(&self) -> usize {
        self.pool.as_ref().map_or(1, rayon::ThreadPool::current_num_threads)
    }

    /// Runs `work` with buffers of its own, which go back to the others afterwards.
    pub fn with_scratch<T>(&self, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let mut scratch = self.spare().pop().unwrap_or_default();
        let result = work(&mut scratch);
        self.spare().push(scratch);
        result
    }

    /// Calls `work` with the number and the contents of each `chunk` values of `out`, on all threads.
    pub fn each_chunk(&self, out: &mut [f32], chunk: usize, work: impl Fn(usize, &mut [f32], &mut Scratch) + Sync) {
        let one = |(index, part): (usize, &mut [f32])| self.with_scratch(|scratch| work(index, part, scratch));
        match &self.pool {
            Some(pool) if out.len() > chunk => pool.install(|| out.par_chunks_mut(chunk).enumerate().for_each(one)),
            _ => out.chunks_mut(chunk).enumerate().for_each(one),
        }
    }

    /// What `work` makes of each item, in order, on all threads.
    pub fn map<T: Sync, R: Send>(&self, items: &[T], work: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
        match &self.pool {
            Some(pool) if items.len() > 1 => pool.install(|| items.par_iter().map(work).collect()),
            _ => items.iter().map(work).collect(),
        }
    }

    fn spare(&self) -> std::sync::MutexGuard<'_, Vec<Scratch>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A buffer's first `len` values, whatever they hold.
pub fn sized(buffer: &mut Vec<f32>, len: usize) -> &mut [f32] {
    if buffer.len() < len {
        buffer.resize(len, 0.0);
    }
    &mut buffer[..len]
}
