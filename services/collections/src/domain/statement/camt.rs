//! ISO 20022 camt.053 (versions 02 and 08): `Document/BkToCstmrStmt/Stmt/Ntry`.
//!
//! An entry with several transactions whose amounts add up to it is read as that many entries, so that one collective
//! booking can pay several receivables.

use kernel::{Currency, Money, Text};

use super::text::decode;
use super::xml::{Element, parse};
use super::{BadStatement, Direction, Entry, RowError, Statement, value};

const NAMESPACES: [&str; 2] =
    ["urn:iso:std:iso:20022:tech:xsd:camt.053.001.02", "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"];

pub fn read(bytes: &[u8]) -> Result<Statement, BadStatement> {
    let (namespace, document) = parse(&decode(bytes)?)?;
    if !NAMESPACES.contains(&namespace.as_str()) {
        return Err(BadStatement::Namespace(namespace));
    }
    let line = document.line;
    let body = document.find(&["BkToCstmrStmt"]).ok_or(BadStatement::Missing { line, element: "BkToCstmrStmt" })?;
    let mut statement = Statement::default();
    let mut found = false;
    for one in body.all("Stmt") {
        found = true;
        read_account(one, &mut statement)?;
    }
    if found { Ok(statement) } else { Err(BadStatement::Missing { line: body.line, element: "Stmt" }) }
}

fn read_account(element: &Element, statement: &mut Statement) -> Result<(), BadStatement> {
    let account = element.text_at(&["Acct", "Id", "IBAN"]).or_else(|| element.text_at(&["Acct", "Id", "Othr", "Id"]));
    let account = account.ok_or(BadStatement::Missing { line: element.line, element: "Stmt/Acct/Id" })?;
    for entry in element.all("Ntry") {
        if !is_booked(entry) {
            statement.pending += 1;
            continue;
        }
        match read_entry(entry, account) {
            Ok(entries) => statement.entries.extend(entries),
            Err(error) => statement.errors.push(error),
        }
    }
    Ok(())
}

/// `Sts` is a text in version 02 and a choice in 08; without one the entry is booked.
fn is_booked(entry: &Element) -> bool {
    let status = entry.text_at(&["Sts", "Cd"]).or_else(|| entry.text_at(&["Sts"]));
    status.is_none_or(|status| status == "BOOK")
}

fn read_entry(entry: &Element, account: &str) -> Result<Vec<Entry>, RowError> {
    let amount = read_amount(entry, entry.find(&["Amt"]), "Ntry/Amt")?;
    let direction = read_direction(entry)?;
    let date = entry.text_at(&["BookgDt", "Dt"]).or_else(|| entry.text_at(&["BookgDt", "DtTm"]));
    let date = date.ok_or_else(|| RowError::required(entry.line, "Ntry/BookgDt"))?;
    let booked_at = value::booked_at(date).map_err(|reason| RowError::malformed(entry.line, "Ntry/BookgDt", reason))?;
    let details: Vec<&Element> = entry.all("NtryDtls").flat_map(|details| details.all("TxDtls")).collect();
    let whole = Entry {
        line: entry.line,
        account: account.to_owned(),
        booked_at,
        direction,
        amount,
        is_reversal: entry.text_at(&["RvslInd"]) == Some("true"),
        bank_reference: reference(entry, &details),
        end_to_end_id: None,
        counterparty: String::new(),
        remittance: entry.text_at(&["AddtlNtryInf"]).unwrap_or_default().to_owned(),
    };
    match split(&whole, &details) {
        Some(parts) => Ok(parts),
        None => Ok(vec![merged(whole, &details)]),
    }
}

fn read_amount(entry: &Element, amount: Option<&Element>, field: &str) -> Result<Money, RowError> {
    let amount = amount.ok_or_else(|| RowError::required(entry.line, field))?;
    let malformed = |reason| RowError::malformed(amount.line, field, reason);
    let currency = amount.attribute("Ccy").ok_or_else(|| RowError::required(amount.line, &format!("{field}/@Ccy")))?;
    let currency: Currency = value::currency(currency).map_err(malformed)?;
    let money = value::amount(&amount.text, currency).map_err(malformed)?;
    if money.minor > 0 {
        return Ok(money);
    }
    Err(malformed(Text::new("金额须大于零", "must be more than zero")))
}

