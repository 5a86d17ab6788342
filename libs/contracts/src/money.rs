//! Money between its protobuf form and the kernel's.

use kernel::{Money, money::MoneyError};

use crate::shared::v1;

impl From<Money> for v1::Money {
    fn from(money: Money) -> Self {
        Self { minor: money.minor, currency: money.currency.as_str().to_owned() }
    }
}

impl TryFrom<v1::Money> for Money {
    type Error = MoneyError;

    fn try_from(money: v1::Money) -> Result<Self, MoneyError> {
        Ok(Self::new(money.minor, money.currency.parse()?))
    }
}
