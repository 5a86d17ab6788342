//! A rising curve fitted by pooling adjacent violators (Ayer et al., 1955).

use serde::{Deserialize, Serialize};

/// A rising curve through knots, straight between them and level beyond.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Isotonic {
    /// Rising in both.
    pub knots: Vec<(f64, f64)>,
}

/// Neighbours pooled into one: level from its lowest to its highest value.
#[derive(Clone, Copy)]
struct Pool {
    low: f64,
    high: f64,
    y: f64,
    weight: f64,
}

/// Pools smaller than this are joined with a neighbour: a knot stands for more than a few cases.
const SMALLEST_POOL: f64 = 8.0;
/// Cases that every pool is drawn towards its neighbours with, so that no curve ends in certainty.
const PRIOR: f64 = 1.0;

impl Isotonic {
    /// Fits outcomes (true or false) over raw values; the diagonal when there are none.
    pub fn fitted(cases: &[(f64, bool)]) -> Self {
        let mut sorted: Vec<(f64, bool)> = cases.iter().copied().filter(|(x, _)| x.is_finite()).collect();
        if sorted.is_empty() {
            return Self { knots: vec![(0.0, 0.0), (1.0, 1.0)] };
        }
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let share = sorted.iter().filter(|(_, yes)| *yes).count() as f64 / sorted.len() as f64;
        let mut pools: Vec<Pool> = Vec::new();
        for value in values(&sorted) {
            pools.push(value);
            while let [.., before, last] = pools[..] {
                if before.y < last.y {
                    break;
                }
                pools.truncate(pools.len() - 2);
                pools.push(joined(before, last));
            }
        }
        join_small(&mut pools, SMALLEST_POOL.min((sorted.len() as f64 / 4.0).max(1.0)));
        let smoothed = |pool: &Pool| (pool.y * pool.weight + share * PRIOR) / (pool.weight + PRIOR);
        let mut knots: Vec<(f64, f64)> =
            pools.iter().flat_map(|pool| [(pool.low, smoothed(pool)), (pool.high, smoothed(pool))]).collect();
        knots.dedup();
        // Smoothing draws small pools further than large ones.
        for at in 1..knots.len() {
            knots[at].1 = knots[at].1.max(knots[at - 1].1);
        }
        Self { knots }
    }

    /// With knots to four places, for files.
    #[must_use]
    pub fn rounded(self) -> Self {
        let places = |value: f64| (value * 1e4).round() / 1e4;
        Self { knots: self.knots.into_iter().map(|(x, y)| (places(x), places(y))).collect() }
    }

    /// The curve's value at `x`.
    pub fn at(&self, x: f64) -> f64 {
        let behind = self.knots.partition_point(|knot| knot.0 < x);
        let left = behind.checked_sub(1).and_then(|at| self.knots.get(at));
        match (left, self.knots.get(behind)) {
            (Some(left), Some(right)) => {
                let share = if right.0 > left.0 { (x - left.0) / (right.0 - left.0) } else { 1.0 };
                left.1 + share * (right.1 - left.1)
            }
            (Some(end), None) | (None, Some(end)) => end.1,
            (None, None) => x,
        }
    }

    /// The smallest `x` where the curve reaches `y`; absent when it never does.
    pub fn reaches(&self, y: f64) -> Option<f64> {
        let at = self.knots.iter().position(|knot| knot.1 >= y)?;
        let right = self.knots[at];
        let Some(left) = at.checked_sub(1).map(|left| self.knots[left]) else { return Some(right.0) };
        Some(left.0 + (y - left.1) / (right.1 - left.1) * (right.0 - left.0))
    }
}

/// Cases of one value together.
fn values(sorted: &[(f64, bool)]) -> Vec<Pool> {
    let mut pools: Vec<Pool> = Vec::new();
    for (x, yes) in sorted {
        let one = Pool { low: *x, high: *x, y: f64::from(u8::from(*yes)), weight: 1.0 };
        match pools.last_mut() {
            Some(last) if last.high >= *x => *last = joined(*last, one),
            _ => pools.push(one),
        }
    }
    pools
}

/// Joins each pool that is too small with the neighbour that is most like it, the smallest first.
fn join_small(pools: &mut Vec<Pool>, smallest: f64) {
    let by_weight = |(_, one): &(usize, &Pool), (_, other): &(usize, &Pool)| one.weight.total_cmp(&other.weight);
    while pools.len() > 1 {
        let Some((at, small)) = pools.iter().enumerate().min_by(by_weight) else { return };
        if small.weight >= smallest {
            return;
        }
        let far = |other: Option<&Pool>| other.map_or(f64::INFINITY, |other| (other.y - small.y).abs());
        let before = at.checked_sub(1).and_then(|before| pools.get(before));
        let first = if far(before) <= far(pools.get(at + 1)) { at - 1 } else { at };
        let both = joined(pools[first], pools[first + 1]);
        pools.splice(first..first + 2, [both]);
    }
}

fn joined(one: Pool, other: Pool) -> Pool {
    let weight = one.weight + other.weight;
    let y = (one.y * one.weight + other.y * other.weight) / weight;
    Pool { low: one.low.min(other.low), high: one.high.max(other.high), y, weight }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_the_cases_say_is_what_the_curve_says() {
        let cases: Vec<_> = (0..1_000).map(|n| (f64::from(n) / 1_000.0, n % 10 < n / 100)).collect();
        let curve = Isotonic::fitted(&cases);
        for x in [0.15, 0.35, 0.55, 0.85] {
            assert!((curve.at(x) - x).abs() < 0.12, "{x}: {}", curve.at(x));
        }
        assert!((curve.reaches(0.5).unwrap() - 0.5).abs() < 0.12);
        assert_eq!(curve.reaches(1.5), None);
    }

    #[test]
    fn without_cases_it_is_the_diagonal() {
        assert!((Isotonic::fitted(&[]).at(0.3) - 0.3).abs() < 1e-12);
    }

    #[test]
    fn a_few_cases_are_joined_with_those_that_are_like_them_however_many_there_are() {
        for many in 40..60 {
            let no = (0..many).map(|n| (f64::from(n) / 300.0, false));
            let yes = (0..9).map(|n| (0.6 + f64::from(n) / 100.0, true));
            let curve = Isotonic::fitted(&no.chain(yes).collect::<Vec<_>>());
            assert!(curve.at(0.1) < 0.1 && curve.at(0.6) > 0.8, "{many}: {:?}", curve.knots);
        }
    }

    proptest! {
        #[test]
        fn it_rises_and_stays_a_probability(cases in proptest::collection::vec((-9.0..9.0_f64, any::<bool>()), 0..200), a in -9.0..9.0_f64, b in -9.0..9.0_f64) {
            let curve = Isotonic::fitted(&cases);
            let (low, high) = if a <= b { (a, b) } else { (b, a) };
            prop_assert!(curve.knots.is_sorted_by(|a, b| a.0 <= b.0 && a.1 <= b.1));
            if !cases.is_empty() {
                prop_assert!(curve.at(low) <= curve.at(high) + 1e-9);
                prop_assert!((0.0..=1.0).contains(&curve.at(low)));
            }
        }

        #[test]
        fn where_it_reaches_a_value_it_has_it(cases in proptest::collection::vec((0.0..1.0_f64, any::<bool>()), 1..200), y in 0.0..1.0_f64) {
            let curve = Isotonic::fitted(&cases);
            if let Some(x) = curve.reaches(y) {
                prop_assert!(curve.at(x) >= y - 1e-6);
            }
        }
    }
}
