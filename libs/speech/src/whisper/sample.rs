//! Choosing the next token.

use crate::kernels::{Cpu, log_sum_exp, softmax};

use super::options::Randomness;

/// A chosen token and its log-probability among all that may follow (at temperature 1, whatever it was chosen at).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) token: u32,
    pub(super) log_probability: f32,
}

/// The likeliest token at temperature 0; otherwise one by chance. `None` when nothing may follow.
pub(super) fn choose(cpu: Cpu, scores: &mut [f32], temperature: f32, random: &mut Randomness<'_>) -> Option<Choice> {
    let best = likeliest(scores)?;
    let total = log_sum_exp(cpu, scores);
    let index = if temperature > 0.0 { draw(cpu, scores, temperature, random).unwrap_or(best) } else { best };
    let log_probability = scores[index] - total;
    Some(Choice { token: index as u32, log_probability })
}

/// The first of the highest scores that are numbers and may follow.
pub(super) fn likeliest(scores: &[f32]) -> Option<usize> {
    let possible = scores.iter().enumerate().filter(|(_, score)| score.is_finite());
    possible.fold(None, |best, (i, score)| if best.is_none_or(|b: usize| *score > scores[b]) { Some(i) } else { best })
}

fn draw(cpu: Cpu, scores: &[f32], temperature: f32, random: &mut Randomness<'_>) -> Option<usize> {
    let mut weights: Vec<f32> = scores.iter().map(|score| score / temperature).collect();
    softmax(cpu, &mut weights);
    let mut left = random() * weights.iter().map(|w| f64::from(*w)).sum::<f64>();
    weights.iter().position(|weight| {
        left -= f64::from(*weight);
        left < 0.0
    })
}

/// Numbers that look drawn by chance and are the same for the same seed (SplitMix64).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// From 0 (included) to 1 (not included).
    pub(super) fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_wins_and_its_probability_counts_only_what_may_follow() {
        let mut scores = [1.0, f32::NEG_INFINITY, 3.0, f32::NAN, 3.0];
        assert_eq!(likeliest(&scores), Some(2));
        scores[3] = f32::NEG_INFINITY;
        let choice = choose(Cpu::detect(), &mut scores, 0.0, &mut || 0.5).unwrap();
        let total = (1f32.exp() + 2.0 * 3f32.exp()).ln();
        assert_eq!(choice.token, 2);
        assert!((choice.log_probability - (3.0 - total)).abs() < 1e-5);
        assert_eq!(choose(Cpu::detect(), &mut [f32::NEG_INFINITY; 3], 0.0, &mut || 0.5), None);
    }

    #[test]
    fn dice_fall_everywhere_between_zero_and_one() {
        let mut dice = Dice::new(7);
        let rolls: Vec<f64> = (0..1000).map(|_| dice.roll()).collect();
        assert!(rolls.iter().all(|roll| (0.0..1.0).contains(roll)));
        assert!((rolls.iter().sum::<f64>() / 1000.0 - 0.5).abs() < 0.05);
    }

    #[test]
    fn chance_follows_the_weights() {
        let scores = [0.0, 3f32.ln(), f32::NEG_INFINITY];
        let mut counts = [0; 3];
        for i in 0..100 {
            let choice = choose(Cpu::detect(), &mut scores.clone(), 1.0, &mut || f64::from(i) / 100.0).unwrap();
            counts[choice.token as usize] += 1;
        }
        assert_eq!(counts, [25, 75, 0]);
    }
}
