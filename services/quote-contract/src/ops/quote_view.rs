//! A quote as clients see it.

use chrono::{DateTime, NaiveDate, Utc};
use custom_fields::Values;
use kernel::Money;
use serde::Serialize;
use uuid::Uuid;

use crate::domain::decimal::plain;
use crate::domain::quote::{Line, Totals, margin_percent};
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;
use crate::store::quotes::Quote;
use crate::store::revisions::QuoteRevision;

/// One row of the list.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct QuoteSummary {
    pub id: Uuid,
    pub number: String,
    pub opportunity_id: Uuid,
    pub customer_id: Uuid,
    pub company: String,
    /// What the opportunity is about.
    pub subject: String,
    pub owner_id: Uuid,
    pub org: String,
    /// The latest revision and where it stands.
    pub revision: i32,
    pub status: QuoteStatus,
    pub total: Money,
    pub custom: Values,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A quote with what its latest revision says.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct QuoteView {
    #[serde(flatten)]
    pub quote: QuoteSummary,
    pub current: RevisionView,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct RevisionView {
    pub revision: i32,
    pub status: QuoteStatus,
    pub subject: String,
    pub customer_grade: String,
    pub store_tier: String,
    pub lines: Vec<LineView>,
    pub totals: Totals,
    /// Percent of the net; only for those who may read costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin_percent: Option<String>,
    pub validity_days: i64,
    pub delivery_date: NaiveDate,
    pub note: String,
    pub content_sha256: String,
    pub verification_code: String,
    pub submitted_by: Option<Uuid>,
    pub approval_id: Option<Uuid>,
    pub approved_by: Option<Uuid>,
    /// `authority` or `approval`.
    pub approved_how: Option<String>,
    pub approved_at: Option<DateTime<Utc>>,
    pub valid_until: Option<DateTime<Utc>>,
    pub sent_at: Option<DateTime<Utc>>,
    /// Of the file that was sent.
    pub pdf_sha256: Option<String>,
    pub created_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct LineView {
    pub product_code: String,
    pub product_number: i32,
    pub name_zh: String,
    pub name_en: String,
    pub category: String,
    pub unit: String,
    pub quantity: String,
    pub list_price: Money,
    pub discount_percent: String,
    pub tax_rate: String,
    pub net: Money,
    pub tax: Money,
    /// Only for those who may read costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_cost: Option<Money>,
}

impl From<&Quote> for QuoteSummary {
    fn from(quote: &Quote) -> Self {
        Self {
            id: quote.id,
            number: quote.number.clone(),
            opportunity_id: quote.opportunity_id,
            customer_id: quote.customer_id,
            company: quote.company.clone(),
            subject: quote.subject.clone(),
            owner_id: quote.owner_id,
            org: quote.org.to_string(),
            revision: quote.revision,
            status: quote.status,
            total: quote.total,
            custom: quote.custom.clone(),
            version: quote.version,
            created_at: quote.created_at,
            updated_at: quote.updated_at,
        }
    }
}

impl QuoteView {
    pub fn new(quote: &Quote, revision: QuoteRevision, costs: bool) -> Result<Self, Error> {
        Ok(Self { quote: quote.into(), current: RevisionView::new(revision, costs)? })
    }
}

impl RevisionView {
    pub fn new(revision: QuoteRevision, costs: bool) -> Result<Self, Error> {
        let document = revision.document;
        let margin = if costs { margin_percent(&document.lines, &document.totals)? } else { None };
        Ok(Self {
            revision: revision.revision,
            status: revision.status,
            subject: document.subject,
            customer_grade: document.customer_grade,
            store_tier: document.store_tier,
            lines: document.lines.into_iter().map(|line| LineView::new(line, costs)).collect(),
            totals: document.totals,
            margin_percent: margin.map(plain),
            validity_days: document.validity_days,
            delivery_date: document.delivery_date,
            note: document.note,
            content_sha256: revision.content_sha256,
            verification_code: revision.verification_code,
            submitted_by: revision.submitted_by,
            approval_id: revision.approval_id,
            approved_by: revision.approved_by,
            approved_how: revision.approved_how,
            approved_at: revision.approved_at,
            valid_until: revision.valid_until,
            sent_at: revision.sent_at,
            pdf_sha256: revision.pdf_sha256,
            created_at: revision.created_at,
        })
    }
}

impl LineView {
    pub fn new(line: Line, costs: bool) -> Self {
        Self {
            product_code: line.product_code,
            product_number: line.product_number,
            name_zh: line.name_zh,
            name_en: line.name_en,
            category: line.category,
            unit: line.unit,
            quantity: plain(line.quantity),
            list_price: line.list_price,
            discount_percent: plain(line.discount_percent),
            tax_rate: plain(line.tax_rate),
            net: line.net,
            tax: line.tax,
            unit_cost: costs.then_some(line.unit_cost),
        }
    }
}
