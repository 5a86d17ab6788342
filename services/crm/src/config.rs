//! The `[service]` table of the configuration.

use serde::Deserialize;

use crate::domain::grade::GradeRules;
use crate::domain::health::HealthRules;
use crate::domain::key_moment::KeyMomentRules;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub grade: GradeRules,
    pub health: HealthRules,
    pub key_moments: KeyMomentRules,
    pub ai_qa: AiQaConfig,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AiQaConfig {
    pub suggest_within_ms: u64,
    pub transcript_within_ms: u64,
}

impl Config {
    /// What is wrong with the values, if anything.
    pub fn check(&self) -> Result<(), &'static str> {
        let hours = &self.key_moments;
        if [hours.pain_confirmed_hours, hours.objection_handling_hours, hours.delivery_locked_hours]
            .iter()
            .any(|hours| *hours <= 0)
        {
            return Err("key_moments: hours must be positive");
        }
        if !(self.grade.a_over > self.grade.b_over && self.grade.b_over > self.grade.c_over && self.grade.c_over >= 0) {
            return Err("grade: a_over, b_over and c_over must fall in this order");
        }
        if !self.health.are_fair() {
            return Err(
                "health: good facts must not cost points, bad ones must not bring any, green_from must exceed red_below",
            );
        }
        if self.ai_qa.suggest_within_ms == 0 || self.ai_qa.transcript_within_ms == 0 {
            return Err("ai_qa: both times must be positive");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_valid_and_complete() {
        let layered = runtime::config::Layered::defaults("crm", include_str!("../config.default.toml")).unwrap();
        let config: Config = layered.service().try_into().unwrap();
        assert_eq!(config.check(), Ok(()));
    }
}
