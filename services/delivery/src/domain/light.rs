//! The date the customer was told against the date production has planned.

use chrono::{DateTime, Utc};
use kernel::choices;

choices! {
    /// Whether the promise can be kept.
    Light {
        /// Nothing to compare: not scheduled, or nothing promised.
        Grey = "grey",
        Green = "green",
        /// The customer was told an earlier date than the schedule holds.
        Red = "red",
    }
}

/// A change of light that others are told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Red,
    Green,
}

impl Light {
    /// Compares the two dates.
    pub fn of(promised_at: Option<DateTime<Utc>>, scheduled_at: Option<DateTime<Utc>>) -> Self {
        match (promised_at, scheduled_at) {
            (Some(promised), Some(scheduled)) if promised < scheduled => Self::Red,
            (Some(_), Some(_)) => Self::Green,
            _ => Self::Grey,
        }
    }

    /// What to tell when this light becomes `after`; staying red, and the first green, are no news.
    pub fn turn(self, after: Self) -> Option<Turn> {
        match (self, after) {
            (Self::Grey | Self::Green, Self::Red) => Some(Turn::Red),
            (Self::Red, Self::Grey | Self::Green) => Some(Turn::Green),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("a time")
    }

    #[test]
    fn without_a_schedule_or_a_promise_there_is_nothing_to_compare() {
        assert_eq!(Light::of(Some(at(0)), None), Light::Grey);
        assert_eq!(Light::of(None, Some(at(0))), Light::Grey);
        assert_eq!(Light::of(None, None), Light::Grey);
    }

    #[test]
    fn a_promise_for_the_very_time_of_the_schedule_is_kept() {
        assert_eq!(Light::of(Some(at(0)), Some(at(0))), Light::Green);
        assert_eq!(Light::of(Some(at(0)), Some(at(1))), Light::Red);
    }

    proptest! {
        #[test]
        fn red_means_promised_earlier_than_scheduled(promised in -1000_i64..1000, scheduled in -1000_i64..1000) {
            let light = Light::of(Some(at(promised)), Some(at(scheduled)));
            prop_assert_eq!(light == Light::Red, promised < scheduled);
            prop_assert_ne!(light, Light::Grey);
        }

        #[test]
        fn turns_alternate_and_begin_with_red(changes in prop::collection::vec((any::<bool>(), -50_i64..50), 0..60)) {
            let (mut promised, mut scheduled, mut light) = (Some(at(0)), None, Light::Grey);
            let mut last = None;
            for (is_promise, seconds) in changes {
                if is_promise { promised = Some(at(seconds)) } else { scheduled = Some(at(seconds)) }
                let after = Light::of(promised, scheduled);
                if let Some(turn) = light.turn(after) {
                    prop_assert_ne!(last.unwrap_or(Turn::Green), turn);
                    prop_assert_eq!(turn == Turn::Red, after == Light::Red);
                    last = Some(turn);
                }
                light = after;
                prop_assert_eq!(light == Light::Red, last == Some(Turn::Red));
            }
        }
    }
}
