//! Judges a customer's health and grade from the facts, and asks for a repurchase when it is due.

use contracts::crm::v1::{CustomerGraded, CustomerHealthChanged, RepurchaseDue};
use journal::{Entry, Timer, Write};
use kernel::Text;
use serde_json::json;

use crate::app::State;
use crate::domain::customer::Customer;
use crate::domain::grade::{Graded, grade};
use crate::domain::health::{Health, Judged, judge};
use crate::domain::standing::{Fact, health_facts, next_review, orders};
use crate::error::CrmError;
use crate::store;

/// The timer that judges a customer again when time alone may have changed something.
pub const REVIEW: &str = "review_customer";

/// Judges the customer, records what changed and saves the row. Call it last.
pub async fn judge_customer(state: &State, write: &mut Write, customer: &mut Customer) -> Result<(), CrmError> {
    let now = write.now();
    let facts = store::facts::of_customer(write.db(), customer.id).await?;
    let known = health_facts(&facts, state.config.grade.currency, customer.last_contact_at, now);
    let judged = judge(&known, &state.config.health);
    record_health(write, customer, judged)?;
    record_grade(write, customer, grade(&orders(&facts), &state.config.grade, now))?;
    if customer.judged.health == Health::Green {
        record_repurchase(write, customer).await?;
    }
    arm_review(state, write, customer, &facts).await?;
    store::customers::save(write.db(), customer, now).await
}

fn record_health(write: &mut Write, customer: &mut Customer, judged: Judged) -> Result<(), CrmError> {
    let before = std::mem::replace(&mut customer.judged, judged);
    if before.health == customer.judged.health {
        return Ok(());
    }
    let event = CustomerHealthChanged {
        customer_id: customer.id.to_string(),
        health: customer.judged.health.to_string(),
        score: customer.judged.score,
        reasons: customer.judged.reasons.iter().cloned().map(Into::into).collect(),
        owner_id: customer.owner.to_string(),
        org: customer.org.to_string(),
    };
    let entry = Entry::new(&event, customer.id, customer.next_version())?
        .change(before.health.as_str(), customer.judged.health.as_str())
        .why(Text::joined(&customer.judged.reasons));
    write.record(entry);
    Ok(())
}

fn record_grade(write: &mut Write, customer: &mut Customer, graded: Graded) -> Result<(), CrmError> {
    let before = std::mem::replace(&mut customer.graded, graded);
    if before.grade == customer.graded.grade {
        return Ok(());
    }
    let (grade, reason) = (customer.graded.grade, customer.graded.reason.clone());
    let event = CustomerGraded {
        customer_id: customer.id.to_string(),
        grade: grade.to_string(),
        reason: Some(reason.clone().into()),
    };
    let entry = Entry::new(&event, customer.id, customer.next_version())?;
    write.record(entry.change(before.grade.as_str(), grade.as_str()).why(reason));
    Ok(())
}

/// Contracts that were paid while the customer was not green ask now; several ask together, once.
async fn record_repurchase(write: &mut Write, customer: &mut Customer) -> Result<(), CrmError> {
    let now = write.now();
    let Some(amount) = store::repurchases::take_waiting(write.db(), customer.id, now).await? else {
        return Ok(());
    };
    let health = Text::joined(&customer.judged.reasons);
    let reason = Text::new(
        format!("应收已结清且客户健康度为绿：{}", health.zh),
        format!("the receivable is cleared and the customer is green: {}", health.en),
    );
    let event = RepurchaseDue {
        customer_id: customer.id.to_string(),
        company: customer.company.clone(),
        industry: customer.industry.clone(),
        region: customer.region.clone(),
        org: customer.org.to_string(),
        owner_id: customer.owner.to_string(),
        reason: Some(reason.clone().into()),
        last_order: Some(amount.into()),
    };
    let entry = Entry::new(&event, customer.id, customer.next_version())?;
    write.record(entry.why(reason));
    Ok(())
}

async fn arm_review(state: &State, write: &mut Write, customer: &mut Customer, facts: &[Fact]) -> Result<(), CrmError> {
    write.disarm(customer.id, REVIEW).await?;
    let stale_after = state.config.health.stale_after_days;
    let Some(due_at) = next_review(facts, customer.last_contact_at, stale_after, write.now()) else {
        return Ok(());
    };
    customer.review_generation += 1;
    let timer = Timer {
        aggregate: "customer",
        aggregate_id: customer.id,
        kind: REVIEW,
        generation: customer.review_generation,
        due_at,
        payload: json!({}),
    };
    Ok(write.arm(timer).await?)
}
