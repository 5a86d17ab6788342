use proptest::prelude::*;

use super::super::{Cpu, DenseMatrix, Finish, Path, QuantMatrix, QuantRows};
use super::{assert_close, cases, fast_paths, noise, portable};

fn quantise(cpu: Cpu, matrix: &QuantMatrix, x: &[f32], rows: usize) -> QuantRows {
    let mut quantised = QuantRows::default();
    quantised.fill(cpu, x, matrix.inputs(), rows, matrix.inputs());
    quantised
}

fn multiply(cpu: Cpu, matrix: &QuantMatrix, x: &QuantRows, finish: Finish) -> Vec<f32> {
    let mut y = vec![0.25; x.rows() * matrix.outputs()];
    matrix.multiply(cpu, x, finish, &mut y);
    y
}

fn run(cpu: Cpu, matrix: &QuantMatrix, x: &[f32], rows: usize, finish: Finish) -> Vec<f32> {
    multiply(cpu, matrix, &quantise(cpu, matrix, x, rows), finish)
}

proptest! {
    #![proptest_config(cases(96, 2))]

    #[test]
    fn every_path_computes_what_the_portable_one_does(
        outputs in 1usize..100, inputs in 1usize..300, rows in 0usize..70, seed: u64,
    ) {
        let matrix = QuantMatrix::quantise(&noise(seed, outputs * inputs), Some(&noise(seed ^ 1, outputs)), outputs, inputs);
        let x = noise(seed ^ 2, rows * inputs);
        for cpu in fast_paths() {
            let rows = quantise(cpu, &matrix, &x, rows);
            for finish in [Finish::Store, Finish::Gelu, Finish::Add] {
                // The sums are whole numbers and the same; what follows differs in rounding alone.
                let want = multiply(portable(), &matrix, &rows, finish);
                assert_close(&cpu.path().to_string(), &multiply(cpu, &matrix, &rows, finish), &want, 1e-4);
            }
        }
    }

    #[test]
    fn rows_are_quantised_alike(inputs in 1usize..200, seed: u64) {
        let matrix = QuantMatrix::quantise(&noise(seed, 3 * inputs), None, 3, inputs);
        let x = noise(seed ^ 2, inputs);
        let want = run(portable(), &matrix, &x, 1, Finish::Store);
        for cpu in fast_paths() {
            // Rounding may fall to the other side of a step; on AVX2 the steps are twice as wide.
            let step = if cpu.path() == Path::Avx2 { 0.012 } else { 1e-4 };
            let got = run(cpu, &matrix, &x, 1, Finish::Store);
            assert_close(&cpu.path().to_string(), &got, &want, step * inputs as f32);
        }
    }

    #[test]
    fn eight_bits_stay_near_the_floats(outputs in 1usize..60, inputs in 1usize..400, rows in 1usize..20, seed: u64) {
        let weights = noise(seed, outputs * inputs);
        let (bias, x) = (noise(seed ^ 1, outputs), noise(seed ^ 2, rows * inputs));
        let exact = DenseMatrix::new(&weights, Some(&bias), outputs, inputs);
        let mut want = vec![0.25; rows * outputs];
        exact.multiply(portable(), &x, inputs, rows, Finish::Add, &mut want);
        let matrix = QuantMatrix::quantise(&weights, Some(&bias), outputs, inputs);
        for cpu in Cpu::all() {
            let step = if cpu.path() == Path::Avx2 { 0.016 } else { 0.008 };
            let tolerance = 6.0 * step * (inputs as f32).sqrt() / 3.0;
            assert_close(&cpu.path().to_string(), &run(cpu, &matrix, &x, rows, Finish::Add), &want, tolerance);
        }
    }

    #[test]
    fn parts_are_the_same_as_the_whole(groups in 1usize..5, odd in 0usize..32, rows in 1usize..15, seed: u64) {
        let (outputs, inputs) = (groups * 32 + odd, 70);
        let matrix = QuantMatrix::quantise(&noise(seed, outputs * inputs), None, outputs, inputs);
        let x = noise(seed ^ 2, rows * inputs);
        for cpu in Cpu::all() {
            let whole = run(cpu, &matrix, &x, rows, Finish::Store);
            let mut quantised = QuantRows::default();
            quantised.fill(cpu, &x, inputs, rows, inputs);
            for part in [0..32, 32..outputs, 0..outputs] {
                let mut y = vec![0.0; rows * part.len()];
                matrix.multiply_part(cpu, &quantised, part.clone(), Finish::Store, &mut y);
                for row in 0..rows {
                    let want = &whole[row * outputs..][part.clone()];
                    prop_assert_eq!(&y[row * part.len()..(row + 1) * part.len()], want);
                }
            }
        }
    }
}

#[test]
fn extreme_bytes_do_not_saturate() {
    let (outputs, inputs) = (33, 129);
    let matrix = QuantMatrix::quantise(&vec![-1.0; outputs * inputs], None, outputs, inputs);
    let mut row = vec![1.0; inputs];
    row[0] = 0.0;
    // One row never goes through tiles, more than a block of them does.
    for rows in [1, 40] {
        let x = row.repeat(rows);
        for cpu in Cpu::all() {
            let y = run(cpu, &matrix, &x, rows, Finish::Store);
            assert_close(&cpu.path().to_string(), &y, &vec![-128.0; rows * outputs], 1e-5);
        }
    }
}

#[test]
fn overlapping_rows_are_windows() {
    let (inputs, step) = (9, 3);
    let matrix = QuantMatrix::quantise(&noise(1, 4 * inputs), None, 4, inputs);
    let x = noise(2, 30);
    let windows: Vec<f32> = x.windows(inputs).step_by(step).flatten().copied().collect();
    for cpu in Cpu::all() {
        let mut rows = QuantRows::default();
        rows.fill(cpu, &x, step, 8, inputs);
        let mut y = vec![0.25; 32];
        matrix.multiply(cpu, &rows, Finish::Store, &mut y);
        assert_eq!(y, run(cpu, &matrix, &windows, 8, Finish::Store));
    }
}
