//! Statements as CSV: a header in Chinese or English, then one booking a row. Separated by comma, semicolon or tab.

use kernel::{Money, Text};

use super::csv_columns::Columns;
use super::text::decode;
use super::{BadStatement, Direction, Entry, RowError, Statement, value};

/// Reads a statement. Rows without an account column belong to `account`.
pub fn read(bytes: &[u8], account: Option<&str>) -> Result<Statement, BadStatement> {
    let text = decode(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(&text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| malformed(&error))?.clone();
    let columns = Columns::of(&header)?;
    if columns.account.is_none() && account.is_none() {
        return Err(BadStatement::Account);
    }
    let mut statement = Statement::default();
    for record in reader.records() {
        let record = record.map_err(|error| malformed(&error))?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        let row = Row { columns: &columns, record: &record, line: line(record.position()) };
        match row.entry(account) {
            Ok(entry) => statement.entries.push(entry),
            Err(error) => statement.errors.push(error),
        }
    }
    Ok(statement)
}

/// The separator that the header has most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: u8| header.bytes().filter(|byte| *byte == separator).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

fn line(position: Option<&csv::Position>) -> u32 {
    position.and_then(|position| u32::try_from(position.line()).ok()).unwrap_or(0)
}

fn malformed(error: &csv::Error) -> BadStatement {
    BadStatement::Malformed { line: line(error.position()).max(1), reason: error.to_string() }
}

/// One row, read by its columns.
struct Row<'a> {
    columns: &'a Columns,
    record: &'a csv::StringRecord,
    line: u32,
}

impl<'a> Row<'a> {
    fn entry(&self, account: Option<&str>) -> Result<Entry, RowError> {
        let columns = self.columns;
        let account = self.at(columns.account).or(account).ok_or_else(|| RowError::required(self.line, "account"))?;
        let date = self.at(Some(columns.date)).ok_or_else(|| RowError::required(self.line, "booking_date"))?;
        let booked_at =
            value::booked_at(date).map_err(|reason| RowError::malformed(self.line, "booking_date", reason))?;
        let (direction, amount) = self.amount()?;
        Ok(Entry {
            line: self.line,
            account: account.to_owned(),
            booked_at,
            direction,
            amount,
            is_reversal: false,
            bank_reference: self.at(columns.reference).map(str::to_owned),
            end_to_end_id: self.at(columns.end_to_end).map(str::to_owned),
            counterparty: self.at(columns.counterparty).unwrap_or_default().to_owned(),
            remittance: self.remittance(),
        })
    }

    fn at(&self, column: Option<usize>) -> Option<&'a str> {
        self.record.get(column?).map(str::trim).filter(|text| !text.is_empty())
    }

    fn remittance(&self) -> String {
        let parts: Vec<&str> = self.columns.remittance.iter().filter_map(|at| self.at(Some(*at))).collect();
        parts.join(" ")
    }

    /// From one amount with a direction or sign, or from separate columns for money in and money out.
    fn amount(&self) -> Result<(Direction, Money), RowError> {
        let (direction, amount) = match (
            self.money(self.columns.credit, "credit_amount")?,
            self.money(self.columns.debit, "debit_amount")?,
        ) {
            (Some(money), None) => signed(money, Direction::Credit),
            (None, Some(money)) => signed(money, Direction::Debit),
            (Some(_), Some(_)) => {
                return Err(self.refuse("amount", "一行不能既收又支", "a row cannot both receive and pay"));
            }
            (None, None) => self.single_amount()?,
        };
        if amount.minor > 0 {
            return Ok((direction, amount));
        }
        Err(self.refuse("amount", "金额不能为零", "must not be zero"))
    }

    fn single_amount(&self) -> Result<(Direction, Money), RowError> {
        let money =
            self.money(self.columns.amount, "amount")?.ok_or_else(|| RowError::required(self.line, "amount"))?;
        Ok(signed(money, self.direction()?))
    }

    /// A column with an amount other than zero.
    fn money(&self, column: Option<usize>, field: &str) -> Result<Option<Money>, RowError> {
        let Some(text) = self.at(column) else { return Ok(None) };
        let currency = value::currency(self.at(self.columns.currency).unwrap_or_default());
        let currency = currency.map_err(|reason| RowError::malformed(self.line, "currency", reason))?;
        let money = value::amount(text, currency).map_err(|reason| RowError::malformed(self.line, field, reason))?;
        Ok(Some(money).filter(|money| money.minor != 0))
    }

    fn direction(&self) -> Result<Direction, RowError> {
        let Some(text) = self.at(self.columns.direction) else { return Ok(Direction::Credit) };
        match text.to_ascii_lowercase().as_str() {
            "贷" | "贷方" | "收" | "收入" | "转入" | "c" | "cr" | "crdt" | "credit" => Ok(Direction::Credit),
            "借" | "借方" | "付" | "支" | "支出" | "转出" | "d" | "dr" | "dbit" | "debit" => {
                Ok(Direction::Debit)
            }
            _ => Err(self.refuse("direction", "须为 贷/借 或 收/支", "must be credit or debit")),
        }
    }

    fn refuse(&self, field: &str, zh: &str, en: &str) -> RowError {
        RowError::malformed(self.line, field, Text::new(zh, en))
    }
}

