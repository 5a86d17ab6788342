//! One API description out of every service's.
//!
//! Schemas of the same name and text are one; where the texts differ, the later service's gets its
//! service's name in front, and so does every schema of that service that refers to it. Operations are
//! called by method and path, as the names that services give them repeat.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

const SCHEMA_REF: &str = "#/components/schemas/";

/// Puts descriptions into one. `public` says which paths need no sign-in.
pub fn merge<'a>(
    documents: impl IntoIterator<Item = (&'a str, &'a Value)>,
    version: &str,
    public: impl Fn(&str) -> bool,
) -> Value {
    let mut merged = Merged::default();
    for (service, document) in documents {
        merged.add(service, document);
    }
    merged.finish(version, public)
}

#[derive(Default)]
struct Merged {
    paths: Map<String, Value>,
    schemas: Map<String, Value>,
    tags: BTreeMap<String, Value>,
}

impl Merged {
    fn add(&mut self, service: &str, document: &Value) {
        let theirs = object(&document["components"]["schemas"]);
        let renamed = self.renamed(service, &theirs);
        for (name, mut schema) in theirs {
            rewrite(&mut schema, &renamed);
            let name = renamed.get(&name).cloned().unwrap_or(name);
            self.schemas.entry(name).or_insert(schema);
        }
        for (path, mut item) in object(&document["paths"]) {
            rewrite(&mut item, &renamed);
            name_operations(&path, &mut item);
            self.paths.entry(path).or_insert(item);
        }
        for tag in document["tags"].as_array().into_iter().flatten() {
            if let Some(name) = tag["name"].as_str() {
                self.tags.entry(name.to_owned()).or_insert_with(|| tag.clone());
            }
        }
    }

    /// The names that mean something else here, and what they are called instead.
    fn renamed(&self, service: &str, theirs: &Map<String, Value>) -> BTreeMap<String, String> {
        let differs =
            |(name, schema): &(&String, &Value)| self.schemas.get(*name).is_some_and(|known| known != *schema);
        let mut changed: BTreeSet<&String> = theirs.iter().filter(differs).map(|(name, _)| name).collect();
        loop {
            let touched = |(name, schema): &(&String, &Value)| {
                self.schemas.contains_key(*name) && !changed.contains(*name) && refers_to(schema, &changed)
            };
            let more: Vec<&String> = theirs.iter().filter(touched).map(|(name, _)| name).collect();
            if more.is_empty() {
                break;
            }
            changed.extend(more);
        }
        let prefix = pascal(service);
        changed.into_iter().map(|name| (name.clone(), format!("{prefix}{name}"))).collect()
    }

    fn finish(mut self, version: &str, public: impl Fn(&str) -> bool) -> Value {
        for (path, item) in &mut self.paths {
            if public(path) {
                open_to_all(item);
            }
        }
        json!({
            "openapi": "3.1.0",
            "info": { "title": "Sluice", "version": version },
            "paths": self.paths,
            "components": {
                "schemas": self.schemas,
                "securitySchemes": {
                    "session": { "type": "apiKey", "in": "cookie", "name": "sluice_session",
                        "description": "Set by signing in; changing requests must come from the same origin." },
                    "bearer": { "type": "http", "scheme": "bearer",
                        "description": "The token of a session, an API key (slk_…) or an access token got with one." },
                },
            },
            "security": [{ "session": [] }, { "bearer": [] }],
            "tags": self.tags.into_values().collect::<Vec<_>>(),
        })
    }
}

/// `post_quotes_id_submit` of `POST /api/quotes/{id}/submit`.
fn name_operations(path: &str, item: &mut Value) {
    let words = path.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && *word != "api").collect::<Vec<_>>().join("_");
    for (method, operation) in item.as_object_mut().into_iter().flatten() {
        if let Some(operation) = operation.as_object_mut() {
            operation.insert("operationId".into(), json!(format!("{method}_{words}")));
        }
    }
}

fn open_to_all(item: &mut Value) {
    for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Some(operation) = operation.as_object_mut() {
            operation.insert("security".into(), json!([]));
        }
    }
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn refers_to(schema: &Value, names: &BTreeSet<&String>) -> bool {
    match schema {
        Value::String(text) => {
            text.strip_prefix(SCHEMA_REF).is_some_and(|name| names.iter().any(|known| *known == name))
        }
        Value::Array(items) => items.iter().any(|item| refers_to(item, names)),
        Value::Object(fields) => fields.values().any(|field| refers_to(field, names)),
        _ => false,
    }
}

