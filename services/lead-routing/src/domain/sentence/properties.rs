//! Whatever rule is said plainly is understood as the same rule, and no text makes the parser panic.

use kernel::Money;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use uuid::Uuid;

use super::*;
use crate::domain::condition::{Band, Comparison, Further, LeadField};
use crate::domain::rep::Level;
use crate::domain::rule::{Candidate, Fallback, Part};
use crate::domain::source::Source;

fn people() -> Vec<Person> {
    ["陆远", "陆远航", "程果", "Lin Yi"]
        .into_iter()
        .zip(1..)
        .map(|(name, n)| Person { id: Uuid::from_u128(n), name: name.into() })
        .collect()
}

fn ids() -> Vec<Uuid> {
    people().into_iter().map(|person| person.id).collect()
}

fn value() -> impl Strategy<Value = String> {
    select(vec!["华东", "呼和浩特", "化工的设备", "预算、来自", "A B", "或", "焊接"]).prop_map(String::from)
}

fn values() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(value(), 0..3)
}

fn bound() -> impl Strategy<Value = Option<Money>> {
    prop::option::of((1_i64..5_000_000_000).prop_map(Money::cny))
}

fn condition() -> impl Strategy<Value = Condition> {
    let band = (bound(), bound(), bound(), bound())
        .prop_map(|(at_least, over, at_most, below)| Band { at_least, over, at_most, below })
        .prop_map(|band| (band != Band::default()).then_some(band));
    let field =
        select(vec![LeadField::Company, LeadField::Domain, LeadField::Note, LeadField::Industry, LeadField::Region]);
    let comparison = select(vec![Comparison::IsNot, Comparison::Contains, Comparison::StartsWith]);
    let further =
        (field, comparison, value()).prop_map(|(field, comparison, value)| Further { field, comparison, value });
    (subsequence(Source::ALL.to_vec(), 0..4), band, values(), values(), prop::collection::vec(further, 0..3)).prop_map(
        |(sources, budget, regions, industries, further)| Condition { sources, budget, regions, industries, further },
    )
}

fn action() -> impl Strategy<Value = Action> {
    let node = || select(vec!["/", "/huadong/", "/hua-nan/shenzhen/"]).prop_map(|path| path.parse().expect("a node"));
    let candidates = subsequence(ids(), 1..4)
        .prop_flat_map(|ids| (Just(ids.clone()), prop::collection::vec(1_u32..100, ids.len())))
        .prop_map(|(ids, weights)| {
            let candidates = ids.into_iter().zip(weights).map(|(person_id, weight)| Candidate { person_id, weight });
            Action { candidates: candidates.collect(), ..Action::default() }
        });
    let split = subsequence(ids(), 2).prop_map(|ids| {
        let parts = ids.into_iter().zip([70, 30]).map(|(person_id, percent)| Part { person_id, percent });
        Action { split: parts.collect(), ..Action::default() }
    });
    let open = node().prop_map(|node| Action { org: Some(node), ..Action::default() });
    let fallback = prop_oneof![select(ids()).prop_map(Fallback::Owner), node().prop_map(Fallback::Queue)];
    let level = prop::option::of(select(vec![Level::Novice, Level::Senior]));
    let limits = (values(), any::<bool>(), subsequence(ids(), 0..3), level, prop::option::of(fallback));
    (prop_oneof![candidates, split, open], limits).prop_map(
        |(who, (skills, industry_skill, excluded, level, fallback))| Action {
            skills,
            industry_skill,
            excluded,
            level,
            fallback,
            ..who
        },
    )
}

proptest! {
    #[test]
    fn what_is_said_plainly_is_understood(condition in condition(), action in action()) {
        let sentence = plain(&condition, &action, &people());
        prop_assert_eq!(parse(&sentence, &people()), Ok((condition, action)), "{}", sentence);
    }

    #[test]
    fn anything_is_read_or_refused(sentence in "[预算来自分给不>万0-9或、“”/的，a-z ]{0,40}") {
        if let Err(unclear) = parse(&sentence, &people()) {
            let letters: Vec<char> = sentence.chars().collect();
            prop_assert_eq!(letters[unclear.at.clone()].iter().collect::<String>(), unclear.word);
        }
    }
}
