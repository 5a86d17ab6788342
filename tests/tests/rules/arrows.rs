//! app → {http, grpc, reactions, jobs} → ops → {domain, store} → kernel, and never service → service.

use std::process::Command;

use serde_json::Value;

use crate::sources::{root, rust_files, services};

fn packages() -> Vec<(String, String, Vec<String>)> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("json");
    let package = |package: &Value| {
        let needs = package["dependencies"].as_array().expect("dependencies").iter();
        let needs =
            needs.filter(|need| need["kind"].is_null()).map(|need| need["name"].as_str().expect("a name").to_owned());
        let text = |key: &str| package[key].as_str().expect("text").to_owned();
        (text("name"), text("manifest_path"), needs.collect())
    };
    metadata["packages"].as_array().expect("packages").iter().map(package).collect()
}

#[test]
fn no_service_and_no_library_depends_on_a_service() {
    let services = services();
    for (name, path, needs) in packages() {
        if name == "all-in-one" || name == "scenarios" {
            continue;
        }
        for need in needs {
            assert!(!services.contains(&need), "{name} ({path}) depends on the service {need}");
        }
    }
}

/// Modules that the files of a layer must not know.
const FORBIDDEN: [(&str, &[&str]); 7] = [
    ("domain", &["store", "ops", "http", "grpc", "reactions", "jobs", "app"]),
    ("store", &["ops", "http", "grpc", "reactions", "jobs", "app"]),
    ("ops", &["http", "grpc", "reactions", "jobs"]),
    ("http", &["grpc", "reactions", "jobs", "store"]),
    ("grpc", &["http", "reactions", "jobs"]),
    ("reactions", &["http", "grpc", "jobs", "store"]),
    ("jobs", &["http", "grpc", "reactions"]),
];

#[test]
fn layers_know_only_what_is_below_them() {
    let mut wrong = Vec::new();
    for service in services() {
        for source in rust_files(&format!("services/{service}/src")) {
            let path = source.path.display().to_string();
            let Some((layer, forbidden)) = FORBIDDEN.iter().find(|(layer, _)| path.contains(&format!("/src/{layer}/")))
            else {
                continue;
            };
            let uses = |module: &&&str| source.text.contains(&format!("crate::{module}::"));
            wrong.extend(forbidden.iter().filter(uses).map(|module| format!("{path}: {layer} must not know {module}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
