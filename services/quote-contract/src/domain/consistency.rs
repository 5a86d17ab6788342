//! Does a quote fit together, and does it fit what else is known? Every finding has a name.

use chrono::NaiveDate;
use kernel::{FieldError, Money, Text};
use serde::Serialize;

use super::quote::{Line, LineRequest, QuoteDocument, Totals};

/// What the world outside the quote says.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// In Shanghai.
    pub today: NaiveDate,
    pub authorised_low: Option<Money>,
    pub authorised_high: Option<Money>,
    /// Free slots in the week of the delivery date; `None` when delivery could not be asked.
    pub free_slots: Option<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The quote cannot be submitted like this.
    Error,
    /// Somebody should look.
    Warning,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Finding {
    pub severity: Severity,
    #[serde(flatten)]
    pub what: FieldError,
}

/// Checks lines, totals, tax, dates, currency, budget range and lead time.
pub fn check(document: &QuoteDocument, around: Surroundings) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, line) in document.lines.iter().enumerate() {
        findings.extend(check_line(&format!("lines[{at}]"), line));
    }
    findings.extend(check_totals(document));
    findings.extend(check_currency(document));
    findings.extend(check_dates(document, around.today));
    findings.extend(check_range(document.totals.total, around));
    findings.extend(check_capacity(document.delivery_date, around.free_slots));
    findings
}

/// The findings that keep a quote from being submitted.
pub fn errors(findings: &[Finding]) -> Vec<FieldError> {
    findings.iter().filter(|one| one.severity == Severity::Error).map(|one| one.what.clone()).collect()
}

fn error(field: impl Into<String>, code: &str, zh: &str, en: &str) -> Finding {
    Finding { severity: Severity::Error, what: FieldError::new(field, code, Text::new(zh, en)) }
}

fn warning(field: impl Into<String>, code: &str, zh: &str, en: &str) -> Finding {
    Finding { severity: Severity::Warning, what: FieldError::new(field, code, Text::new(zh, en)) }
}

fn check_line(path: &str, line: &Line) -> Option<Finding> {
    let request = LineRequest {
        product_code: line.product_code.clone(),
        quantity: line.quantity,
        discount_percent: line.discount_percent,
    };
    let product = super::quote::PricedProduct {
        code: line.product_code.clone(),
        number: line.product_number,
        name_zh: line.name_zh.clone(),
        name_en: line.name_en.clone(),
        category: line.category.clone(),
        unit: line.unit.clone(),
        tax_rate: line.tax_rate,
        price: line.list_price,
        cost: line.unit_cost,
    };
    let again = Line::price(&request, &product);
    (again.as_ref() != Ok(line)).then(|| {
        error(
            path,
            "line_mismatch",
            "金额或税额与数量、单价、折扣不符",
            "amount or tax does not follow from quantity, price and discount",
        )
    })
}

fn check_totals(document: &QuoteDocument) -> Option<Finding> {
    let again = Totals::of(&document.lines, document.totals.total.currency);
    (again != Ok(document.totals))
        .then(|| error("totals", "total_mismatch", "合计与各行之和不符", "the totals are not the sum of the lines"))
}

fn check_currency(document: &QuoteDocument) -> Option<Finding> {
    let currency = document.totals.total.currency;
    let at = document.lines.iter().position(|line| line.list_price.currency != currency)?;
    Some(error(
        format!("lines[{at}]"),
        "currency_mismatch",
        "币种与报价单不一致",
        "is in another currency than the quote",
    ))
}

fn check_dates(document: &QuoteDocument, today: NaiveDate) -> Option<Finding> {
    (document.delivery_date <= today).then(|| {
        error("delivery_date", "delivery_in_past", "交付日期必须晚于今天", "the delivery date must lie after today")
    })
}

fn check_range(total: Money, around: Surroundings) -> Option<Finding> {
    let comparable = |limit: &Money| limit.currency == total.currency;
    let other = around.authorised_low.or(around.authorised_high).filter(|limit| !comparable(limit));
    if other.is_some() {
        return Some(error(
            "totals.total",
            "currency_mismatch",
            "币种与授权预算不一致",
            "is in another currency than the authorised range",
        ));
    }
    if around.authorised_low.is_some_and(|low| total.minor < low.minor) {
        return Some(warning(
            "totals.total",
            "below_authorised_range",
            "低于财务授权范围，需要审批",
            "below the authorised range; needs approval",
        ));
    }
    around
        .authorised_high
        .is_some_and(|high| total.minor > high.minor)
        .then(|| warning("totals.total", "above_authorised_range", "高于财务授权范围", "above the authorised range"))
}

fn check_capacity(date: NaiveDate, free_slots: Option<i32>) -> Option<Finding> {
    free_slots.is_some_and(|free| free <= 0).then(|| {
        let zh = format!("{date} 所在周的交付产能已满");
        let en = format!("the delivery week of {date} is full");
        warning("delivery_date", "delivery_week_full", &zh, &en)
    })
}

#[cfg(test)]
mod tests {
    use kernel::Currency;
    use rust_decimal::Decimal;

    use super::*;
    use crate::domain::quote::tests::line;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn document() -> QuoteDocument {
        let lines = vec![line(10_000, 5_000, Decimal::from(2), Decimal::from(5))];
        QuoteDocument {
            company: "临溪水务有限公司".into(),
            subject: "泵站改造".into(),
            customer_grade: "B".into(),
            store_tier: "standard".into(),
            totals: Totals::of(&lines, Currency::CNY).expect("in range"),
            lines,
            validity_days: 30,
            delivery_date: day("2027-03-01"),
            note: String::new(),
        }
    }

    fn around() -> Surroundings {
        Surroundings { today: day("2027-01-04"), authorised_low: None, authorised_high: None, free_slots: None }
    }

    fn codes(document: &QuoteDocument, around: Surroundings) -> Vec<String> {
        check(document, around).into_iter().map(|finding| finding.what.code).collect()
    }

    #[test]
    fn a_sound_quote_has_no_findings() {
        assert!(codes(&document(), around()).is_empty());
    }

    #[test]
    fn every_kind_of_contradiction_is_named() {
        let mut wrong = document();
        wrong.lines[0].net = Money::cny(1);
        wrong.delivery_date = day("2027-01-04");
        let around = Surroundings { authorised_low: Some(Money::cny(9_999_999)), free_slots: Some(0), ..around() };
        assert_eq!(
            codes(&wrong, around),
            ["line_mismatch", "total_mismatch", "delivery_in_past", "below_authorised_range", "delivery_week_full"]
        );
    }

    #[test]
    fn another_currency_than_the_range_is_an_error_and_a_high_total_a_warning() {
        let foreign = Surroundings { authorised_low: Some(Money::new(1, Currency::USD)), ..around() };
        assert_eq!(errors(&check(&document(), foreign)).len(), 1);
        let high = Surroundings { authorised_high: Some(Money::cny(1)), ..around() };
        assert_eq!(codes(&document(), high), ["above_authorised_range"]);
        assert!(errors(&check(&document(), high)).is_empty());
    }
}