/// Rewrites every reference, discriminator mappings included.
fn rewrite(value: &mut Value, renamed: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix(SCHEMA_REF).and_then(|name| renamed.get(name)) {
                *text = format!("{SCHEMA_REF}{name}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, renamed)),
        Value::Object(fields) => fields.values_mut().for_each(|field| rewrite(field, renamed)),
        _ => {}
    }
}

/// `LeadRouting` of `lead-routing`.
fn pascal(service: &str) -> String {
    let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    service.split('-').filter(|word| !word.is_empty()).map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(path: &str, schemas: Value, uses: &str) -> Value {
        let schema = json!({ "$ref": format!("{SCHEMA_REF}{uses}") });
        let body = json!({ "application/json": { "schema": schema } });
        json!({
            "paths": { path: { "get": { "responses": { "200": { "content": body } } } } },
            "components": { "schemas": schemas },
        })
    }

    fn used_at(merged: &Value, path: &str) -> String {
        let schema = &merged["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        schema["$ref"].as_str().expect("a reference").trim_start_matches(SCHEMA_REF).to_owned()
    }

    fn merged(documents: &[(&str, &Value)]) -> Value {
        merge(documents.iter().copied(), "1", |path| path.starts_with("/api/open/"))
    }

    #[test]
    fn equal_schemas_are_one_and_different_ones_get_their_service_in_front() {
        let problem = json!({ "type": "object", "title": "Problem" });
        let one = document("/api/a", json!({ "Problem": problem, "View": { "type": "string" } }), "View");
        let two = document("/api/b", json!({ "Problem": problem, "View": { "type": "integer" } }), "View");
        let merged = merged(&[("crm", &one), ("lead-routing", &two)]);
        let names: BTreeSet<_> = object(&merged["components"]["schemas"]).keys().cloned().collect();
        assert_eq!(names, ["LeadRoutingView", "Problem", "View"].map(str::to_owned).into());
        assert_eq!((used_at(&merged, "/api/a"), used_at(&merged, "/api/b")), ("View".into(), "LeadRoutingView".into()));
    }

    #[test]
    fn what_refers_to_a_renamed_schema_is_renamed_with_it() {
        let page = json!({ "items": { "$ref": format!("{SCHEMA_REF}View") } });
        let one = document("/api/a", json!({ "Page": page, "View": { "type": "string" } }), "Page");
        let two = document("/api/b", json!({ "Page": page, "View": { "type": "integer" } }), "Page");
        let merged = merged(&[("crm", &one), ("ai-qa", &two)]);
        assert_eq!(used_at(&merged, "/api/b"), "AiQaPage");
        let items = &merged["components"]["schemas"]["AiQaPage"]["items"]["$ref"];
        assert_eq!(items, &json!(format!("{SCHEMA_REF}AiQaView")));
        assert_eq!(merged["components"]["schemas"]["Page"], page);
    }

    #[test]
    fn operations_of_the_same_name_are_told_apart() {
        let mut one = document("/api/quotes/{id}/submit", json!({ "V": {} }), "V");
        one["paths"]["/api/quotes/{id}/submit"]["get"]["operationId"] = json!("submit");
        let mut two = document("/api/dead-letters/ai-qa", json!({ "V": {} }), "V");
        two["paths"]["/api/dead-letters/ai-qa"]["get"]["operationId"] = json!("submit");
        let merged = merged(&[("quote-contract", &one), ("ai-qa", &two)]);
        let id = |path: &str| merged["paths"][path]["get"]["operationId"].clone();
        assert_eq!(id("/api/quotes/{id}/submit"), "get_quotes_id_submit");
        assert_eq!(id("/api/dead-letters/ai-qa"), "get_dead_letters_ai_qa");
    }

    #[test]
    fn public_paths_say_that_they_need_no_sign_in() {
        let open = document("/api/open/{id}", json!({ "V": {} }), "V");
        let merged = merged(&[("crm", &open)]);
        assert_eq!(merged["paths"]["/api/open/{id}"]["get"]["security"], json!([]));
        assert_eq!(merged["security"].as_array().map(Vec::len), Some(2));
    }
}
