//! From the rows of a text to one vector.

use crate::sentence::Pooling;

/// Pools rows of `width` values and brings the result to length 1.
pub(crate) fn pool(pooling: Pooling, rows: &[f32], width: usize) -> Vec<f32> {
    let mut vector = match pooling {
        Pooling::Cls => rows[..width].to_vec(),
        Pooling::Mean => sum(rows, width),
    };
    // The mean differs from the sum in its length alone.
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    for x in &mut vector {
        *x /= length;
    }
    vector
}

fn sum(rows: &[f32], width: usize) -> Vec<f32> {
    let mut sum = vec![0.0; width];
    for row in rows.chunks_exact(width) {
        sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
    }
    sum
}
