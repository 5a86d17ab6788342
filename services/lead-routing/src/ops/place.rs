//! Finds who gets a lead and counts it for them, inside the write that records it.
//!
//! The choice is made from a plain read; carrying it out takes the first person of the order whose row nobody else
//! holds and whose revision is still the one that was read. So concurrent leads spread over people without a lock
//! on the tenant, and nobody gets more than their limits allow.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use journal::Write;
use kernel::{OrgPath, Text};
use uuid::Uuid;

use super::rulebook::{self, Rulebook};
use crate::app::State;
use crate::domain::assignment::How;
use crate::domain::availability::{Circumstances, Unfit};
use crate::domain::condition::Facts;
use crate::domain::deadline::Limits;
use crate::domain::explanation::Explanation;
use crate::domain::rep::{Rep, day_of};
use crate::domain::route::{self, DecidingRule, Decision, Outcome, Question, Splits};
use crate::error::LeadError;
use crate::store;
use crate::store::reps::Field;

const ATTEMPTS: usize = 3;

/// Where a lead goes, already counted.
pub struct Placement {
    pub goes_to: GoesTo,
    pub rule: Option<DecidingRule>,
    pub explanation: Explanation,
    pub limits: Limits,
}

pub enum GoesTo {
    Rep(Box<Rep>, How),
    /// The pool of this node, or of where the lead is.
    Pool(Option<OrgPath>),
}

/// Whether to wait for the best person when others are being given leads at this moment. Only for writes that
/// hold no other person's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    Wait,
    Never,
}

/// Places a lead. People in `without` do not get it.
pub async fn place(
    state: &State,
    write: &mut Write,
    facts: &Facts,
    without: &[Uuid],
    patience: Patience,
) -> Result<Placement, LeadError> {
    let (tenant, now) = (write.caller().tenant(), write.now());
    for attempt in 0..ATTEMPTS {
        let (book, field) = look(state, write, facts).await?;
        let splits = splits(write, &book).await?;
        let around = Circumstances { now, calendars: &state.calendars, without, novice_limit: state.novice_limit };
        let decision = route::route(Question { facts, rules: &book.rules, reps: &field.reps, splits: &splits, around });
        let order = match &decision.outcome {
            Outcome::Reps(order) => order.clone(),
            Outcome::FallbackOwner(id) => return fall_back(write, *id, field, decision, book.limits).await,
            Outcome::Queue(node) => return Ok(to_pool(node.clone(), decision, book.limits)),
        };
        if let Some(taken) = take(write, &order, &field.reps, now).await? {
            return given(write, taken, &order, &field.reps, decision, &book).await;
        }
        if attempt == 0 && patience == Patience::Wait {
            store::reps::wait_for(write.db(), tenant.0, order[0]).await?;
        }
        if attempt + 1 == ATTEMPTS {
            return Ok(everybody_taken(decision, book.limits));
        }
    }
    Err(LeadError::NotARep)
}

/// The rules, and the people that those which match may choose from. Rules that have changed are read again.
async fn look(state: &State, write: &mut Write, facts: &Facts) -> Result<(Arc<Rulebook>, Field), LeadError> {
    let tenant = write.caller().tenant();
    let mut book = match state.rulebooks.remembered(tenant) {
        Some(book) => book,
        None => rulebook::read(state, write.db(), tenant).await?,
    };
    loop {
        let (people, nodes) = route::reach(&book.rules, facts);
        let field = store::reps::field(write.db(), tenant.0, &people, &nodes).await?;
        if (field.rules_version, field.process_version) == book.versions {
            return Ok((book, field));
        }
        book = rulebook::read(state, write.db(), tenant).await?;
    }
}

async fn splits(write: &mut Write, book: &Rulebook) -> Result<Splits, LeadError> {
    let rules: Vec<Uuid> = book.rules.iter().filter(|rule| !rule.action.split.is_empty()).map(|rule| rule.id).collect();
    if rules.is_empty() {
        return Ok(Splits::new());
    }
    let tenant = write.caller().tenant();
    Ok(store::shares::of_rules(write.db(), tenant.0, &rules).await?)
}

async fn take(write: &mut Write, order: &[Uuid], reps: &[Rep], now: DateTime<Utc>) -> Result<Option<Uuid>, LeadError> {
    let revision = |id: &Uuid| reps.iter().find(|rep| rep.person_id == *id).map(|rep| (*id, rep.revision));
    let wanted: Vec<(Uuid, i64)> = order.iter().filter_map(revision).collect();
    let tenant = write.caller().tenant();
    Ok(store::reps::take_first(write.db(), tenant.0, &wanted, day_of(now), now).await?)
}

async fn given(
    write: &mut Write,
    taken: Uuid,
    order: &[Uuid],
    reps: &[Rep],
    mut decision: Decision,
    book: &Rulebook,
) -> Result<Placement, LeadError> {
    let tenant = write.caller().tenant();
    if let Some(rule) = decision.rule.as_ref().filter(|rule| rule.splits) {
        store::shares::add(write.db(), tenant.0, rule.id, taken).await?;
    }
    let find = |id: Uuid| reps.iter().find(|rep| rep.person_id == id);
    let rule = decision.rule.as_ref().and_then(|decided| book.rules.iter().find(|rule| rule.id == decided.id));
    let before = order.iter().take_while(|id| **id != taken).filter_map(|id| find(*id));
    if let Some(rule) = rule {
        decision.explanation.skipped.extend(before.map(|rep| route::skipped(rep, rule, &Unfit::Taken)));
    }
    decision.explanation.choose(taken);
    let rep = find(taken).cloned().ok_or(LeadError::NotARep)?;
    let Decision { rule, explanation, .. } = decision;
    Ok(Placement { goes_to: GoesTo::Rep(Box::new(rep), How::Rule), rule, explanation, limits: book.limits })
}

async fn fall_back(
    write: &mut Write,
    id: Uuid,
    field: Field,
    decision: Decision,
    limits: Limits,
) -> Result<Placement, LeadError> {
    let (tenant, now) = (write.caller().tenant(), write.now());
    let rep = field.reps.into_iter().find(|rep| rep.person_id == id).ok_or(LeadError::NotARep)?;
    store::reps::give(write.db(), tenant.0, id, day_of(now), now).await?;
    let Decision { rule, explanation, .. } = decision;
    Ok(Placement { goes_to: GoesTo::Rep(Box::new(rep), How::Fallback), rule, explanation, limits })
}

fn to_pool(node: Option<OrgPath>, decision: Decision, limits: Limits) -> Placement {
    Placement { goes_to: GoesTo::Pool(node), rule: decision.rule, explanation: decision.explanation, limits }
}

fn everybody_taken(mut decision: Decision, limits: Limits) -> Placement {
    decision.explanation.choose(Uuid::nil());
    decision.explanation.remarks.push(Text::new(
        "候选人此刻都在接收其他线索，稍后自动重试",
        "everybody who fits is being given another lead just now; it is tried again soon",
    ));
    to_pool(None, decision, limits)
}
