use proptest::prelude::*;

use super::super::{Cpu, add, gelu, layer_norm, log_sum_exp, softmax};
use super::{assert_close, cases, noise};

fn erf(x: f64) -> f64 {
    let terms = (0..200).scan(x, |term, n| {
        let value = *term / f64::from(2 * n + 1);
        *term *= -x * x / f64::from(n + 1);
        Some(value)
    });
    terms.sum::<f64>() * std::f64::consts::FRAC_2_SQRT_PI
}

proptest! {
    #![proptest_config(cases(64, 2))]

    #[test]
    fn softmax_of_any_length(len in 0usize..300, seed: u64, spread in 0.1f32..40.0) {
        let row: Vec<f32> = noise(seed, len).iter().map(|x| x * spread).collect();
        let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f64 = row.iter().map(|x| f64::from(x - top).exp()).sum();
        let want: Vec<f32> = row.iter().map(|x| (f64::from(x - top).exp() / sum) as f32).collect();
        for cpu in Cpu::all() {
            let mut got = row.clone();
            softmax(cpu, &mut got);
            assert_close("softmax", &got, &want, 1e-6);
            if len > 0 {
                assert_close("log", &[log_sum_exp(cpu, &row)], &[top + sum.ln() as f32], 1e-6);
            }
        }
    }

    #[test]
    fn gelu_is_the_one_with_erf(len in 0usize..70, seed: u64, spread in 0.1f32..6.0) {
        let row: Vec<f32> = noise(seed, len).iter().map(|x| x * spread).collect();
        let exact = |x: &f32| {
            let x = f64::from(*x);
            let erf = if x.abs() < 5.0 { erf(x * std::f64::consts::FRAC_1_SQRT_2) } else { x.signum() };
            (x * 0.5 * (1.0 + erf)) as f32
        };
        let want: Vec<f32> = row.iter().map(exact).collect();
        for cpu in Cpu::all() {
            let mut got = row.clone();
            gelu(cpu, &mut got);
            assert_close("gelu", &got, &want, 2e-6);
        }
    }

    #[test]
    fn layer_norm_and_sums_of_any_width(width in 1usize..200, rows in 1usize..4, seed: u64) {
        let x = noise(seed, width * rows);
        let (weight, bias) = (noise(seed ^ 1, width), noise(seed ^ 2, width));
        let mut want = Vec::new();
        for row in x.chunks(width) {
            let mean = row.iter().sum::<f32>() / width as f32;
            let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / width as f32;
            let one = |i: usize| (row[i] - mean) / (variance + 1e-5).sqrt() * weight[i] + bias[i];
            want.extend((0..width).map(one));
        }
        for cpu in Cpu::all() {
            let mut got = vec![0.0; x.len()];
            layer_norm(cpu, &x, &weight, &bias, 1e-5, &mut got);
            assert_close("layer norm", &got, &want, 1e-4);
            let mut sum = x.clone();
            add(cpu, &mut sum, &want);
            let plain: Vec<f32> = x.iter().zip(&want).map(|(a, b)| a + b).collect();
            prop_assert_eq!(sum, plain);
        }
    }
}
