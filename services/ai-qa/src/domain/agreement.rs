//! How far two judges agree beyond chance: Cohen's kappa (J. Cohen, 1960).

use std::collections::HashMap;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

/// Agreement about a number of answers that both judged.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Agreement {
    /// How many both judged.
    pub judged: u32,
    /// The share judged alike, 0 to 1.
    pub observed: f64,
    /// The share expected by chance, 0 to 1.
    pub expected: f64,
    /// -1 to 1; absent when nothing was judged or chance alone explains everything.
    pub kappa: Option<f64>,
}

impl Agreement {
    /// Of pairs of judgements: one judge's, the other's.
    pub fn of<T: Eq + Hash + Copy>(pairs: &[(T, T)]) -> Self {
        let judged = pairs.len() as f64;
        let share = |count: usize| if pairs.is_empty() { 0.0 } else { count as f64 / judged };
        let observed = share(pairs.iter().filter(|(one, other)| one == other).count());
        let mut counts: HashMap<T, (usize, usize)> = HashMap::new();
        for (one, other) in pairs {
            counts.entry(*one).or_default().0 += 1;
            counts.entry(*other).or_default().1 += 1;
        }
        // Whole numbers until the end: the sum does not depend on the map's order.
        let by_chance: u64 = counts.values().map(|(one, other)| *one as u64 * *other as u64).sum();
        let expected = if pairs.is_empty() { 0.0 } else { by_chance as f64 / (judged * judged) };
        let kappa = (!pairs.is_empty() && expected < 1.0).then(|| (observed - expected) / (1.0 - expected));
        Self { judged: u32::try_from(pairs.len()).unwrap_or(u32::MAX), observed, expected, kappa }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_textbook_example() {
        let pairs = [vec![(true, true); 20], vec![(true, false); 5], vec![(false, true); 10], vec![(false, false); 15]];
        let agreement = Agreement::of(&pairs.concat());
        assert!((agreement.observed - 0.7).abs() < 1e-12 && (agreement.expected - 0.5).abs() < 1e-12);
        assert!((agreement.kappa.unwrap() - 0.4).abs() < 1e-12);
    }

    #[test]
    fn nothing_judged_and_nothing_to_tell_apart_have_no_kappa() {
        assert_eq!(Agreement::of::<bool>(&[]).kappa, None);
        assert_eq!(Agreement::of(&[(true, true); 9]).kappa, None);
    }

    proptest! {
        #[test]
        fn it_is_symmetric_and_bounded(pairs: Vec<(u8, u8)>) {
            let pairs: Vec<_> = pairs.into_iter().map(|(one, other)| (one % 3, other % 3)).collect();
            let turned: Vec<_> = pairs.iter().map(|(one, other)| (*other, *one)).collect();
            let agreement = Agreement::of(&pairs);
            prop_assert_eq!(agreement, Agreement::of(&turned));
            prop_assert!(agreement.kappa.is_none_or(|kappa| (-1.0..=1.0).contains(&kappa)));
        }
    }
}
