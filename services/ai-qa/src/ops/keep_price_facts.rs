//! The numbers that answers are held against, kept as one list.

use contracts::ai_qa::v1::PriceFactsChanged;
use journal::{Caller, Entry};
use kernel::{FieldError, Text};
use runtime::http::IfMatch;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::keep_talk_track::begin;
use crate::app::State;
use crate::domain::scoring::PriceFact;
use crate::error::AiQaError;
use crate::store;

const MOST: usize = 5_000;

/// The whole list.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceFacts {
    /// At most 5000.
    pub facts: Vec<PriceFact>,
}

/// Puts a new list in place of the one that was seen; answers its version too.
#[tracing::instrument(name = "ai_qa.keep_price_facts", skip_all)]
pub async fn keep_price_facts(
    state: &State,
    caller: &Caller,
    seen: IfMatch,
    input: PriceFacts,
) -> Result<(i64, PriceFacts), AiQaError> {
    let mut write = begin(state, caller).await?;
    check(&input.facts)?;
    let (_, version) = store::price_facts::find(write.db()).await?;
    seen.check(version)?;
    let (version, by, now) = (version + 1, caller.principal.id, write.now());
    store::price_facts::save(write.db(), caller.tenant(), &input.facts, version, by, now).await?;
    let event = PriceFactsChanged { facts: u32::try_from(input.facts.len()).unwrap_or(u32::MAX), version };
    write.record(Entry::new(&event, caller.tenant().0, version)?);
    Ok(write.commit((version, input)).await?)
}

fn check(facts: &[PriceFact]) -> Result<(), AiQaError> {
    if facts.len() > MOST {
        let reason = Text::new("最多 5000 条", "are more than 5000");
        return Err(AiQaError::Invalid(vec![FieldError::new("facts", "too_many", reason)]));
    }
    let wrong = |(at, fact): (usize, &PriceFact)| {
        let reason = Text::new("不能为负数", "must not be negative");
        (fact.value < Decimal::ZERO).then(|| FieldError::new(format!("facts[{at}].value"), "out_of_range", reason))
    };
    let wrong: Vec<_> = facts.iter().enumerate().filter_map(wrong).collect();
    if wrong.is_empty() { Ok(()) } else { Err(AiQaError::Invalid(wrong)) }
}
