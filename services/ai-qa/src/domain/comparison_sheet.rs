//! How we compare with a competitor, row by row.

use chrono::{DateTime, Utc};
use kernel::{FieldError, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::fields::Fields;

const LONGEST_NAME: usize = 50;
const LONGEST_CELL: usize = 300;
const LONGEST_CASE: usize = 2_000;
const MOST: usize = 30;

/// One aspect, such as price, lead time or warranty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ComparisonRow {
    pub aspect: String,
    pub ours: String,
    pub theirs: String,
}

/// What stands on a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetInput {
    /// The competitor's name; one sheet each.
    pub competitor: String,
    /// Other names people use, such as its brand.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// 1 to 30.
    pub rows: Vec<ComparisonRow>,
    /// Where we won against it.
    pub success_case: Option<String>,
}

/// A comparison sheet as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ComparisonSheet {
    pub id: Uuid,
    #[serde(flatten)]
    pub sheet: SheetInput,
    pub created_by: Uuid,
    pub created_at: DateTime<Utc>,
    pub version: i64,
}

impl SheetInput {
    /// The same without surrounding blanks; everything that is wrong at once.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let aliases = self.aliases.iter().filter_map(|name| fields.optional("aliases", Some(name), LONGEST_NAME));
        let aliases = aliases.take(MOST).collect();
        if self.rows.is_empty() || self.rows.len() > MOST {
            fields.wrong("rows", "out_of_range", Text::new("须有 1 至 30 行", "must be 1 to 30"));
        }
        let competitor = fields.required("competitor", &self.competitor, LONGEST_NAME);
        let row = |(at, row): (usize, &ComparisonRow)| ComparisonRow {
            aspect: fields.required(&format!("rows[{at}].aspect"), &row.aspect, LONGEST_NAME),
            ours: fields.required(&format!("rows[{at}].ours"), &row.ours, LONGEST_CELL),
            theirs: fields.required(&format!("rows[{at}].theirs"), &row.theirs, LONGEST_CELL),
        };
        let rows = self.rows.iter().enumerate().map(row).collect();
        let success_case = fields.optional("success_case", self.success_case.as_deref(), LONGEST_CASE);
        fields.into_errors()?;
        Ok(Self { competitor, aliases, rows, success_case })
    }

    /// Every name of the competitor.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.competitor.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// Whether `text` names the competitor: part of one is the other, whatever the case.
    pub fn is_named_in(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        self.names()
            .map(str::to_lowercase)
            .any(|name| text.contains(&name) || (!text.is_empty() && name.contains(&text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> SheetInput {
        SheetInput {
            competitor: "恒远机床".into(),
            aliases: vec!["HY".into()],
            rows: vec![ComparisonRow { aspect: "质保".into(), ours: "三年".into(), theirs: "一年".into() }],
            success_case: None,
        }
    }

    #[test]
    fn a_competitor_is_known_by_any_of_its_names() {
        for text in ["恒远机床", "他们也在看恒远机床的", "hy", "恒远"] {
            assert!(sheet().is_named_in(text), "{text}");
        }
        assert!(!sheet().is_named_in("别家") && !sheet().is_named_in(" "));
    }

    #[test]
    fn a_sheet_has_rows_that_are_filled_in() {
        let mut wrong = sheet();
        wrong.rows[0].theirs = " ".into();
        assert_eq!(wrong.checked().unwrap_err()[0].field, "rows[0].theirs");
        assert!(SheetInput { rows: Vec::new(), ..sheet() }.checked().is_err());
    }
}
