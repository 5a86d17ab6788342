//! What a quote says, made from what was asked for and from the catalogue.

use chrono::NaiveDate;
use custom_fields::Values;
use kernel::{Currency, FieldError, Text};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::ask_crm::{Customer, Opportunity};
use crate::State;
use crate::domain::quote::{LONGEST_VALIDITY_DAYS, Line, LineRequest, QuoteDocument, Totals, line_faults};
use crate::error::Error;
use crate::store::products;

const LONGEST_NOTE: usize = 2_000;

/// The part of a quote that its author writes.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteContent {
    pub lines: Vec<LineRequest>,
    /// CNY when not given. Products priced in another currency are refused.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// Counted from approval; the configured validity when not given.
    #[serde(default)]
    pub validity_days: Option<i64>,
    pub delivery_date: NaiveDate,
    #[serde(default)]
    pub note: String,
    /// Custom fields are the quote's, not a revision's: they are not printed, and what is not named stays.
    #[serde(default)]
    pub custom: Values,
}

/// Prices the lines as the catalogue stands; names everything that is wrong at once.
pub async fn build(
    state: &State,
    db: &mut PgConnection,
    content: &QuoteContent,
    opportunity: &Opportunity,
    customer: &Customer,
) -> Result<QuoteDocument, Error> {
    let currency = content.currency.unwrap_or(Currency::CNY);
    let validity_days = content.validity_days.unwrap_or(state.config.default_validity_days);
    let mut faults = line_faults(&content.lines);
    faults.extend(general_faults(state, content, validity_days));
    let codes: Vec<_> = content.lines.iter().map(|line| line.product_code.clone()).collect();
    let known = products::with_codes(db, &codes).await?;
    let mut lines = Vec::with_capacity(content.lines.len());
    for (at, request) in content.lines.iter().enumerate() {
        let field = format!("lines[{at}].product_code");
        match known.iter().find(|product| product.code == request.product_code) {
            None => faults.push(FieldError::new(
                field,
                "product_unknown",
                Text::new("没有这个产品", "is not in the catalogue"),
            )),
            Some(product) if product.price.currency != currency => faults.push(mixed(field, currency)),
            Some(product) if faults.is_empty() => lines.push(Line::price(request, &product.priced())?),
            Some(_) => {}
        }
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    Ok(QuoteDocument {
        company: customer.company.clone(),
        subject: opportunity.subject.clone(),
        customer_grade: customer.grade.clone(),
        store_tier: customer.store_tier.clone(),
        totals: Totals::of(&lines, currency)?,
        lines,
        validity_days,
        delivery_date: content.delivery_date,
        note: content.note.trim().to_owned(),
    })
}

fn general_faults(state: &State, content: &QuoteContent, validity_days: i64) -> Vec<FieldError> {
    let mut faults = Vec::new();
    if !(1..=LONGEST_VALIDITY_DAYS).contains(&validity_days) {
        let reason = Text::new("须在 1 到 365 天之间", "must be between 1 and 365 days");
        faults.push(FieldError::new("validity_days", "out_of_range", reason));
    }
    if content.delivery_date <= process::calendar::shanghai(state.clock.now()).date_naive() {
        let reason = Text::new("交付日期必须晚于今天", "must lie after today");
        faults.push(FieldError::new("delivery_date", "delivery_in_past", reason));
    }
    if content.note.chars().count() > LONGEST_NOTE {
        let reason = Text::new(format!("最多 {LONGEST_NOTE} 个字符"), format!("at most {LONGEST_NOTE} characters"));
        faults.push(FieldError::new("note", "too_long", reason));
    }
    faults
}

fn mixed(field: String, currency: Currency) -> FieldError {
    let code = currency.as_str();
    let reason = Text::new(format!("该产品不以 {code} 定价"), format!("is not priced in {code}"));
    FieldError::new(field, "currency_mismatch", reason)
}

/// SHA-256 of a revision's content: the same text always gives the same hash.
pub fn content_sha256(number: &str, revision: i32, document: &QuoteDocument) -> Result<String, Error> {
    let text = serde_json::to_string(&(number, revision, document));
    let text = text.map_err(|error| Error::Corrupt("quote document", error.to_string()))?;
    Ok(hex::encode(Sha256::digest(text)))
}
