//! From single facts to what health, grade and repurchase look at.

use chrono::{DateTime, Duration, Utc};
use kernel::{Currency, Money, choices};
use uuid::Uuid;

use super::grade::Order;
use super::health::{Acceptance, HealthFacts};

const YEAR_DAYS: i64 = 365;
const HALF_YEAR_DAYS: i64 = 183;

choices! {
    /// What a fact is about; the latest one per contract, delivery or receivable counts.
    FactKind { Order = "order", Promise = "promise", Acceptance = "acceptance", Journey = "journey" }
}

choices! {
    /// What happened.
    FactValue {
        OrderSigned = "order_signed",
        PromiseRed = "promise_red",
        PromiseGreen = "promise_green",
        AcceptedFirstPass = "delivery_accepted_first_pass",
        Accepted = "delivery_accepted",
        Rejected = "delivery_rejected",
        Stalled = "journey_stalled",
        Paid = "payment_posted",
        Cleared = "receivable_cleared",
    }
}

impl FactValue {
    pub fn kind(self) -> FactKind {
        match self {
            Self::OrderSigned => FactKind::Order,
            Self::PromiseRed | Self::PromiseGreen => FactKind::Promise,
            Self::AcceptedFirstPass | Self::Accepted | Self::Rejected => FactKind::Acceptance,
            Self::Stalled | Self::Paid | Self::Cleared => FactKind::Journey,
        }
    }

    /// True for what the customer did: it counts as contact.
    pub fn is_contact(self) -> bool {
        matches!(self, Self::OrderSigned | Self::AcceptedFirstPass | Self::Accepted | Self::Rejected)
    }
}

/// The latest of its kind about one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    pub value: FactValue,
    /// The contract, delivery or receivable.
    pub subject: Uuid,
    pub amount: Option<Money>,
    pub at: DateTime<Utc>,
}

/// The signed orders among the facts.
pub fn orders(facts: &[Fact]) -> Vec<Order> {
    let signed = facts.iter().filter(|fact| fact.value == FactValue::OrderSigned);
    signed.filter_map(|fact| fact.amount.map(|amount| Order { at: fact.at, amount })).collect()
}

/// What health looks at, at `now`. Only orders in `currency` are added up.
pub fn health_facts(
    facts: &[Fact],
    currency: Currency,
    last_contact_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> HealthFacts {
    let within = |fact: &&Fact, from: i64, to: i64| (from..to).contains(&(now - fact.at).num_days());
    let count = |matches: &dyn Fn(&Fact) -> bool| {
        u32::try_from(facts.iter().filter(|fact| matches(fact)).count()).unwrap_or(u32::MAX)
    };
    let signed = |from, to| {
        let orders = facts.iter().filter(|fact| fact.value == FactValue::OrderSigned && within(fact, from, to));
        orders
            .filter_map(|fact| fact.amount.filter(|amount| amount.currency == currency))
            .fold(0_i64, |sum, amount| sum.saturating_add(amount.minor))
    };
    HealthFacts {
        days_since_contact: (now - last_contact_at).num_days().max(0),
        acceptance: latest_acceptance(facts),
        cleared: count(&|fact| fact.value == FactValue::Cleared && within(&fact, 0, YEAR_DAYS)),
        stalled: count(&|fact| fact.value == FactValue::Stalled),
        red_promises: count(&|fact| fact.value == FactValue::PromiseRed && !is_delivered(facts, fact.subject)),
        orders_recent: signed(0, HALF_YEAR_DAYS),
        orders_before: signed(HALF_YEAR_DAYS, 2 * HALF_YEAR_DAYS),
    }
}

/// The next time at which the passing of time alone may change the judgement.
pub fn next_review(
    facts: &[Fact],
    last_contact_at: DateTime<Utc>,
    stale_after_days: i64,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let ageing = facts.iter().flat_map(|fact| match fact.value {
        FactValue::OrderSigned => vec![HALF_YEAR_DAYS, YEAR_DAYS, 2 * HALF_YEAR_DAYS]
            .into_iter()
            .map(|days| fact.at + Duration::days(days))
            .collect(),
        FactValue::Cleared => vec![fact.at + Duration::days(YEAR_DAYS)],
        _ => Vec::new(),
    });
    let stale = last_contact_at + Duration::days(stale_after_days + 1);
    ageing.chain([stale]).filter(|at| *at > now).min()
}

fn latest_acceptance(facts: &[Fact]) -> Acceptance {
    let outcomes = facts.iter().filter(|fact| fact.value.kind() == FactKind::Acceptance);
    match outcomes.max_by_key(|fact| (fact.at, fact.subject)).map(|fact| fact.value) {
        Some(FactValue::AcceptedFirstPass) => Acceptance::FirstPass,
        Some(FactValue::Accepted) => Acceptance::Accepted,
        Some(FactValue::Rejected) => Acceptance::Rejected,
        _ => Acceptance::None,
    }
}

/// What has been accepted no longer waits for a date.
fn is_delivered(facts: &[Fact], delivery: Uuid) -> bool {
    let accepted = |value| matches!(value, FactValue::AcceptedFirstPass | FactValue::Accepted);
    facts.iter().any(|fact| fact.subject == delivery && accepted(fact.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::days(1_000)
    }

    fn fact(value: FactValue, subject: u128, days_ago: i64) -> Fact {
        let amount = (value == FactValue::OrderSigned).then(|| Money::cny(100));
        Fact { value, subject: Uuid::from_u128(subject), amount, at: now() - Duration::days(days_ago) }
    }

    fn seen(facts: &[Fact]) -> HealthFacts {
        health_facts(facts, Currency::CNY, now() - Duration::days(3), now())
    }

    #[test]
    fn an_accepted_delivery_closes_its_red_promise() {
        let red = fact(FactValue::PromiseRed, 1, 5);
        assert_eq!(seen(&[red]).red_promises, 1);
        assert_eq!(seen(&[red, fact(FactValue::Accepted, 1, 1)]).red_promises, 0);
        assert_eq!(seen(&[red, fact(FactValue::Accepted, 2, 1)]).red_promises, 1);
    }

    #[test]
    fn the_latest_delivery_counts_and_half_years_are_kept_apart() {
        let facts = [
            fact(FactValue::AcceptedFirstPass, 1, 9),
            fact(FactValue::Rejected, 2, 2),
            fact(FactValue::OrderSigned, 3, 10),
            fact(FactValue::OrderSigned, 4, 200),
            fact(FactValue::OrderSigned, 5, 400),
            fact(FactValue::Cleared, 6, 366),
        ];
        let seen = seen(&facts);
        assert_eq!(
            (seen.acceptance, seen.orders_recent, seen.orders_before, seen.cleared),
            (Acceptance::Rejected, 100, 100, 0)
        );
        assert_eq!(seen.days_since_contact, 3);
    }

    #[test]
    fn the_next_review_is_the_first_moment_that_may_matter() {
        let review = |facts: &[Fact], days_ago| next_review(facts, now() - Duration::days(days_ago), 30, now());
        assert_eq!(review(&[], 3), Some(now() + Duration::days(28)));
        assert_eq!(review(&[], 90), None);
        assert_eq!(review(&[fact(FactValue::OrderSigned, 1, 180)], 90), Some(now() + Duration::days(3)));
    }
}
