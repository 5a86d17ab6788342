//! When a journey that does not move is called stalled, again and again.

use chrono::{DateTime, Duration, Utc};
use process::definition::Deadline;
use process::{Calendar, DeadlineClock, Definition};

use super::node::Node;

/// The kind of the definition's deadline that says how long a journey may stand still.
const DEADLINE: &str = "no_movement";

/// The deadline that runs while the journey is at `node`: that of the move to it. Before the first move, that of
/// the first move that has one.
pub fn deadline(definition: &Definition, node: Node) -> Option<&Deadline> {
    let limits = definition.transitions.iter().filter(|one| node == Node::Opened || one.to == node.stage());
    limits.flat_map(|one| &one.deadlines).find(|deadline| deadline.kind == DEADLINE)
}

/// The first end of a period after `now`, counted from the last movement: a journey stalls at most once a period,
/// even when a clock has jumped over several.
pub fn next_stall(
    deadline: &Deadline,
    calendar: &Calendar,
    moved_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    match deadline.clock {
        DeadlineClock::Elapsed => next_elapsed(deadline.due(calendar, moved_at).at - moved_at, moved_at, now),
        DeadlineClock::Working if now > moved_at => deadline.due(calendar, now).at,
        DeadlineClock::Working => deadline.due(calendar, moved_at).at,
    }
}

fn next_elapsed(period: Duration, moved_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = period.num_seconds().max(1);
    let passed = (now - moved_at).num_seconds().max(0) / seconds;
    moved_at + Duration::seconds(seconds * (passed + 1))
}

/// Whole hours without movement.
pub fn standing_hours(moved_at: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    u32::try_from((now - moved_at).num_hours()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn start() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).expect("valid")
    }

    #[test]
    fn the_definition_says_how_long_every_node_may_stand() {
        let definition = Definition::parse(include_str!("../../process/journey.yaml")).expect("well-formed");
        for number in 0..5 {
            let node = Node::try_from(number).expect("a node");
            assert_eq!(deadline(&definition, node).map(|one| one.clock), Some(DeadlineClock::Elapsed), "{node:?}");
        }
        assert!(deadline(&definition, Node::BankReceived).is_none());
    }

    proptest! {
        #[test]
        fn the_next_stall_lies_within_one_period_ahead(hours in 1_i64..200, waited in 0_i64..100_000) {
            let (period, now) = (Duration::hours(hours), start() + Duration::minutes(waited));
            let next = next_elapsed(period, start(), now);
            prop_assert!(next > now && next - now <= period);
            prop_assert_eq!((next - start()).num_seconds() % period.num_seconds(), 0);
        }
    }
}
