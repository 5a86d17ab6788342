//! The `[service]` table of the configuration.

use std::path::PathBuf;

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub storage: StorageConfig,
    pub recordings: RecordingConfig,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StorageConfig {
    pub path: PathBuf,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordingConfig {
    pub largest_bytes: i64,
    pub longest_minutes: u32,
    pub part_bytes: usize,
    pub upload_hours: i64,
    pub retention_days: i64,
}

impl Config {
    /// What is wrong with the values, if anything.
    pub fn check(&self) -> Result<(), &'static str> {
        let limits = &self.recordings;
        if limits.largest_bytes <= 0 || limits.part_bytes == 0 || limits.longest_minutes == 0 {
            return Err("recordings: largest_bytes, longest_minutes and part_bytes must be positive");
        }
        if limits.upload_hours <= 0 || limits.retention_days <= 0 {
            return Err("recordings: upload_hours and retention_days must be positive");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_valid_and_complete() {
        let layered = runtime::config::Layered::defaults("ai-qa", include_str!("../config.default.toml")).unwrap();
        let config: Config = layered.service().try_into().unwrap();
        assert_eq!(config.check(), Ok(()));
    }
}
