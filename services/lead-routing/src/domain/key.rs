//! What a company is recognised by.

use kernel::choices;

choices! {
    /// The kind of a key. The order is that of how much a match says.
    KeyKind {
        /// The sender's own number: the very same lead, handed in again.
        Reference = "reference",
        CreditCode = "credit_code",
        Phone = "phone",
        CompanyName = "company_name",
        Domain = "domain",
    }
}

impl KeyKind {
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
