//! Self-attention over a whole utterance, one head at a time.

#[cfg(target_arch = "x86_64")]
mod tiles;
mod vector;

use super::cpu::{Cpu, Path};

/// Where one head finds its queries, keys and values: in each of `rows` rows of a fused projection.
#[derive(Clone, Copy)]
pub struct Head<'a> {
    /// Rows of queries, keys and values of all heads; the queries are scaled already.
    pub values: &'a [f32],
    /// Values from one row to the next.
    pub stride: usize,
    /// Number of rows.
    pub rows: usize,
    /// Values that this head has of each.
    pub width: usize,
    /// Where in a row the queries, keys and values of this head start.
    pub starts: [usize; 3],
}

impl<'a> Head<'a> {
    fn part(&self, which: usize, row: usize) -> &'a [f32] {
        let start = row * self.stride + self.starts[which];
        &self.values[start..start + self.width]
    }

    fn query(&self, row: usize) -> &'a [f32] {
        self.part(0, row)
    }

    fn key(&self, row: usize) -> &'a [f32] {
        self.part(1, row)
    }

    fn value(&self, row: usize) -> &'a [f32] {
        self.part(2, row)
    }
}

/// Buffers that [`attention`] uses again from head to head.
#[derive(Default)]
pub struct AttentionScratch {
    vector: vector::Scratch,
    #[cfg(target_arch = "x86_64")]
    tiles: tiles::Scratch,
}

/// `out = softmax(Q · Kᵀ) · V` of one head, `[rows][width]`. On matrix tiles both products are in bf16 unless `exact`.
///
/// # Panics
///
/// When a length does not match.
pub fn attention(cpu: Cpu, head: Head<'_>, exact: bool, scratch: &mut AttentionScratch, out: &mut [f32]) {
    assert!(out.len() == head.rows * head.width, "{} values for {}x{}", out.len(), head.rows, head.width);
    match cpu.path() {
        #[cfg(target_arch = "x86_64")]
        Path::Amx if !exact => tiles::attention(cpu, head, &mut scratch.tiles, out),
        _ => vector::attention(cpu, head, &mut scratch.vector, out),
    }
}
