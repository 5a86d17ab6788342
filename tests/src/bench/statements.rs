//! The statements of one transaction as PostgreSQL logged them, written as a script for pgbench.

use std::collections::HashMap;

use regex::Regex;

/// One statement with its parameters; none is NULL.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    pub sql: String,
    pub parameters: Vec<Option<String>>,
}

/// The transaction in a log written with `log_statement = 'all'` that contains `marker`, without BEGIN and COMMIT.
pub fn transaction_with(log: &str, marker: &str) -> Option<Vec<Statement>> {
    let mut open: HashMap<&str, Vec<Statement>> = HashMap::new();
    for (process, message) in messages(log) {
        let statements = open.entry(process).or_default();
        if let Some(parameters) = message.strip_prefix("DETAIL:  parameters: ") {
            if let Some(last) = statements.last_mut() {
                last.parameters = parameters_of(parameters);
            }
            continue;
        }
        let Some(sql) = statement_of(&message) else { continue };
        match sql.as_str() {
            "BEGIN" => statements.clear(),
            "COMMIT" if statements.iter().any(|statement| statement.sql.contains(marker)) => {
                return open.remove(process);
            }
            _ => statements.push(Statement { sql, parameters: Vec::new() }),
        }
    }
    None
}

/// `(process, message)` of each entry; a message's further lines start with a tab.
fn messages(log: &str) -> Vec<(&str, String)> {
    let mut messages: Vec<(&str, String)> = Vec::new();
    for line in log.lines() {
        if let Some(more) = line.strip_prefix('\t') {
            if let Some((_, message)) = messages.last_mut() {
                message.push('\n');
                message.push_str(more);
            }
        } else if let Some((head, message)) = line.split_once("] ")
            && let Some((_, process)) = head.rsplit_once('[')
        {
            messages.push((process, message.to_owned()));
        }
    }
    messages
}

fn statement_of(message: &str) -> Option<String> {
    let said = message.strip_prefix("LOG:  ")?;
    if let Some(sql) = said.strip_prefix("statement: ") {
        return Some(sql.trim().to_owned());
    }
    let (_, sql) = said.strip_prefix("execute ")?.split_once(": ")?;
    Some(sql.trim().to_owned())
}

/// `$1 = 'a', $2 = NULL` with quotes doubled inside values.
fn parameters_of(text: &str) -> Vec<Option<String>> {
    let each = Regex::new(r"\$\d+ = (?:NULL|'((?:[^']|'')*)')").expect("a pattern");
    each.captures_iter(text).map(|found| found.get(1).map(|value| value.as_str().replace("''", "'"))).collect()
}

/// A part of a value that every transaction needs afresh, and the SQL that makes it.
pub struct Fresh {
    pub was: String,
    pub now: String,
}

/// The script of one transaction: `before` sets pgbench's variables, every statement follows with its values in place.
pub fn script(before: &str, statements: &[Statement], fresh: &[Fresh]) -> String {
    let each = statements.iter().map(|statement| format!("{};\n", with_values(statement, fresh)));
    format!("{before}\nBEGIN;\n{}COMMIT;\n", each.collect::<String>())
}

fn with_values(statement: &Statement, fresh: &[Fresh]) -> String {
    let place = Regex::new(r"\$(\d+)").expect("a pattern");
    let value = |found: &regex::Captures<'_>| {
        let at: usize = found[1].parse().expect("a number");
        statement.parameters[at - 1].as_deref().map_or_else(|| "NULL".to_owned(), |value| expression(value, fresh))
    };
    place.replace_all(&statement.sql, value).into_owned()
}

/// A literal where nothing is fresh; otherwise pieces joined, with the type that the server would have inferred.
fn expression(value: &str, fresh: &[Fresh]) -> String {
    let mut pieces = Vec::new();
    let mut rest = value;
    while let Some((at, part)) = next_fresh(rest, fresh) {
        if at > 0 {
            pieces.push(literal(&rest[..at]));
        }
        pieces.push(part.now.clone());
        rest = &rest[at + part.was.len()..];
    }
    if pieces.is_empty() {
        return literal(value);
    }
    if !rest.is_empty() {
        pieces.push(literal(rest));
    }
    let kind = match value {
        _ if uuid::Uuid::parse_str(value).is_ok() => "::uuid",
        _ if value.starts_with("{\"")
            && value.ends_with('}')
            && serde_json::from_str::<serde_json::Value>(value).is_ok() =>
        {
            "::jsonb"
        }
        _ => "::text",
    };
    format!("({}){kind}", pieces.join(" || "))
}

fn next_fresh<'a>(text: &str, fresh: &'a [Fresh]) -> Option<(usize, &'a Fresh)> {
    fresh.iter().filter_map(|part| text.find(&part.was).map(|at| (at, part))).min_by_key(|(at, _)| *at)
}

/// pgbench takes any `:name` for a variable, even in quotes.
fn literal(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3a").replace('\n', "\\n");
    format!("E'{escaped}'")
}
