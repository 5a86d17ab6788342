//! A contract as plain text that people can edit anywhere, and the way back.
//!
//! ```text
//! 交付地点：临溪市滨河路 8 号
//! 交货周期：45 天
//!
//! 【FORCE-MAJEURE】不可抗力
//! 因不可抗力不能履行的，……
//! ```

use kernel::{FieldError, Text};

use super::clause::{ClauseText, ContractClause};
use super::contract::ContractTerms;

const PLACE: &str = "交付地点：";
const LEAD_TIME: &str = "交货周期：";

/// What a returned document says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnedContract {
    pub delivery_place: Option<String>,
    pub lead_time_days: Option<i64>,
    pub clauses: Vec<ClauseText>,
}

/// The contract as text; [`read`] reads it back.
pub fn write(number: &str, terms: &ContractTerms, clauses: &[ContractClause]) -> String {
    let (company, total, place, days) = (&terms.company, terms.total(), &terms.delivery_place, terms.lead_time_days);
    let head =
        format!("合同编号：{number}\n买方：{company}\n合同总价：{total}\n{PLACE}{place}\n{LEAD_TIME}{days} 天\n");
    let clause = |clause: &ContractClause| {
        let ClauseText { code, title, body } = &clause.text;
        format!("\n【{code}】{title}\n{}\n", body.trim_end())
    };
    let texts: Vec<_> = std::iter::once(head).chain(clauses.iter().map(clause)).collect();
    texts.concat()
}

/// Reads what came back. Only what lies under a clause's heading belongs to a clause.
pub fn read(text: &str) -> Result<ReturnedContract, Vec<FieldError>> {
    let mut returned = ReturnedContract::default();
    for line in text.lines() {
        if let Some(clause) = heading(line) {
            returned.clauses.push(clause);
        } else if let Some(clause) = returned.clauses.last_mut() {
            clause.body.push_str(line);
            clause.body.push('\n');
        } else {
            read_field(line, &mut returned)?;
        }
    }
    if returned.clauses.is_empty() {
        let reason = Text::new("没有找到以【编号】开头的条款", "no clause headed 【CODE】 was found");
        return Err(vec![FieldError::new("document", "no_clauses", reason)]);
    }
    Ok(returned)
}

fn heading(line: &str) -> Option<ClauseText> {
    let (code, title) = line.trim_start().strip_prefix('【')?.split_once('】')?;
    Some(ClauseText { code: code.trim().to_owned(), title: title.trim().to_owned(), body: String::new() })
}

fn read_field(line: &str, returned: &mut ReturnedContract) -> Result<(), Vec<FieldError>> {
    if let Some(place) = line.strip_prefix(PLACE) {
        returned.delivery_place = Some(place.trim().to_owned());
    }
    if let Some(days) = line.strip_prefix(LEAD_TIME) {
        let digits: String = days.trim().chars().take_while(char::is_ascii_digit).collect();
        let reason = || Text::new("须为天数", "must be a number of days");
        let days = digits.parse().map_err(|_| vec![FieldError::new("lead_time_days", "malformed", reason())])?;
        returned.lead_time_days = Some(days);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clause::ClauseKind;
    use crate::domain::clause::tests::clause;
    use crate::domain::clause_comparison::{Comparison, compare};
    use crate::domain::quote::Totals;
    use kernel::Currency;

    fn terms() -> ContractTerms {
        ContractTerms {
            company: "临溪水务有限公司".into(),
            subject: String::new(),
            destination: "domestic".into(),
            customer_type: "standard".into(),
            delivery_place: "临溪市滨河路 8 号".into(),
            lead_time_days: 45,
            promised_delivery_at: chrono::DateTime::from_timestamp(1_800_000_000, 0).expect("valid"),
            payment_plan: Vec::new(),
            lines: Vec::new(),
            totals: Totals::of(&[], Currency::CNY).expect("in range"),
        }
    }

    #[test]
    fn what_is_written_reads_back_without_differences() {
        let clauses = [clause("FORCE-MAJEURE", ClauseKind::Locked), clause("DELIVERY", ClauseKind::Business)];
        let returned = read(&write("HT-2027-000001", &terms(), &clauses).replace('\n', "\r\n")).expect("readable");
        assert_eq!(compare(&clauses, &returned.clauses), Comparison::default());
        assert_eq!(returned.delivery_place.as_deref(), Some("临溪市滨河路 8 号"));
        assert_eq!(returned.lead_time_days, Some(45));
    }

    #[test]
    fn text_without_clauses_or_with_a_strange_lead_time_is_refused() {
        assert_eq!(read("你好").expect_err("no clauses")[0].code, "no_clauses");
        assert_eq!(read("交货周期：很快\n【A】一\n").expect_err("no days")[0].field, "lead_time_days");
    }
}
