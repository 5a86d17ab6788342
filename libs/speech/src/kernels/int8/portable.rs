use super::{Line, Sums};

/// `sums[r][o] = Σ x[r] · w[o]` in plain Rust; what the other paths are tested against.
pub(super) fn block(x: &[Line], weights: &[Line], rows: usize, sums: &mut Sums) {
    let groups = weights.len() / 2;
    for (row, sums) in x.chunks_exact(groups / 16).zip(&mut sums.0).take(rows) {
        for (half, sums) in weights.chunks_exact(groups).zip(sums.chunks_exact_mut(16)) {
            sums.fill(0);
            for (group, line) in half.iter().enumerate() {
                let inputs = &row[group / 16].0[group % 16 * 4..group % 16 * 4 + 4];
                for (sum, weights) in sums.iter_mut().zip(line.0.chunks_exact(4)) {
                    *sum += dot(inputs, weights);
                }
            }
        }
    }
}

fn dot(inputs: &[u8], weights: &[u8]) -> i32 {
    inputs.iter().zip(weights).map(|(x, w)| i32::from(*x) * i32::from(w.cast_signed())).sum()
}
