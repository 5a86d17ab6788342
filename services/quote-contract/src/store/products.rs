//! The catalogue and every version of it.

use chrono::{DateTime, Utc};
use kernel::{Currency, Money, TenantId};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::parsed;
use crate::domain::bom::{Bom, Costing};
use crate::domain::quote::PricedProduct;
use crate::error::Error;

/// A catalogue entry.
#[derive(Clone, Debug)]
pub struct Product {
    pub id: Uuid,
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub unit: String,
    pub category: String,
    pub tax_rate: Decimal,
    pub price: Money,
    pub cost: Money,
    /// Of the bill of materials the price was computed from.
    pub number: i32,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

/// A bill of materials and the price that followed from it.
#[derive(Clone, Debug)]
pub struct ProductVersion {
    pub number: i32,
    pub bom: Bom,
    pub costing: Costing,
    pub published_at: DateTime<Utc>,
    pub published_by: Uuid,
}

struct Row {
    id: Uuid,
    code: String,
    name_zh: String,
    name_en: String,
    unit: String,
    category: String,
    tax_rate: String,
    currency: String,
    price: i64,
    cost: i64,
    number: i32,
    version: i64,
    updated_at: DateTime<Utc>,
}

impl Row {
    fn read(self) -> Result<Product, Error> {
        let currency: Currency = parsed("products.currency", &self.currency)?;
        Ok(Product {
            id: self.id,
            code: self.code,
            name_zh: self.name_zh,
            name_en: self.name_en,
            unit: self.unit,
            category: self.category,
            tax_rate: parsed("products.tax_rate", &self.tax_rate)?,
            price: Money::new(self.price, currency),
            cost: Money::new(self.cost, currency),
            number: self.number,
            version: self.version,
            updated_at: self.updated_at,
        })
    }
}

impl Product {
    pub fn priced(&self) -> PricedProduct {
        PricedProduct {
            code: self.code.clone(),
            number: self.number,
            name_zh: self.name_zh.clone(),
            name_en: self.name_en.clone(),
            category: self.category.clone(),
            unit: self.unit.clone(),
            tax_rate: self.tax_rate,
            price: self.price,
            cost: self.cost,
        }
    }
}

/// Loads an entry to publish its next version; others wait.
pub async fn lock_by_code(db: &mut PgConnection, tenant: TenantId, code: &str) -> Result<Option<Product>, Error> {
    let row = sqlx::query_as!(
        Row,
        "select id, code, name_zh, name_en, unit, category, tax_rate, currency, price, cost, number, version, updated_at
         from quote_contract.products where tenant_id = $1 and code = $2 for update",
        tenant.0,
        code,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Product>, Error> {
    let row = sqlx::query_as!(
        Row,
        "select id, code, name_zh, name_en, unit, category, tax_rate, currency, price, cost, number, version, updated_at
         from quote_contract.products where id = $1",
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// The entries with these codes, in no particular order.
pub async fn with_codes(db: &mut PgConnection, codes: &[String]) -> Result<Vec<Product>, Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, code, name_zh, name_en, unit, category, tax_rate, currency, price, cost, number, version, updated_at
         from quote_contract.products where code = any($1)",
        codes,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Entries after `after` by code, of one category when given.
pub async fn page(
    db: &mut PgConnection,
    category: Option<&str>,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Product>, Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, code, name_zh, name_en, unit, category, tax_rate, currency, price, cost, number, version, updated_at
         from quote_contract.products
         where ($1::text is null or category = $1) and ($2::text is null or code > $2)
         order by code limit $3",
        category,
        after,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Stores the entry as it is now, new or changed.
pub async fn save(db: &mut PgConnection, tenant: TenantId, product: &Product) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into quote_contract.products
             (tenant_id, id, code, name_zh, name_en, unit, category, tax_rate, currency, price, cost, number, version, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict (id) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, unit = excluded.unit,
             category = excluded.category, tax_rate = excluded.tax_rate, currency = excluded.currency,
             price = excluded.price, cost = excluded.cost, number = excluded.number, version = excluded.version,
             updated_at = excluded.updated_at",
        tenant.0,
        product.id,
        product.code,
        product.name_zh,
        product.name_en,
        product.unit,
        product.category,
        product.tax_rate.to_string(),
        product.price.currency.as_str(),
        product.price.minor,
        product.cost.minor,
        product.number,
        product.version,
        product.updated_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn insert_version(
    db: &mut PgConnection,
    tenant: TenantId,
    product: Uuid,
    version: &ProductVersion,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into quote_contract.product_versions (tenant_id, product_id, number, bom, costing, published_at, published_by)
         values ($1, $2, $3, $4, $5, $6, $7)",
        tenant.0,
        product,
        version.number,
        Json(&version.bom) as _,
        Json(&version.costing) as _,
        version.published_at,
        version.published_by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every version of an entry, newest first.
pub async fn versions(db: &mut PgConnection, product: Uuid) -> sqlx::Result<Vec<ProductVersion>> {
    let rows = sqlx::query!(
        r#"select number, bom as "bom: Json<Bom>", costing as "costing: Json<Costing>", published_at, published_by
           from quote_contract.product_versions where product_id = $1 order by number desc"#,
        product,
    )
    .fetch_all(db)
    .await?;
    let version = |number, bom: Json<Bom>, costing: Json<Costing>, published_at, published_by| ProductVersion {
        number,
        bom: bom.0,
        costing: costing.0,
        published_at,
        published_by,
    };
    Ok(rows
        .into_iter()
        .map(|row| version(row.number, row.bom, row.costing, row.published_at, row.published_by))
        .collect())
}
