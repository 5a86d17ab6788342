//! One stem names a behaviour everywhere; nothing is called utils.

use crate::sources::{root, rust_files, services};

#[test]
fn no_module_is_a_drawer_for_everything() {
    for folder in ["libs", "services", "tests"] {
        for source in rust_files(folder) {
            let path = source.path.display().to_string();
            for drawer in ["utils", "util", "helpers", "helper", "common", "misc"] {
                let found = path.contains(&format!("/{drawer}/")) || path.ends_with(&format!("/{drawer}.rs"));
                assert!(!found, "{path}: name it after what it does");
            }
        }
    }
}

#[test]
fn every_span_of_an_operation_is_named_like_its_function() {
    let mut wrong = Vec::new();
    for service in services() {
        let folder = format!("services/{service}/src/ops");
        if !root().join(&folder).exists() {
            continue;
        }
        for source in rust_files(&folder) {
            wrong.extend(
                misnamed_spans(&source.text).into_iter().map(|what| format!("{}: {what}", source.path.display())),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One search for a name finds the operation, its span and its log lines.
fn misnamed_spans(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut span = None;
    for line in text.lines() {
        if let Some((_, rest)) = line.split_once("instrument(name = \"") {
            span = rest.split('"').next().and_then(|name| name.rsplit('.').next()).map(str::to_owned);
        }
        let Some((_, rest)) = line.split_once("fn ") else { continue };
        let function = rest.split(['(', '<']).next().unwrap_or_default();
        if let Some(span) = span.take().filter(|span| span != function) {
            wrong.push(format!("the span of {function} is called {span}"));
        }
    }
    wrong
}

#[test]
fn the_check_finds_a_misnamed_span() {
    let text = "#[tracing::instrument(name = \"crm.move_it\", skip_all)]\npub async fn moved(x: u8) {}\n";
    assert_eq!(misnamed_spans(text), ["the span of moved is called move_it"]);
}

#[test]
fn mains_only_start() {
    for service in services() {
        for source in rust_files(&format!("services/{service}/src")) {
            if source.path.ends_with("src/main.rs") {
                assert!(source.text.lines().count() <= 30, "{}", source.path.display());
            }
        }
    }
}
