//! The `[service]` table of `config.default.toml`, where every key is explained.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use kernel::IdSource;
use runtime::BuildError;
use runtime::sealed::{SealingConfig, SealingKey};
use serde::Deserialize;

use crate::domain::attempts::AttemptRules;
use crate::domain::passwords::Cost;
use crate::domain::routes::RouteTable;

const SECOND_FACTOR_KEY: &str = "service.second_factor.key";

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub public_url: String,
    pub public: Vec<String>,
    pub session: SessionConfig,
    pub directory: DirectoryConfig,
    pub attempts: AttemptRules,
    pub second_factor: SealingConfig,
    pub oidc: BTreeMap<String, ProviderConfig>,
    pub limits: LimitsConfig,
    pub proxy: ProxyConfig,
    pub bootstrap: BootstrapConfig,
    pub console: ConsoleConfig,
    pub routes: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionConfig {
    pub idle_minutes: u32,
    pub lifetime_minutes: u32,
    pub step_up_minutes: u32,
    pub secure_cookie: bool,
    pub cache_ms: u64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectoryConfig {
    pub enabled: bool,
    pub argon2_memory_kib: u32,
    pub argon2_passes: u32,
    pub argon2_lanes: u32,
    pub argon2_at_once: usize,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderConfig {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Option<String>,
    pub tenant: String,
    pub label: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsConfig {
    pub login: QuotaConfig,
    pub read: QuotaConfig,
    pub write: QuotaConfig,
    pub trust_forwarded_for: bool,
}

/// So many a minute, so many at once.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotaConfig {
    pub per_minute: NonZeroU32,
    pub burst: NonZeroU32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProxyConfig {
    pub answer_within_seconds: u64,
    pub refresh_openapi_seconds: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BootstrapConfig {
    pub file: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsoleConfig {
    pub folder: String,
}

// Secrets stay out of debug output.
impl std::fmt::Debug for ProviderConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProviderConfig")
            .field("issuer", &self.issuer)
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

impl Config {
    /// What the types cannot say.
    pub fn check(&self, demo: bool) -> Result<(), BuildError> {
        let url = url::Url::parse(&self.public_url).map_err(|error| BuildError::other("service.public_url", error))?;
        if self.public_url.ends_with('/') || !matches!(url.scheme(), "http" | "https") {
            return Err(BuildError::other("service.public_url", "must be http(s)://… without a trailing slash"));
        }
        if self.public.iter().any(|path| !path.starts_with("/api/") || !path.ends_with('/')) {
            return Err(BuildError::other("service.public", "paths start with /api/ and end with /"));
        }
        self.cost().check().map_err(|why| BuildError::other("service.directory", why))?;
        if self.directory.argon2_at_once == 0 {
            return Err(BuildError::other("service.directory.argon2_at_once", "must be at least 1"));
        }
        self.second_factor.check(SECOND_FACTOR_KEY, demo)?;
        RouteTable::new(&self.routes).map(|_| ()).map_err(|why| BuildError::other("service.routes", why))
    }

    pub(crate) fn cost(&self) -> Cost {
        let DirectoryConfig { argon2_memory_kib, argon2_passes, argon2_lanes, .. } = self.directory;
        Cost { memory_kib: argon2_memory_kib, passes: argon2_passes, lanes: argon2_lanes }
    }

    pub(crate) fn sealing_key(&self, ids: &IdSource) -> Result<SealingKey, BuildError> {
        self.second_factor.key(SECOND_FACTOR_KEY, ids)
    }
}
