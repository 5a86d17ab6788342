//! Which column holds what, by the names Chinese and English banks give them.

use super::BadStatement;

/// Where each value stands; several columns can hold parts of the purpose.
#[derive(Debug, Default)]
pub struct Columns {
    pub date: usize,
    pub account: Option<usize>,
    pub amount: Option<usize>,
    pub credit: Option<usize>,
    pub debit: Option<usize>,
    pub direction: Option<usize>,
    pub currency: Option<usize>,
    pub reference: Option<usize>,
    pub end_to_end: Option<usize>,
    pub counterparty: Option<usize>,
    pub remittance: Vec<usize>,
}

const DATE: &[&str] = &["交易日期", "记账日期", "入账日期", "交易时间", "日期", "bookingdate", "bookedat", "date"];
const ACCOUNT: &[&str] = &["账号", "本方账号", "交易账号", "account"];
const AMOUNT: &[&str] = &["金额", "交易金额", "发生额", "amount"];
const CREDIT: &[&str] = &["收入金额", "贷方金额", "贷方发生额", "收入", "creditamount", "credit"];
const DEBIT: &[&str] = &["支出金额", "借方金额", "借方发生额", "支出", "debitamount", "debit"];
const DIRECTION: &[&str] = &["借贷标志", "借贷方向", "收支方向", "收支", "借贷", "direction", "creditdebit"];
const CURRENCY: &[&str] = &["币种", "货币", "currency"];
const REFERENCE: &[&str] = &["交易流水号", "银行流水号", "流水号", "交易参考号", "bankreference", "reference"];
const END_TO_END: &[&str] = &["端到端标识", "客户端流水号", "endtoendid"];
const COUNTERPARTY: &[&str] =
    &["对方户名", "对方名称", "对方单位", "付款人", "付款人名称", "counterparty", "counterpartyname"];
const REMITTANCE: &[&str] = &["摘要", "附言", "用途", "备注", "remittance", "remittanceinfo", "description"];

impl Columns {
    /// Finds the columns; says which one cannot be done without.
    pub fn of(header: &csv::StringRecord) -> Result<Self, BadStatement> {
        let names: Vec<String> = header.iter().map(name).collect();
        let find = |known: &[&str]| known.iter().find_map(|known| names.iter().position(|name| name == known));
        let columns = Self {
            date: find(DATE).ok_or(BadStatement::Column("交易日期 / booking_date"))?,
            account: find(ACCOUNT),
            amount: find(AMOUNT),
            credit: find(CREDIT),
            debit: find(DEBIT),
            direction: find(DIRECTION),
            currency: find(CURRENCY),
            reference: find(REFERENCE),
            end_to_end: find(END_TO_END),
            counterparty: find(COUNTERPARTY),
            remittance: (0..names.len()).filter(|at| REMITTANCE.contains(&names[*at].as_str())).collect(),
        };
        if columns.amount.is_none() && columns.credit.is_none() {
            return Err(BadStatement::Column("金额 / amount"));
        }
        Ok(columns)
    }
}

/// A header as it is compared: lower case, without blanks, underscores and what stands in brackets.
fn name(header: &str) -> String {
    let before = header.split(['(', '（', '[']).next().unwrap_or_default();
    before
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '/'))
        .flat_map(char::to_lowercase)
        .collect()
}
