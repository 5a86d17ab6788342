//! Small files, small functions.

use crate::sources::{Source, rust_files};

const LONGEST_FILE: usize = 500;
const LONGEST_FUNCTION: usize = 80;

#[test]
fn no_file_is_too_long() {
    let mut wrong = Vec::new();
    for folder in ["libs", "services", "tests"] {
        for source in rust_files(folder) {
            let lines = source.text.lines().count();
            if lines > LONGEST_FILE {
                wrong.push(format!("{}: {lines} lines", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_function_is_too_long() {
    let mut wrong = Vec::new();
    for folder in ["libs", "services", "tests"] {
        for source in rust_files(folder) {
            wrong.extend(long_functions(&source));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// rustfmt puts a function's closing brace under its first letter.
fn long_functions(source: &Source) -> Vec<String> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        if !is_function(line.trim_start()) || is_declaration(&lines[start..]) {
            continue;
        }
        let closing = format!("{}}}", " ".repeat(indent));
        let length = lines[start..].iter().position(|line| *line == closing).unwrap_or(0) + 1;
        if length > LONGEST_FUNCTION {
            found.push(format!("{}:{}: {length} lines", source.path.display(), start + 1));
        }
    }
    found
}

/// A trait's function without a body ends where a body would begin.
fn is_declaration(lines: &[&str]) -> bool {
    lines.iter().find(|line| line.ends_with(['{', ';', '}'])).is_some_and(|line| line.ends_with(';'))
}

fn is_function(line: &str) -> bool {
    let words = line
        .split_whitespace()
        .take_while(|word| matches!(*word, "pub" | "pub(crate)" | "pub(super)" | "async" | "const" | "unsafe"));
    line.split_whitespace().nth(words.count()) == Some("fn")
}

#[test]
fn the_measure_finds_a_long_function() {
    let body = "    let x = 1;\n".repeat(90);
    let declared = format!(
        "trait T {{\n    fn a(\n        &self,\n    ) -> u8;\n{}    fn b() {{\n    }}\n}}\n",
        "    // more\n".repeat(90)
    );
    let text = format!("fn short() {{\n}}\n\npub async fn long() {{\n{body}}}\n{declared}");
    let source = Source { path: "example.rs".into(), text };
    assert_eq!(long_functions(&source), ["example.rs:4: 92 lines"]);
}
