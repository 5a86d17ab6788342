//! Logistic regression with a ridge, by Newton's method: how the method's weights are fitted.

/// The logistic function.
pub fn logistic(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// Weights of `N` features, the first of which is constantly 1, that explain the outcomes best. `ridge` draws all but the first
/// towards 0.
pub fn fitted<const N: usize>(cases: &[([f64; N], bool)], ridge: f64) -> [f64; N] {
    let mut weights = [0.0; N];
    for _ in 0..50 {
        let (gradient, hessian) = derivatives(cases, &weights, ridge);
        let Some(step) = solved(hessian, gradient) else { break };
        (0..N).for_each(|n| weights[n] += step[n]);
        if step.iter().all(|s| s.abs() < 1e-10) {
            break;
        }
    }
    weights
}

fn derivatives<const N: usize>(
    cases: &[([f64; N], bool)],
    weights: &[f64; N],
    ridge: f64,
) -> ([f64; N], [[f64; N]; N]) {
    let (mut gradient, mut hessian) = ([0.0; N], [[0.0; N]; N]);
    for (features, yes) in cases {
        let p = logistic(features.iter().zip(weights).map(|(x, w)| x * w).sum());
        for i in 0..N {
            gradient[i] += features[i] * (f64::from(u8::from(*yes)) - p);
            for j in 0..N {
                hessian[i][j] += p * (1.0 - p) * features[i] * features[j];
            }
        }
    }
    for n in 1..N {
        gradient[n] -= ridge * weights[n];
        hessian[n][n] += ridge;
    }
    (gradient, hessian)
}

/// Gaussian elimination with row exchange; absent when the matrix is singular.
fn solved<const N: usize>(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> Option<[f64; N]> {
    for column in 0..N {
        let pivot = (column..N).max_by(|a, b| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs()))?;
        if matrix[pivot][column].abs() < 1e-12 {
            return None;
        }
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..N {
            let factor = matrix[row][column] / matrix[column][column];
            let above = matrix[column];
            matrix[row].iter_mut().zip(above).for_each(|(one, above)| *one -= factor * above);
            right[row] -= factor * right[column];
        }
    }
    let mut solution = [0.0; N];
    for row in (0..N).rev() {
        let known: f64 = (row + 1..N).map(|n| matrix[row][n] * solution[n]).sum();
        solution[row] = (right[row] - known) / matrix[row][row];
    }
    Some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_each_group_is_found() {
        let group = |x: f64, yes: usize, no: usize| {
            (0..yes).map(move |_| ([1.0, x], true)).chain((0..no).map(move |_| ([1.0, x], false)))
        };
        let cases: Vec<_> = group(0.0, 20, 80).chain(group(1.0, 70, 30)).collect();
        let [a, b] = fitted(&cases, 0.0);
        assert!((logistic(a) - 0.2).abs() < 1e-6 && (logistic(a + b) - 0.7).abs() < 1e-6);
    }

    #[test]
    fn a_ridge_keeps_separable_cases_finite() {
        let weights = fitted(&[([1.0, 0.0], false), ([1.0, 1.0], true)], 1.0);
        assert!(weights.iter().all(|w| w.is_finite()) && weights[1] > 0.0);
    }
}
