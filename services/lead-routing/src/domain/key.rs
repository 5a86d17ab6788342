//! What a company is recognised by.

use serde::{Deserialize, Serialize};

/// The kind of a key. The order is that of how much a match says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// The sender's own number: the very same lead, handed in again.
    Reference,
    CreditCode,
    Phone,
    CompanyName,
    Domain,
}

impl KeyKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::CreditCode => "credit_code",
            Self::Phone => "phone",
            Self::CompanyName => "company_name",
            Self::Domain => "domain",
        }
    }

    /// Why a match on this key means the same company, for people.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Reference => "外部编号相同",
            Self::CreditCode => "统一社会信用代码相同",
            Self::Phone => "联系电话相同",
            Self::CompanyName => "公司名称相同",
            Self::Domain => "企业域名相同",
        }
    }

    /// The kind with this stored name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Reference, Self::CreditCode, Self::Phone, Self::CompanyName, Self::Domain]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// One key of a lead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub kind: KeyKind,
    pub value: String,
}

impl Key {
    pub fn new(kind: KeyKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into() }
    }
}
