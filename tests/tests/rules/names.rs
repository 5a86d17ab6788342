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
fn every_operation_has_a_span_with_its_own_name() {
    let mut wrong = Vec::new();
    for service in services() {
        let folder = format!("services/{service}/src/ops");
        if !root().join(&folder).exists() {
            continue;
        }
        for source in rust_files(&folder) {
            let stem = source.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let spans = source.text.contains("#[tracing::instrument") || source.text.contains("#[instrument");
            let named = source.text.contains(&format!(".{stem}\","));
            if spans && !named {
                wrong.push(format!("{}: its span must be <service>.{stem}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
