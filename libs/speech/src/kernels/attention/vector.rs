//! Attention in 32-bit floats.

use super::super::cpu::Cpu;
use super::super::panels::{Panels, Rows, product};
use super::super::vector::exp_row;
use super::Head;

/// Queries at a time: their scores stay in the second-level cache.
const QUERIES: usize = 96;

#[derive(Default)]
pub(super) struct Scratch {
    keys: Panels,
    values: Panels,
    scores: Vec<f32>,
    mixed: Vec<f32>,
}

pub(super) fn attention(cpu: Cpu, head: Head<'_>, scratch: &mut Scratch, out: &mut [f32]) {
    let Scratch { keys, values, scores, mixed } = scratch;
    keys.reserve(cpu, head.width, head.rows);
    values.reserve(cpu, head.rows, head.width);
    for row in 0..head.rows {
        keys.set_column(row, head.key(row));
        values.set_row(row, head.value(row));
    }
    let (columns, width) = (keys.padded_columns(), values.padded_columns());
    scores.resize(QUERIES * columns, 0.0);
    mixed.resize(QUERIES * width, 0.0);
    for first in (0..head.rows).step_by(QUERIES) {
        let count = QUERIES.min(head.rows - first);
        let queries = &head.values[first * head.stride + head.starts[0]..];
        product(cpu, Rows { values: queries, stride: head.stride, count }, keys, scores);
        let mut sums = [0.0; QUERIES];
        for (row, sum) in scores.chunks_exact_mut(columns).zip(&mut sums).take(count) {
            *sum = exp_row(cpu, &mut row[..head.rows]);
        }
        product(cpu, Rows { values: scores, stride: columns, count }, values, mixed);
        let out = out[first * head.width..].chunks_exact_mut(head.width);
        for ((out, mixed), sum) in out.zip(mixed.chunks_exact(width)).zip(&sums).take(count) {
            out.iter_mut().zip(mixed).for_each(|(out, mixed)| *out = mixed / sum);
        }
    }
}
