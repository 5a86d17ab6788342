//! The catalogue as different roles see it.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Utc};
use kernel::{Money, Principal};
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use crate::State;
use crate::domain::bom::{Bom, Costing};
use crate::domain::decimal::plain;
use crate::error::Error;
use crate::store::products::{self, Product, ProductVersion};

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProductView {
    pub id: Uuid,
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub unit: String,
    pub category: String,
    /// Percent.
    pub tax_rate: String,
    /// Base price of one unit, without tax.
    pub price: Money,
    /// Only for those who may read costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Money>,
    /// Percent of the price; only for those who may read costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin_percent: Option<String>,
    /// Of the bill of materials behind the price.
    pub number: i32,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

/// A bill of materials and the price computed from it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProductVersionView {
    pub number: i32,
    pub bom: Bom,
    pub costing: Costing,
    pub published_at: DateTime<Utc>,
    pub published_by: Uuid,
}

impl ProductView {
    pub fn new(product: Product, costs: bool) -> Self {
        Self {
            margin_percent: costs.then(|| margin(product.price, product.cost)).flatten(),
            cost: costs.then_some(product.cost),
            id: product.id,
            code: product.code,
            name_zh: product.name_zh,
            name_en: product.name_en,
            unit: product.unit,
            category: product.category,
            tax_rate: plain(product.tax_rate),
            price: product.price,
            number: product.number,
            version: product.version,
            updated_at: product.updated_at,
        }
    }
}

fn margin(price: Money, cost: Money) -> Option<String> {
    let left = price.to_decimal().checked_sub(cost.to_decimal())?.checked_div(price.to_decimal())?;
    Some(plain((left * Decimal::ONE_HUNDRED).round_dp(2)))
}

/// Costs and margins are not for everybody.
pub fn may_read_costs(principal: &Principal, now: DateTime<Utc>) -> bool {
    let catalogue = Resource::tenant_wide(ResourceKind::Product, principal.tenant);
    authz::check(principal, now, Action::ProductReadCost, &catalogue).is_ok()
}

/// Entries after `after` by code, one more than `limit` when there are more.
pub async fn list_products(
    state: &State,
    principal: &Principal,
    category: Option<&str>,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<ProductView>, Error> {
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Product)).await?;
    check_read(state, principal)?;
    let costs = may_read_costs(principal, state.clock.now());
    let found = products::page(&mut tx, category, after, limit).await?;
    Ok(found.into_iter().map(|product| ProductView::new(product, costs)).collect())
}

pub async fn get_product(state: &State, principal: &Principal, id: Uuid) -> Result<ProductView, Error> {
    check_read(state, principal)?;
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Product)).await?;
    let product = products::find(&mut tx, id).await?.ok_or(Error::NotFound("product"))?;
    Ok(ProductView::new(product, may_read_costs(principal, state.clock.now())))
}

/// Every version with its bill of materials; only for those who may read costs.
pub async fn list_versions(state: &State, principal: &Principal, id: Uuid) -> Result<Vec<ProductVersionView>, Error> {
    let catalogue = Resource::tenant_wide(ResourceKind::Product, principal.tenant);
    authz::check(principal, state.clock.now(), Action::ProductReadCost, &catalogue)?;
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Product)).await?;
    products::find(&mut tx, id).await?.ok_or(Error::NotFound("product"))?;
    Ok(products::versions(&mut tx, id).await?.into_iter().map(ProductVersionView::from).collect())
}

fn check_read(state: &State, principal: &Principal) -> Result<(), Error> {
    let catalogue = Resource::tenant_wide(ResourceKind::Product, principal.tenant);
    Ok(authz::check(principal, state.clock.now(), Action::ProductRead, &catalogue)?)
}

impl From<ProductVersion> for ProductVersionView {
    fn from(version: ProductVersion) -> Self {
        Self {
            number: version.number,
            bom: version.bom,
            costing: version.costing,
            published_at: version.published_at,
            published_by: version.published_by,
        }
    }
}
