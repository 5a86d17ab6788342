//! What the price list says, which numbers in an answer are held against.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

kernel::choices! {
    /// What a listed number is about, and its unit.
    FactKind {
        /// Yuan for one unit of the product.
        Price = "price",
        /// The largest discount a rep may name, in percent off the price.
        DiscountCeiling = "discount_ceiling",
        /// Days from order to delivery.
        LeadTime = "lead_time",
        /// Months.
        Warranty = "warranty",
        /// Days.
        PaymentTerm = "payment_term",
        /// Units.
        MinimumOrder = "minimum_order",
    }
}

/// One number of the price list or of company policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PriceFact {
    /// Empty when it holds for everything.
    pub product: String,
    /// Other names people use for the product.
    #[serde(default)]
    pub aliases: Vec<String>,
    pub kind: FactKind,
    #[schema(value_type = String)]
    pub value: Decimal,
}
