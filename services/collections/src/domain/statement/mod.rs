//! Bank statements: what a file says, row by row, and what in it cannot be read.

pub mod camt;
pub mod csv;
mod csv_columns;
pub mod key;
mod text;
mod value;
mod xml;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use kernel::{AsProblem, FieldError, Kind, Money, Problem, Text, choices};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::names::plain;

choices! {
    /// How a statement is written.
    Format {
        /// ISO 20022 `camt.053.001.02` or `.08`.
        Camt053 = "camt053",
        Csv = "csv",
    }
}

/// A file that could be read, possibly with rows that could not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    pub entries: Vec<Entry>,
    pub errors: Vec<RowError>,
    /// Entries the bank has not booked yet; they come again once it has.
    pub pending: u32,
}

impl Statement {
    /// Whose entries these are: each account once, sorted, however it is spaced.
    pub fn accounts(&self) -> Vec<String> {
        let accounts: BTreeSet<String> = self.entries.iter().map(|entry| plain(&entry.account)).collect();
        accounts.into_iter().collect()
    }
}

/// One file and what became of it when it was imported.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = StatementView)]
pub struct Imported {
    pub id: Uuid,
    pub format: Format,
    pub entries: i32,
    pub matched: i32,
    pub queued: i32,
    pub ignored: i32,
    pub repeated: i32,
    pub errors: Vec<RowError>,
    pub imported_at: DateTime<Utc>,
}

/// One booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it begins in the file, counted from 1.
    pub line: u32,
    pub account: String,
    pub booked_at: DateTime<Utc>,
    pub direction: Direction,
    /// Always positive.
    pub amount: Money,
    /// The bank takes an earlier booking back.
    pub is_reversal: bool,
    pub bank_reference: Option<String>,
    pub end_to_end_id: Option<String>,
    pub counterparty: String,
    pub remittance: String,
}

choices! {
    Direction {
        /// Money came in.
        Credit = "credit",
        /// Money went out.
        Debit = "debit",
    }
}

/// One thing wrong with one row; the others are imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RowError {
    pub line: u32,
    /// Column or element.
    pub field: String,
    /// Stable code, such as `malformed`, `required`, `reference_reused`.
    pub code: String,
    pub reason: Text,
}

impl RowError {
    pub fn new(line: u32, field: impl Into<String>, code: &str, reason: Text) -> Self {
        Self { line, field: field.into(), code: code.into(), reason }
    }

    fn required(line: u32, field: &str) -> Self {
        Self::new(line, field, "required", Text::new("必填", "is required"))
    }

    fn malformed(line: u32, field: &str, reason: Text) -> Self {
        Self::new(line, field, "malformed", reason)
    }
}

/// A file that is no statement. Nothing of it is stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadStatement {
    #[error("the text is neither UTF-8 nor GB18030")]
    Encoding,
    #[error("line {line}: {reason}")]
    Malformed { line: u32, reason: String },
    #[error("line {line}: document types and entities are not accepted")]
    DocumentType { line: u32 },
    #[error("{0:?} is not camt.053.001.02 or .08")]
    Namespace(String),
    #[error("line {line}: element {element} is missing")]
    Missing { line: u32, element: &'static str },
    #[error("column {0} is missing")]
    Column(&'static str),
    #[error("the account is not known")]
    Account,
    #[error("more than {0} entries")]
    TooMany(usize),
    #[error("none of the rows can be read")]
    NothingReadable(Vec<RowError>),
}

impl BadStatement {
    fn field(&self) -> FieldError {
        let field = |field: String, code: &str, zh: String, en: String| FieldError::new(field, code, Text::new(zh, en));
        match self {
            Self::Encoding => field(
                "body".into(),
                "encoding",
                "无法识别编码，请用 UTF-8 或 GBK".into(),
                "is neither UTF-8 nor GBK".into(),
            ),
            Self::Malformed { line, reason } => field(
                format!("line {line}"),
                "malformed",
                format!("无法解析：{reason}"),
                format!("cannot be read: {reason}"),
            ),
            Self::DocumentType { line } => field(
                format!("line {line}"),
                "doctype_refused",
                "不接受 DOCTYPE 与自定义实体".into(),
                "document types and entities of one's own are not accepted".into(),
            ),
            Self::Namespace(found) => field(
                "Document".into(),
                "unsupported_version",
                format!("命名空间为“{found}”，仅支持 camt.053.001.02 与 .08"),
                format!("the namespace is {found:?}; camt.053.001.02 and .08 are read"),
            ),
            Self::Missing { line, element } => field(
                format!("{element} (line {line})"),
                "required",
                "缺少此元素".into(),
                "this element is missing".into(),
            ),
            Self::Column(column) => {
                field((*column).into(), "required", "缺少此列".into(), "this column is missing".into())
            }
            Self::Account => field(
                "account".into(),
                "required",
                "文件中没有账号，请用参数 account 指明".into(),
                "the file does not name the account: say it in the parameter account".into(),
            ),
            Self::TooMany(limit) => field(
                "body".into(),
                "too_many",
                format!("最多 {limit} 笔"),
                format!("may have at most {limit} entries"),
            ),
            Self::NothingReadable(_) => {
                field("body".into(), "nothing_readable", "没有一行可以读取".into(), "no row can be read".into())
            }
        }
    }
}

impl AsProblem for BadStatement {
    fn problem(&self) -> Problem {
        let mut fields = vec![self.field()];
        if let Self::NothingReadable(rows) = self {
            fields.extend(rows.iter().map(|row| {
                FieldError::new(format!("line {}: {}", row.line, row.field), row.code.clone(), row.reason.clone())
            }));
        }
        Problem::new(Kind::Invalid, "statement_malformed", "对账单无法读取", "the bank statement cannot be read")
            .with_fields(fields)
    }
}

/// Reads a statement. `account` stands in where a CSV names none.
pub fn read(format: Format, bytes: &[u8], account: Option<&str>, most: usize) -> Result<Statement, BadStatement> {
    let statement = match format {
        Format::Camt053 => camt::read(bytes)?,
        Format::Csv => csv::read(bytes, account)?,
    };
    if statement.entries.len() + statement.errors.len() > most {
        return Err(BadStatement::TooMany(most));
    }
    if statement.entries.is_empty() && !statement.errors.is_empty() {
        return Err(BadStatement::NothingReadable(statement.errors));
    }
    Ok(statement)
}
