//! The `[service]` table of `config.default.toml`.

use std::collections::BTreeMap;
use std::time::Duration;

use runtime::BuildError;
use runtime::sealed::SealingConfig;
use serde::Deserialize;
use serde_json::Value;

use crate::domain::channel::ChannelKind;
use crate::domain::providers::{Provider, Providers};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub mode: Mode,
    pub public_url: String,
    pub allow_private_targets: bool,
    pub send_every_ms: u64,
    pub secrets: SealingConfig,
    pub providers: BTreeMap<ChannelKind, Value>,
}

/// Where outgoing messages end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// In the table of the development sink.
    Sink,
    /// With the providers.
    Live,
}

/// The configuration, checked.
#[derive(Clone)]
pub struct Settings {
    pub mode: Mode,
    /// Without a trailing slash.
    pub public_url: String,
    pub allow_private_targets: bool,
    pub send_every: Duration,
    /// For tenants that have not set up their own.
    pub providers: Providers,
}

impl Config {
    pub fn check(self) -> Result<Settings, BuildError> {
        url::Url::parse(&self.public_url).map_err(|error| BuildError::other("service.public_url", error))?;
        if self.send_every_ms == 0 {
            return Err(BuildError::other("service.send_every_ms", "must be at least 1"));
        }
        let mut providers = Providers::default();
        for (kind, settings) in &self.providers {
            providers.set(*kind, Some(provider(*kind, settings, self.allow_private_targets)?));
        }
        Ok(Settings {
            mode: self.mode,
            public_url: self.public_url.trim_end_matches('/').to_owned(),
            allow_private_targets: self.allow_private_targets,
            send_every: Duration::from_millis(self.send_every_ms),
            providers,
        })
    }
}

fn provider(kind: ChannelKind, settings: &Value, allow_private: bool) -> Result<Provider, BuildError> {
    let errors = match Provider::read(kind, settings) {
        Err(errors) => errors,
        Ok(provider) => match provider.check(allow_private) {
            errors if errors.is_empty() => return Ok(provider),
            errors => errors,
        },
    };
    let why: Vec<String> = errors.iter().map(|error| format!("{}: {}", error.field, error.reason.en)).collect();
    Err(BuildError::other("service.providers", format!("{kind}: {}", why.join("; "))))
}
