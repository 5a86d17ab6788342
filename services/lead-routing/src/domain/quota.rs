//! Who is next: the quota method of Balinski and Young, on loads instead of seats.
//!
//! Everybody's fair share of all loads (this lead included) is their weight over all weights. Who already has
//! their share or more is passed over; of the others the one comes first whose next lead is due earliest, that
//! is with the lowest `(load + 1) / weight`. Among equal people nobody is ever a whole lead away from their
//! fair share; plain "lowest load per weight" does not guarantee that.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Where somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub person_id: Uuid,
    /// At least 1.
    pub weight: u32,
    pub load: u64,
    /// Breaks ties: who has waited longest comes first.
    pub last_assigned_at: Option<DateTime<Utc>>,
}

/// The first `count` people in the order in which they should be asked.
pub fn ranked(standings: &[Standing], count: usize) -> Vec<Uuid> {
    let mut left = standings.to_vec();
    let mut order = Vec::new();
    while order.len() < count {
        let Some(at) = next(&left) else { break };
        order.push(left.swap_remove(at).person_id);
    }
    order
}

/// The index of who is next; nothing when there is nobody.
fn next(standings: &[Standing]) -> Option<usize> {
    let loads: u128 = standings.iter().map(|one| u128::from(one.load)).sum::<u128>() + 1;
    let weights: u128 = standings.iter().map(|one| u128::from(one.weight)).sum();
    let below_share = |one: &Standing| u128::from(one.load) * weights < loads * u128::from(one.weight);
    let candidates = standings.iter().enumerate().filter(|(_, one)| below_share(one));
    candidates.min_by(|(_, a), (_, b)| due(a, b)).map(|(at, _)| at)
}

/// Whose next lead is due earlier.
fn due(a: &Standing, b: &Standing) -> std::cmp::Ordering {
    let (of_a, of_b) =
        ((u128::from(a.load) + 1) * u128::from(b.weight), (u128::from(b.load) + 1) * u128::from(a.weight));
    of_a.cmp(&of_b).then(a.last_assigned_at.cmp(&b.last_assigned_at)).then(a.person_id.cmp(&b.person_id))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn standings(weights: &[u32]) -> Vec<Standing> {
        let one = |(at, weight): (usize, &u32)| Standing {
            person_id: Uuid::from_u128(at as u128),
            weight: *weight,
            load: 0,
            last_assigned_at: None,
        };
        weights.iter().enumerate().map(one).collect()
    }

    fn give(standings: &mut [Standing], at: i64) -> usize {
        let id = ranked(standings, 1)[0];
        let index = standings.iter().position(|one| one.person_id == id).expect("one of them");
        standings[index].load += 1;
        standings[index].last_assigned_at = DateTime::from_timestamp(at, 0);
        index
    }

    #[test]
    fn the_least_loaded_is_next() {
        let mut all = standings(&[1, 1, 1]);
        (all[0].load, all[1].load, all[2].load) = (7, 3, 5);
        assert_eq!(ranked(&all, 3), [all[1].person_id, all[2].person_id, all[0].person_id]);
        assert!(ranked(&[], 3).is_empty());
    }

    #[test]
    fn ties_go_to_who_has_waited_longest() {
        let mut all = standings(&[1, 1]);
        all[0].last_assigned_at = DateTime::from_timestamp(10, 0);
        all[1].last_assigned_at = DateTime::from_timestamp(5, 0);
        assert_eq!(ranked(&all, 1), [all[1].person_id]);
        all[0].last_assigned_at = None;
        assert_eq!(ranked(&all, 1), [all[0].person_id]);
    }

    proptest! {
        #[test]
        fn nobody_is_ever_a_whole_lead_away_from_their_share(
            weights in prop::collection::vec(1_u32..=100, 1..12), leads in 1_i64..200,
        ) {
            let mut all = standings(&weights);
            let total: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
            for given in 1..=leads {
                give(&mut all, given);
                for one in &all {
                    let share = given as f64 * f64::from(one.weight) / total as f64;
                    prop_assert!((one.load as f64 - share).abs() < 1.0, "{given} leads, {all:?}");
                }
            }
        }

        #[test]
        fn everybody_is_ranked_once(weights in prop::collection::vec(1_u32..=9, 0..20), loads in prop::collection::vec(0_u64..50, 20)) {
            let mut all = standings(&weights);
            all.iter_mut().zip(loads).for_each(|(one, load)| one.load = load);
            let mut order = ranked(&all, usize::MAX);
            prop_assert_eq!(&order, &ranked(&all, usize::MAX));
            order.sort();
            order.dedup();
            prop_assert_eq!(order.len(), all.len());
        }
    }
}
