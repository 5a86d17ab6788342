//! Attention on matrix tiles: both products take bf16 and add up in 32-bit floats.

mod kernels;

use super::super::cpu::Cpu;
use super::super::int8::Tiles;
use super::Head;

/// Queries at a time: their scores stay in the second-level cache.
const QUERIES: usize = 64;
/// Rows and columns come in two tiles of 16, depths in one of 32.
const UNIT: usize = 32;

/// 32 values of bf16, as bits, on a cache line of their own.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([u16; UNIT]);

#[derive(Default)]
pub(super) struct Scratch {
    queries: Vec<Line>,
    keys: Vec<Line>,
    values: Vec<Line>,
    weights: Vec<Line>,
    scores: Vec<f32>,
    mixed: Vec<f32>,
}

impl Scratch {
    fn reserve(&mut self, rows: usize, width: usize) {
        let line = Line([0; UNIT]);
        for buffer in [&mut self.queries, &mut self.keys, &mut self.values] {
            buffer.clear();
            buffer.resize(rows * width / UNIT, line);
        }
        self.weights.resize(QUERIES * rows / UNIT, line);
        self.scores.resize(QUERIES * rows, 0.0);
        self.mixed.resize(QUERIES * width, 0.0);
    }
}

pub(super) fn attention(cpu: Cpu, head: Head<'_>, scratch: &mut Scratch, out: &mut [f32]) {
    let (rows, width) = (head.rows.next_multiple_of(UNIT), head.width.next_multiple_of(UNIT));
    scratch.reserve(rows, width);
    for row in 0..head.rows {
        kernels::pack_row(cpu, head.query(row), &mut scratch.queries[row * width / UNIT..]);
        kernels::pack_column(cpu, head.key(row), row, width, &mut scratch.keys);
    }
    for pair in 0..head.rows.div_ceil(2) {
        let second = if 2 * pair + 1 < head.rows { head.value(2 * pair + 1) } else { &[] };
        kernels::pack_pair(cpu, head.value(2 * pair), second, pair, rows, &mut scratch.values);
    }
    // SAFETY: this path is taken with the proof of tiles alone, and nothing here configures them twice.
    let tiles = unsafe { Tiles::configure() };
    for first in (0..head.rows).step_by(QUERIES) {
        let count = QUERIES.min(head.rows - first);
        let tiled = count.next_multiple_of(UNIT);
        let queries = &scratch.queries[first * width / UNIT..(first + tiled) * width / UNIT];
        kernels::product(&tiles, queries, &scratch.keys, [tiled, width, rows], &mut scratch.scores);
        let mut sums = [0.0; QUERIES];
        let weights = scratch.weights.chunks_exact_mut(rows / UNIT);
        for ((scores, weights), sum) in scratch.scores.chunks_exact(rows).zip(weights).zip(&mut sums).take(count) {
            *sum = kernels::exp_row(cpu, &scores[..head.rows], weights);
        }
        let weights = &scratch.weights[..tiled * rows / UNIT];
        kernels::product(&tiles, weights, &scratch.values, [tiled, rows, width], &mut scratch.mixed);
        let out = out[first * head.width..].chunks_exact_mut(head.width);
        for ((out, mixed), sum) in out.zip(scratch.mixed.chunks_exact(width)).zip(&sums).take(count) {
            out.iter_mut().zip(mixed).for_each(|(out, mixed)| *out = mixed / sum);
        }
    }
}
