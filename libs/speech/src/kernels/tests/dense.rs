use proptest::prelude::*;

use super::super::{Cpu, DenseMatrix, Finish, gelu};
use super::{assert_close, cases, noise, portable};

fn product(x: &[f32], weights: &[f32], bias: &[f32], inputs: usize) -> Vec<f32> {
    let dot = |x: &[f32], w: &[f32]| x.iter().zip(w).map(|(x, w)| f64::from(x * w)).sum::<f64>() as f32;
    let row = |x| weights.chunks(inputs).zip(bias).map(move |(w, bias)| dot(x, w) + bias);
    x.chunks(inputs).flat_map(row).collect()
}

proptest! {
    #![proptest_config(cases(48, 1))]

    #[test]
    fn layers_of_any_size(outputs in 1usize..80, inputs in 1usize..100, rows in 0usize..30, seed: u64) {
        let (weights, bias) = (noise(seed, outputs * inputs), noise(seed ^ 1, outputs));
        let (x, before) = (noise(seed ^ 2, rows * inputs), noise(seed ^ 3, rows * outputs));
        let matrix = DenseMatrix::new(&weights, Some(&bias), outputs, inputs);
        let want = product(&x, &weights, &bias, inputs);
        let mut bent = want.clone();
        gelu(portable(), &mut bent);
        let added: Vec<f32> = want.iter().zip(&before).map(|(a, b)| a + b).collect();
        for cpu in Cpu::all() {
            for (finish, want) in [(Finish::Store, &want), (Finish::Gelu, &bent), (Finish::Add, &added)] {
                let mut y = before.clone();
                matrix.multiply(cpu, &x, inputs, rows, finish, &mut y);
                assert_close(&cpu.path().to_string(), &y, want, 1e-4);
            }
        }
    }

    #[test]
    fn a_row_is_the_same_alone_and_among_others(rows in 1usize..30, inputs in 1usize..60, seed: u64) {
        let (outputs, gap) = (37, 3);
        let matrix = DenseMatrix::new(&noise(seed, outputs * inputs), None, outputs, inputs);
        let x = noise(seed ^ 2, rows * (inputs + gap));
        for cpu in Cpu::all() {
            let mut together = vec![0.0; rows * outputs];
            matrix.multiply(cpu, &x, inputs + gap, rows, Finish::Store, &mut together);
            for (x, together) in x.chunks(inputs + gap).zip(together.chunks(outputs)) {
                let mut alone = vec![0.0; outputs];
                matrix.multiply(cpu, x, inputs, 1, Finish::Store, &mut alone);
                prop_assert_eq!(&alone, together);
            }
        }
    }
}

#[test]
fn weights_can_be_read_back() {
    let (outputs, inputs) = (45, 13);
    let weights = noise(5, outputs * inputs);
    let matrix = DenseMatrix::new(&weights, None, outputs, inputs);
    for (output, want) in weights.chunks(inputs).enumerate() {
        let mut row = vec![0.0; inputs];
        matrix.row(output, &mut row);
        assert_eq!(row, want);
    }
}
