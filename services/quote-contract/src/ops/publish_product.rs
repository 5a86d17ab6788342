//! Puts a product into the catalogue, or the next version of one, with its base price computed.

use authz::{Action, Resource, ResourceKind};
use contracts::quote_contract::v1::ProductPublished;
use journal::{Caller, Entry};
use kernel::{Currency, FieldError, Text};
use rust_decimal::Decimal;
use serde::Deserialize;

use super::read_catalogue::ProductView;
use crate::State;
use crate::domain::bom::Bom;
use crate::domain::decimal::check_range;
use crate::error::Error;
use crate::store::products::{self, Product, ProductVersion};

/// A catalogue entry as product managers write it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProduct {
    /// The same code again publishes the next version.
    pub code: String,
    pub name_zh: String,
    #[serde(default)]
    pub name_en: String,
    /// Such as 台 or 套.
    pub unit: String,
    pub category: String,
    /// Percent.
    #[schema(value_type = String, example = "13")]
    pub tax_rate: Decimal,
    pub currency: Currency,
    pub bom: Bom,
    /// Percent of the price without tax.
    #[schema(value_type = String, example = "35")]
    pub target_margin_percent: Decimal,
}

impl NewProduct {
    fn faults(&self) -> Vec<FieldError> {
        let mut faults = self.bom.faults(self.currency, self.target_margin_percent);
        faults.extend(check_range("tax_rate", self.tax_rate, 0, 100));
        let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if self.code.is_empty() || self.code.len() > 40 || !self.code.chars().all(legal) {
            let reason = Text::new("1–40 个字母、数字、-、. 或 _", "1 to 40 letters, digits, '-', '.' or '_'");
            faults.push(FieldError::new("code", "malformed", reason));
        }
        for (field, value, required) in [
            ("name_zh", &self.name_zh, true),
            ("name_en", &self.name_en, false),
            ("unit", &self.unit, true),
            ("category", &self.category, true),
        ] {
            faults.extend(check_length(field, value, required));
        }
        faults
    }
}

fn check_length(field: &str, value: &str, required: bool) -> Option<FieldError> {
    if required && value.trim().is_empty() {
        return Some(FieldError::required(field));
    }
    (value.chars().count() > 120)
        .then(|| FieldError::new(field, "too_long", Text::new("最多 120 个字符", "at most 120 characters")))
}

#[tracing::instrument(name = "quote_contract.publish_product", skip_all, fields(code = %input.code))]
pub async fn publish_product(state: &State, caller: &Caller, input: NewProduct) -> Result<ProductView, Error> {
    let mut write = state.journal.begin(caller).await?;
    let tenant = caller.tenant();
    let catalogue = Resource::tenant_wide(ResourceKind::Product, tenant);
    authz::check(&caller.principal, write.now(), Action::ProductWrite, &catalogue)?;
    let faults = input.faults();
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let costing = input.bom.costing(input.currency, input.target_margin_percent)?;
    let before = products::lock_by_code(write.db(), tenant, &input.code).await?;
    let product = Product {
        id: before.as_ref().map_or_else(|| write.new_id(), |product| product.id),
        code: input.code,
        name_zh: input.name_zh,
        name_en: input.name_en,
        unit: input.unit,
        category: input.category,
        tax_rate: input.tax_rate,
        price: costing.price,
        cost: costing.cost,
        number: before.as_ref().map_or(1, |product| product.number + 1),
        version: before.as_ref().map_or(1, |product| product.version + 1),
        updated_at: write.now(),
    };
    let version = ProductVersion {
        number: product.number,
        bom: input.bom,
        costing,
        published_at: write.now(),
        published_by: caller.principal.id,
    };
    products::save(write.db(), tenant, &product).await?;
    products::insert_version(write.db(), tenant, product.id, &version).await?;
    let published = ProductPublished {
        product_id: product.id.to_string(),
        code: product.code.clone(),
        number: product.number,
        price: Some(product.price.into()),
    };
    let from = before.map_or_else(String::new, |before| before.price.to_string());
    write.record(Entry::new(&published, product.id, product.version)?.change(from, product.price.to_string()));
    let costs = super::read_catalogue::may_read_costs(&caller.principal, write.now());
    Ok(write.commit(ProductView::new(product, costs)).await?)
}