/// A negative amount goes the other way.
fn signed(money: Money, direction: Direction) -> (Direction, Money) {
    if money.minor >= 0 {
        return (direction, money);
    }
    let other = if direction == Direction::Credit { Direction::Debit } else { Direction::Credit };
    (other, Money::new(-money.minor, money.currency))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CHINESE: &str = "交易日期,交易流水号,收入金额(元),支出金额(元),币种,对方户名,摘要,附言\n\
        2027-01-05,S1,\"30,000.00\",,人民币,云杉医院,货款,HT-2027-0001\n\
        2027/01/06,S2,,12.00,人民币,某银行,手续费,\n\
        昨天,S3,1,,人民币,云杉医院,,\n\
        2027-01-07,S4,,,人民币,云杉医院,,\n";

    #[test]
    fn chinese_headers_in_either_encoding() {
        let (gbk, _, _) = encoding_rs::GB18030.encode(CHINESE);
        for bytes in [CHINESE.as_bytes(), &gbk] {
            let statement = read(bytes, Some("6222")).expect("read");
            let found: Vec<_> = statement.entries.iter().map(|one| (one.direction, one.amount.minor)).collect();
            assert_eq!(found, [(Direction::Credit, 3_000_000), (Direction::Debit, 1_200)]);
            assert_eq!(statement.entries[0].remittance, "货款 HT-2027-0001");
            let errors: Vec<_> =
                statement.errors.iter().map(|error| (error.line, error.field.as_str(), error.code.as_str())).collect();
            assert_eq!(errors, [(4, "booking_date", "malformed"), (5, "amount", "required")]);
        }
    }

    #[test]
    fn english_headers_signs_and_other_separators() {
        let text = "Booking Date;Account;Amount;Currency;Direction;Reference\n2027-01-05;A1;-5.00;USD;;R1\n2027-01-05;A1;5;USD;debit;R2\n";
        let statement = read(text.as_bytes(), None).expect("read");
        assert!(statement.entries.iter().all(|one| one.direction == Direction::Debit && one.amount.minor == 500));
        assert_eq!(statement.entries[0].account, "A1");
    }

    #[test]
    fn what_is_missing_from_the_file_is_named() {
        assert_eq!(read(b"amount\n1\n", None), Err(BadStatement::Column("交易日期 / booking_date")));
        assert_eq!(read("日期\n1\n".as_bytes(), None), Err(BadStatement::Column("金额 / amount")));
        assert_eq!(read("日期,金额\n2027-01-05,1\n".as_bytes(), None), Err(BadStatement::Account));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "[日期金额a-z,;\"\n0-9.-]{0,120}") {
            let _ = read(text.as_bytes(), Some("A"));
        }
    }
}