fn read_direction(entry: &Element) -> Result<Direction, RowError> {
    match entry.text_at(&["CdtDbtInd"]) {
        Some("CRDT") => Ok(Direction::Credit),
        Some("DBIT") => Ok(Direction::Debit),
        Some(_) => Err(RowError::malformed(
            entry.line,
            "Ntry/CdtDbtInd",
            Text::new("须为 CRDT 或 DBIT", "must be CRDT or DBIT"),
        )),
        None => Err(RowError::required(entry.line, "Ntry/CdtDbtInd")),
    }
}

/// The bank's own reference of the booking; of its transaction when there is one only.
fn reference(entry: &Element, details: &[&Element]) -> Option<String> {
    let own = entry.text_at(&["AcctSvcrRef"]);
    let only = if let [one] = details { one.text_at(&["Refs", "AcctSvcrRef"]) } else { None };
    own.or(only).map(str::to_owned)
}

/// One entry per transaction, when their amounts are given and add up to the booking.
fn split(whole: &Entry, details: &[&Element]) -> Option<Vec<Entry>> {
    if details.len() < 2 {
        return None;
    }
    let amounts: Option<Vec<Money>> = details.iter().map(|details| transaction_amount(details)).collect();
    let amounts = amounts?;
    let zero = Money::zero(whole.amount.currency);
    let sum = amounts.iter().try_fold(zero, |sum, amount| sum.checked_add(*amount)).ok()?;
    if sum != whole.amount {
        return None;
    }
    let part = |(at, (details, amount)): (usize, (&&Element, Money))| Entry {
        amount,
        line: details.line,
        bank_reference: part_reference(whole, details, at),
        ..merged(whole.clone(), &[*details])
    };
    Some(details.iter().zip(amounts).enumerate().map(part).collect())
}

/// `Amt` of the transaction in version 08, `AmtDtls/TxAmt/Amt` in 02.
fn transaction_amount(details: &Element) -> Option<Money> {
    let amount = details.find(&["Amt"]).or_else(|| details.find(&["AmtDtls", "TxAmt", "Amt"]));
    read_amount(details, amount, "TxDtls/Amt").ok()
}

/// The bank's reference of the transaction, or the booking's with the transaction's place in it.
fn part_reference(whole: &Entry, details: &Element, at: usize) -> Option<String> {
    let own = details.text_at(&["Refs", "AcctSvcrRef"]).map(str::to_owned);
    match &whole.bank_reference {
        Some(reference) if own.as_ref().is_none_or(|own| own == reference) => Some(format!("{reference}/{}", at + 1)),
        _ => own,
    }
}

/// What the transactions say about the other side and the purpose.
fn merged(whole: Entry, details: &[&Element]) -> Entry {
    let party = if whole.direction == Direction::Credit { "Dbtr" } else { "Cdtr" };
    let names = details.iter().filter_map(|details| {
        let name = details.text_at(&["RltdPties", party, "Pty", "Nm"]);
        name.or_else(|| details.text_at(&["RltdPties", party, "Nm"]))
    });
    let ids = details.iter().filter_map(|details| details.text_at(&["Refs", "EndToEndId"]));
    let remittance = details.iter().flat_map(|details| remittance(details));
    Entry {
        counterparty: joined(names, "；"),
        end_to_end_id: ids.filter(|id| *id != "NOTPROVIDED").map(str::to_owned).next(),
        remittance: joined(remittance.chain(Some(whole.remittance.as_str())), " "),
        ..whole
    }
}

