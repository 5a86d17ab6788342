//! What a company is recognised by.

use kernel::{Text, choices};

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
    pub fn reason(self) -> Text {
        match self {
            Self::Reference => Text::new("外部编号相同", "the same reference"),
            Self::CreditCode => Text::new("统一社会信用代码相同", "the same credit code"),
            Self::Phone => Text::new("联系电话相同", "the same telephone number"),
            Self::CompanyName => Text::new("公司名称相同", "the same company name"),
            Self::Domain => Text::new("企业域名相同", "the same company domain"),
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
