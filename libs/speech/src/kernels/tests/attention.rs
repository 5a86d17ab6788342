use proptest::prelude::*;

use super::super::{AttentionScratch, Cpu, Head, KvCache, KvPrecision, attend, attention};
use super::{assert_close, cases, noise};

/// softmax(q·Kᵀ)·V in 64 bits; `at(part, row)` gives a head's query, key or value.
fn reference<'a>(rows: usize, keys: usize, width: usize, at: impl Fn(usize, usize) -> &'a [f32]) -> Vec<f32> {
    let mut out = Vec::new();
    for row in 0..rows {
        let score = |key: usize| at(0, row).iter().zip(at(1, key)).map(|(q, k)| f64::from(q * k)).sum::<f64>();
        let weights: Vec<f64> = (0..keys).map(|key| score(key).exp()).collect();
        let total: f64 = weights.iter().sum();
        let mixed = |i: usize| (0..keys).map(|key| weights[key] * f64::from(at(2, key)[i])).sum::<f64>() / total;
        out.extend((0..width).map(|i| mixed(i) as f32));
    }
    out
}

proptest! {
    #![proptest_config(cases(24, 1))]

    #[test]
    fn heads_of_any_size(rows in 1usize..150, width in 1usize..70, heads in 1usize..3, seed: u64) {
        let stride = 3 * heads * width;
        let values = noise(seed, rows * stride);
        let last = heads - 1;
        let starts = [last * width, (heads + last) * width, (2 * heads + last) * width];
        let head = Head { values: &values, stride, rows, width, starts };
        let want = reference(rows, rows, width, |part, row| &values[row * stride + starts[part]..][..width]);
        let mut scratch = AttentionScratch::default();
        for cpu in Cpu::all() {
            for exact in [true, false] {
                let mut got = vec![0.0; rows * width];
                attention(cpu, head, exact, &mut scratch, &mut got);
                assert_close(&cpu.path().to_string(), &got, &want, if exact { 1e-4 } else { 0.02 });
            }
        }
    }

    #[test]
    fn stored_keys_of_any_size(length in 1usize..90, more in 0usize..20, width in 1usize..70, seed: u64) {
        let heads = 2;
        let all = noise(seed, (2 * (length + more) + 1) * heads * width);
        let row = |i: usize| &all[i * heads * width..(i + 1) * heads * width];
        for precision in [KvPrecision::Single, KvPrecision::Half] {
            let mut cache = KvCache::new(precision, heads, width, length + more);
            for i in 0..length + more {
                cache.push(row(2 * i + 1), row(2 * i + 2));
            }
            for cpu in Cpu::all() {
                let mut got = vec![0.0; heads * width];
                attend(cpu, row(0), &cache, length, &mut Vec::new(), &mut got);
                for head in 0..heads {
                    let part = |part: usize, i: usize| {
                        let at = if part == 0 { 0 } else { 2 * i + part };
                        &row(at)[head * width..(head + 1) * width]
                    };
                    let want = reference(1, length, width, part);
                    let tolerance = if precision == KvPrecision::Single { 1e-5 } else { 3e-3 };
                    assert_close(&cpu.path().to_string(), &got[head * width..(head + 1) * width], &want, tolerance);
                }
            }
        }
    }
}
