//! The `[service]` table of the configuration.

use std::path::PathBuf;

use runtime::sealed::SealingConfig;
use serde::Deserialize;

use crate::domain::transcript::Channel;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub storage: StorageConfig,
    pub recordings: RecordingConfig,
    pub transcription: TranscriptionConfig,
    pub scoring: ScoringConfig,
    pub links: SealingConfig,
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

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranscriptionConfig {
    pub model_folder: PathBuf,
    pub languages: Vec<String>,
    pub workers: usize,
    pub threads: usize,
    pub turn_minutes: i64,
    pub lease_seconds: i64,
    pub attempts: i32,
    pub rep_channel: Channel,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoringConfig {
    pub encoder_folder: PathBuf,
    pub threads: usize,
}

impl TranscriptionConfig {
    /// How many recordings are written down at the same time.
    pub fn workers(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        if self.workers == 0 { cores() } else { self.workers }
    }

    fn check(&self) -> Result<(), &'static str> {
        if self.turn_minutes <= 0 || self.lease_seconds < 5 || self.attempts <= 0 {
            return Err("transcription: turn_minutes and attempts must be positive, lease_seconds at least 5");
        }
        if self.languages.is_empty() {
            return Err("transcription: languages must name one");
        }
        if !matches!(self.rep_channel, Channel::Left | Channel::Right) {
            return Err("transcription: rep_channel must be left or right");
        }
        Ok(())
    }
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
        self.transcription.check()
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
