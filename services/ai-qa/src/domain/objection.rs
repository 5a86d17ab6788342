//! What customers have objected, to practise on.

use chrono::{DateTime, Utc};
use kernel::{FieldError, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::fields::Fields;

const LONGEST_TEXT: usize = 500;
const LONGEST_INDUSTRY: usize = 50;

/// An objection as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Objection {
    pub id: Uuid,
    pub text: String,
    pub industry: Option<String>,
    pub customer_id: Option<Uuid>,
    pub created_by: Uuid,
    pub created_at: DateTime<Utc>,
    pub version: i64,
}

/// An objection as a coach writes it: of an industry, of one customer, or both.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectionInput {
    /// The customer's words, at most 500 characters.
    pub text: String,
    pub industry: Option<String>,
    pub customer_id: Option<Uuid>,
}

impl ObjectionInput {
    /// The same without surrounding blanks; everything that is wrong at once.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let text = fields.required("text", &self.text, LONGEST_TEXT);
        let industry = fields.optional("industry", self.industry.as_deref(), LONGEST_INDUSTRY);
        if industry.is_none() && self.customer_id.is_none() {
            let reason = Text::new("请填写行业或客户", "an industry or a customer is required");
            fields.wrong("industry", "required", reason);
        }
        fields.into_errors()?;
        Ok(Self { text, industry, customer_id: self.customer_id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_objection_has_words_and_belongs_somewhere() {
        let input = |text: &str, industry: Option<&str>| ObjectionInput {
            text: text.into(),
            industry: industry.map(str::to_owned),
            customer_id: None,
        };
        assert_eq!(input(" 太贵 ", Some("家具")).checked().unwrap().text, "太贵");
        let wrong = input("", Some(" ")).checked().unwrap_err();
        assert_eq!(wrong.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["text", "industry"]);
    }
}
