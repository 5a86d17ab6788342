//! Configuration: a service's commented defaults, then a file, then the environment.
//!
//! `SLUICE_CONFIG` names the file. `SLUICE__RUNTIME__LISTEN=0.0.0.0:8080` overrides `runtime.listen`:
//! two underscores between levels, upper case, values read as TOML where they can be.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Value;

use crate::database::DatabaseConfig;
use crate::trust::TrustConfig;

/// Keys that every service has; a service's own defaults may change them.
pub const DEFAULTS: &str = include_str!("../config.default.toml");

/// `[runtime]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuntimeConfig {
    pub listen: SocketAddr,
    pub database: DatabaseConfig,
    pub nats: NatsConfig,
    pub trust: TrustConfig,
    pub ledger: LedgerConfig,
    pub telemetry: TelemetryConfig,
    /// Addresses of the other services, by name.
    pub peers: std::collections::BTreeMap<String, String>,
    /// Demonstrations and tests only: time may be moved, fault points may be armed.
    pub demo: bool,
    /// Abort at this point of the write path (demo only): `name` or `name:nth`.
    pub crash_at: String,
}

/// Section `nats`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NatsConfig {
    pub url: String,
    pub user: String,
    pub password: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerConfig {
    /// ed25519 seed that signs this service's checkpoints, 64 hex digits: a secret.
    pub seed: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelemetryConfig {
    /// `json` for machines, `pretty` for people.
    pub format: LogFormat,
    /// `tracing` filter directives, such as `info,sqlx=warn`.
    pub filter: String,
    /// OTLP over HTTP, such as `http://collector:4318`; empty switches export off.
    pub otlp_endpoint: String,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Json,
    Pretty,
}

/// Why a configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{0} is not readable: {1}")]
    File(PathBuf, std::io::Error),
    #[error("{0} is not TOML: {1}")]
    Syntax(String, toml::de::Error),
    #[error("[{0}]: {1}")]
    Value(&'static str, String),
    #[error("{0} is set twice with different shapes")]
    Shape(String),
}

/// A configuration before it is typed: `runtime` and `service` tables.
#[derive(Clone, Debug)]
pub struct Layered(Value);

impl Layered {
    /// The runtime's defaults, then the service's.
    pub fn defaults(name: &str, service: &str) -> Result<Self, ConfigError> {
        let mut layered = Self(parse("runtime defaults", DEFAULTS)?);
        layered.add(name, service)?;
        Ok(layered)
    }

    /// Lays a TOML text over what is there.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), ConfigError> {
        let over = parse(name, text)?;
        merge(&mut self.0, over);
        Ok(())
    }

    /// Lays the file named by `SLUICE_CONFIG` and the `SLUICE__…` variables over what is there.
    pub fn add_process_environment(&mut self) -> Result<(), ConfigError> {
        if let Some(path) =
            environment().find_map(|(key, value)| (key == "SLUICE_CONFIG").then(|| PathBuf::from(value)))
        {
            let text = std::fs::read_to_string(&path).map_err(|error| ConfigError::File(path.clone(), error))?;
            self.add(&path.display().to_string(), &text)?;
        }
        for (key, value) in environment() {
            if let Some(path) = key.strip_prefix("SLUICE__") {
                self.set(&path.to_ascii_lowercase().split("__").collect::<Vec<_>>(), &value)?;
            }
        }
        Ok(())
    }

    /// Sets one key; the value is read as TOML where it can be, as text otherwise.
    pub fn set(&mut self, path: &[&str], value: &str) -> Result<(), ConfigError> {
        let value = toml::from_str::<toml::Table>(&format!("value = {value}"))
            .ok()
            .and_then(|mut table| table.remove("value"))
            .unwrap_or_else(|| Value::String(value.to_owned()));
        let mut at = &mut self.0;
        let (last, parents) = path.split_last().ok_or_else(|| ConfigError::Shape("an empty key".into()))?;
        for key in parents {
            let table = at.as_table_mut().ok_or_else(|| ConfigError::Shape(path.join(".")))?;
            at = table.entry((*key).to_owned()).or_insert_with(|| Value::Table(toml::Table::new()));
        }
        let table = at.as_table_mut().ok_or_else(|| ConfigError::Shape(path.join(".")))?;
        table.insert((*last).to_owned(), value);
        Ok(())
    }

    pub fn runtime(&self) -> Result<RuntimeConfig, ConfigError> {
        typed(self.table("runtime"), "runtime")
    }

    /// The `[service]` table, for the service to type.
    pub fn service(&self) -> Value {
        self.table("service")
    }

    fn table(&self, name: &str) -> Value {
        self.0.get(name).cloned().unwrap_or_else(|| Value::Table(toml::Table::new()))
    }
}

pub(crate) fn typed<T: DeserializeOwned>(table: Value, name: &'static str) -> Result<T, ConfigError> {
    table.try_into().map_err(|error: toml::de::Error| ConfigError::Value(name, error.message().to_owned()))
}

#[expect(clippy::disallowed_methods, reason = "this is where configuration is read")]
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars()
}

fn parse(name: &str, text: &str) -> Result<Value, ConfigError> {
    let table: toml::Table = text.parse().map_err(|error| ConfigError::Syntax(name.to_owned(), error))?;
    Ok(Value::Table(table))
}

fn merge(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Table(under), Value::Table(over)) => {
            for (key, value) in over {
                match under.get_mut(&key) {
                    Some(known) => merge(known, value),
                    None => {
                        under.insert(key, value);
                    }
                }
            }
        }
        (under, over) => *under = over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_layers_win() {
        let mut layered = Layered::defaults("test", "[runtime]\nlisten = \"127.0.0.1:1111\"").expect("defaults");
        assert_eq!(layered.runtime().expect("typed").listen.port(), 1111);
        layered.set(&["runtime", "listen"], "\"127.0.0.1:9999\"").expect("set");
        assert_eq!(layered.runtime().expect("typed").listen.port(), 9999);
    }

    #[test]
    fn what_is_no_toml_value_is_taken_as_text() {
        let mut layered = Layered::defaults("test", "").expect("defaults");
        layered.set(&["runtime", "listen"], "127.0.0.1:9999").expect("set");
        layered.set(&["runtime", "demo"], "true").expect("set");
        let config = layered.runtime().expect("typed");
        assert_eq!((config.listen.port(), config.demo), (9999, true));
    }

    #[test]
    fn unknown_and_unreadable_keys_are_refused() {
        let mut layered = Layered::defaults("test", "").expect("defaults");
        layered.set(&["runtime", "lisen"], "1").expect("set");
        assert!(layered.runtime().expect_err("unknown").to_string().contains("lisen"));
        let mut layered = Layered::defaults("test", "").expect("defaults");
        layered.set(&["runtime", "listen"], "x").expect("set");
        assert!(layered.runtime().expect_err("unreadable").to_string().contains("socket address"));
    }
}
