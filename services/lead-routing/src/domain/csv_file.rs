//! Reads a file of leads: UTF-8 with or without its mark, GBK, or rows of both.

use encoding_rs::GBK;
use kernel::{Currency, FieldError, Text, money::Wire};
use serde_json::{Map, Value};

use super::amount;
use super::csv_header::{Column, column};
use super::new_lead::NewLead;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A file as far as it could be read.
#[derive(Clone, Debug)]
pub struct LeadFile {
    /// `utf-8`, `gbk` or `mixed`
    pub encoding: &'static str,
    /// Headings that mean nothing to us; what stands under them is kept for rejected rows only.
    pub ignored: Vec<String>,
    pub rows: Vec<FileRow>,
}

/// One row: what it says as a lead, or what is wrong with it before it can be one.
#[derive(Clone, Debug)]
pub struct FileRow {
    /// As a spreadsheet counts: the headings are row 1.
    pub number: i32,
    pub raw: Value,
    pub lead: Result<NewLead, Vec<FieldError>>,
}

/// Reads a whole file; refuses only one without usable headings.
pub fn read(bytes: &[u8], most_rows: usize) -> Result<LeadFile, Vec<FieldError>> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut seen = Seen::default();
    let mut headings: Option<Vec<String>> = None;
    let mut rows = Vec::new();
    for (at, record) in reader.byte_records().enumerate() {
        let number = i32::try_from(at + 1).unwrap_or(i32::MAX);
        let cells = record.map(|record| seen.decode(&record)).map_err(|error| vec![unreadable(&error)])?;
        let Some(headings) = &headings else {
            headings = Some(checked(cells)?);
            continue;
        };
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(row(number, headings, cells));
        }
        if rows.len() > most_rows {
            return Err(vec![too_many(most_rows)]);
        }
    }
    let headings = headings.ok_or_else(|| vec![FieldError::required("file")])?;
    let ignored = headings.into_iter().filter(|heading| !heading.is_empty() && column(heading).is_none()).collect();
    Ok(LeadFile { encoding: seen.encoding(), ignored, rows })
}

/// Which encodings the rows with more than ASCII were in.
#[derive(Default)]
struct Seen {
    utf8: bool,
    gbk: bool,
}

impl Seen {
    /// A row is UTF-8 when all of it is; GBK otherwise.
    fn decode(&mut self, record: &csv::ByteRecord) -> Vec<String> {
        if record.as_slice().is_ascii() {
            return record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
        }
        let utf8: Option<Vec<&str>> = record.iter().map(|cell| std::str::from_utf8(cell).ok()).collect();
        if let Some(cells) = utf8 {
            self.utf8 = true;
            return cells.into_iter().map(|cell| cell.trim().to_owned()).collect();
        }
        self.gbk = true;
        record.iter().map(|cell| GBK.decode_without_bom_handling(cell).0.trim().to_owned()).collect()
    }

    fn encoding(&self) -> &'static str {
        match (self.utf8, self.gbk) {
            (true, true) => "mixed",
            (false, true) => "gbk",
            _ => "utf-8",
        }
    }
}

fn checked(headings: Vec<String>) -> Result<Vec<String>, Vec<FieldError>> {
    let columns: Vec<Column> = headings.iter().filter_map(|heading| column(heading)).collect();
    let mut errors = Vec::new();
    if !columns.contains(&Column::Company) {
        let reason = Text::new("首行没有“公司名称”一列", "the first row has no heading for the company");
        errors.push(FieldError::new("company", "column_missing", reason));
    }
    if !columns.contains(&Column::ContactPhone) && !columns.contains(&Column::ContactEmail) {
        let reason =
            Text::new("首行没有电话或邮箱列", "the first row has no heading for a phone number or e-mail address");
        errors.push(FieldError::new("contact_phone", "column_missing", reason));
    }
    let repeated = columns.iter().enumerate().any(|(at, column)| columns[..at].contains(column));
    if repeated {
        let reason = Text::new("有两列含义相同", "two columns mean the same");
        errors.push(FieldError::new("file", "column_repeated", reason));
    }
    if errors.is_empty() { Ok(headings) } else { Err(errors) }
}

fn row(number: i32, headings: &[String], cells: Vec<String>) -> FileRow {
    let raw = raw(headings, &cells);
    if cells.len() != headings.len() {
        let (have, want) = (cells.len(), headings.len());
        let reason = Text::new(format!("有 {have} 列，应为 {want} 列"), format!("has {have} cells instead of {want}"));
        return FileRow { number, raw, lead: Err(vec![FieldError::new("row", "wrong_number_of_cells", reason)]) };
    }
    let mut errors = Vec::new();
    let mut lead = NewLead::default();
    for (heading, cell) in headings.iter().zip(cells) {
        fill(&mut lead, column(heading), cell, &mut errors);
    }
    FileRow { number, raw, lead: if errors.is_empty() { Ok(lead) } else { Err(errors) } }
}

