//! The payload of an event as the fields that rules and templates name.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Fields by their JSON names (`contractNumber`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Reads a JSON object.
    pub fn parse(payload: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(payload).map(Self)
    }

    /// The field's value; empty text counts as absent, as the canonical JSON form leaves it out.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| value.as_str() != Some("") && !value.is_null())
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// The texts of a list field; nothing when absent.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        let items = self.get(name).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }
}