fn remittance(details: &Element) -> Vec<&str> {
    let Some(information) = details.find(&["RmtInf"]) else { return Vec::new() };
    let free = information.all("Ustrd").map(|text| text.text.trim());
    let structured = information.all("Strd").filter_map(|one| one.text_at(&["CdtrRefInf", "Ref"]));
    free.chain(structured).collect()
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>, between: &str) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if !seen.contains(&part) {
            seen.push(part);
        }
    }
    seen.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    const V2: &str = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02";
    const V8: &str = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    fn file(namespace: &str, entries: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"{namespace}\"><BkToCstmrStmt><Stmt>\
             <Acct><Id><Othr><Id>6222000100020003</Id></Othr></Id></Acct>\n{entries}</Stmt></BkToCstmrStmt></Document>"
        )
    }

    fn entry(amount: &str, inner: &str) -> String {
        format!(
            "<Ntry><Amt Ccy=\"CNY\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>{inner}\
             <BookgDt><Dt>2027-01-05</Dt></BookgDt>"
        )
    }

    #[test]
    fn both_versions_say_the_same() {
        let old = format!(
            "{}<AcctSvcrRef>B1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>\
             <RltdPties><Dbtr><Nm>云杉医院</Nm></Dbtr></RltdPties><RmtInf><Ustrd>HT-2027-0001</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>",
            entry("1200.50", "<Sts>BOOK</Sts>")
        );
        let new = format!(
            "{}<AcctSvcrRef>B1</AcctSvcrRef><NtryDtls><TxDtls>\
             <RltdPties><Dbtr><Pty><Nm>云杉医院</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>HT-2027-0001</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>",
            entry("1200.50", "<Sts><Cd>BOOK</Cd></Sts>")
        );
        let (old, new) =
            (read(file(V2, &old).as_bytes()).expect("read"), read(file(V8, &new).as_bytes()).expect("read"));
        assert_eq!(old, new);
        let one = &old.entries[0];
        assert_eq!(
            (one.amount, one.counterparty.as_str(), one.remittance.as_str()),
            (Money::cny(120_050), "云杉医院", "HT-2027-0001")
        );
        assert_eq!((one.bank_reference.as_deref(), one.end_to_end_id.as_deref()), (Some("B1"), None));
    }

    #[test]
    fn a_collective_booking_is_split_when_its_parts_add_up() {
        let part = |minor: &str| format!("<TxDtls><Amt Ccy=\"CNY\">{minor}</Amt></TxDtls>");
        let whole = |a: &str, b: &str| {
            let details = format!("<NtryDtls>{}{}</NtryDtls></Ntry>", part(a), part(b));
            file(V8, &format!("{}<AcctSvcrRef>B1</AcctSvcrRef>{details}", entry("10", "")))
        };
        let split = read(whole("4", "6").as_bytes()).expect("read").entries;
        let found: Vec<_> = split.iter().map(|one| (one.amount.minor, one.bank_reference.as_deref())).collect();
        assert_eq!(found, [(400, Some("B1/1")), (600, Some("B1/2"))]);
        assert_eq!(read(whole("4", "5").as_bytes()).expect("read").entries.len(), 1);
    }

    #[test]
    fn bad_entries_are_named_and_the_rest_is_read() {
        let good = format!("{}</Ntry>", entry("1", ""));
        let bad = format!("{}</Ntry>\n{}</Ntry>", entry("-1", ""), entry("x", ""));
        let pending = format!("{}</Ntry>", entry("1", "<Sts>PDNG</Sts>"));
        let statement = read(file(V2, &format!("{good}\n{bad}{pending}")).as_bytes()).expect("read");
        assert_eq!((statement.entries.len(), statement.pending), (1, 1));
        let errors: Vec<_> = statement.errors.iter().map(|error| (error.line, error.field.as_str())).collect();
        assert_eq!(errors, [(4, "Ntry/Amt"), (5, "Ntry/Amt")]);
    }

    #[test]
    fn another_document_is_refused() {
        assert_eq!(read(b"<Document xmlns=\"urn:x\"/>"), Err(BadStatement::Namespace("urn:x".into())));
        let empty = format!("<Document xmlns=\"{V2}\"><BkToCstmrStmt/></Document>");
        assert_eq!(read(empty.as_bytes()), Err(BadStatement::Missing { line: 1, element: "Stmt" }));
    }
}