/// The row as it came, under its headings; cells beyond them under `+1`, `+2`.
fn raw(headings: &[String], cells: &[String]) -> Value {
    let heading = |at: usize| headings.get(at).cloned().unwrap_or_else(|| format!("+{}", at + 1 - headings.len()));
    let cells = cells.iter().enumerate().map(|(at, cell)| (heading(at), Value::String(cell.clone())));
    Value::Object(cells.collect::<Map<_, _>>())
}

fn fill(lead: &mut NewLead, column: Option<Column>, cell: String, errors: &mut Vec<FieldError>) {
    let Some(column) = column else { return };
    match column {
        Column::SourceDetail => lead.source_detail = Some(cell),
        Column::Company => lead.company = cell,
        Column::CreditCode => lead.credit_code = Some(cell),
        Column::ContactName => lead.contact_name = Some(cell),
        Column::ContactPhone => lead.contact_phone = Some(cell),
        Column::ContactEmail => lead.contact_email = Some(cell),
        Column::Domain => lead.domain = Some(cell),
        Column::Industry => lead.industry = Some(cell),
        Column::Region => lead.region = Some(cell),
        Column::Note => lead.note = Some(cell),
        Column::ExternalReference => lead.external_reference = Some(cell),
        Column::Budget if cell.is_empty() => {}
        Column::Budget => match amount::plain_decimal(&cell) {
            Some(amount) => lead.budget = Some(Wire { amount, currency: Currency::CNY }),
            None => errors.push(no_amount()),
        },
    }
}

fn no_amount() -> FieldError {
    let reason = Text::new("不是有效的金额，例如 200000 或 20万", "is not an amount such as 200000");
    FieldError::new("budget", "malformed", reason)
}

fn unreadable(error: &csv::Error) -> FieldError {
    FieldError::new("file", "unreadable", Text::new("文件无法读取", format!("the file cannot be read: {error}")))
}

fn too_many(most: usize) -> FieldError {
    let reason = Text::new(format!("一次最多导入 {most} 行"), format!("at most {most} rows at a time"));
    FieldError::new("file", "too_many_rows", reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "公司名称,联系电话,预算,星座\n华辰精密仪器有限公司,13800138000,20万,\n,,,\n坏行,1\n";

    fn companies(file: &LeadFile) -> Vec<(i32, Option<&str>)> {
        file.rows.iter().map(|row| (row.number, row.lead.as_ref().ok().map(|lead| lead.company.as_str()))).collect()
    }

    #[test]
    fn utf8_and_gbk_say_the_same() {
        let gbk = GBK.encode(TEXT).0;
        let marked = [BYTE_ORDER_MARK, TEXT.as_bytes()].concat();
        for (bytes, encoding) in [(TEXT.as_bytes(), "utf-8"), (&marked, "utf-8"), (&gbk, "gbk")] {
            let file = read(bytes, 100).expect("readable");
            assert_eq!((file.encoding, file.ignored.as_slice()), (encoding, ["星座".to_owned()].as_slice()));
            assert_eq!(companies(&file), [(2, Some("华辰精密仪器有限公司")), (4, None)]);
            let lead = file.rows[0].lead.as_ref().expect("a lead");
            assert_eq!(lead.budget.as_ref().map(|wire| wire.amount.as_str()), Some("200000"));
        }
    }

    #[test]
    fn rows_in_both_encodings_are_read_each_in_its_own() {
        let second = GBK.encode("远山机电有限公司,13900139000,\n").0;
        let bytes = ["公司,电话,备注\n华辰,13800138000,你好\n".as_bytes(), &second].concat();
        let file = read(&bytes, 100).expect("readable");
        assert_eq!(file.encoding, "mixed");
        assert_eq!(companies(&file), [(2, Some("华辰")), (3, Some("远山机电有限公司"))]);
    }

    #[test]
    fn a_bad_row_is_kept_as_it_came() {
        let file = read("company,phone\na,1,2\n".as_bytes(), 100).expect("readable");
        assert_eq!(file.rows[0].raw, serde_json::json!({"company": "a", "phone": "1", "+1": "2"}));
        assert_eq!(file.rows[0].lead.as_ref().expect_err("wrong")[0].code, "wrong_number_of_cells");
    }

    #[test]
    fn a_file_without_headings_is_refused() {
        let codes = |text: &str| read(text.as_bytes(), 2).map(|_| ()).map_err(|errors| errors[0].code.clone());
        assert_eq!(codes(""), Err("required".into()));
        assert_eq!(codes("a,b\n1,2\n"), Err("column_missing".into()));
        assert_eq!(codes("公司,企业名称,电话\n"), Err("column_repeated".into()));
        assert_eq!(codes("公司,电话\n1,1\n2,2\n3,3\n"), Err("too_many_rows".into()));
    }
}
