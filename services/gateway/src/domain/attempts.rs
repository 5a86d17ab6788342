//! How long somebody has to wait who failed to sign in too often.

use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;

/// `[service.attempts]`
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttemptRules {
    /// Failures before the first wait.
    pub free: u32,
    pub first_wait_seconds: u32,
    pub longest_wait_seconds: u32,
    pub forget_after_minutes: u32,
}

impl AttemptRules {
    /// Until when nobody may try again after the `failures`-th failure (counted from 1).
    pub fn blocked_until(&self, failures: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let over = failures.checked_sub(self.free.max(1))?;
        let doubled = u64::from(self.first_wait_seconds).saturating_mul(1_u64 << over.min(20));
        let wait = doubled.min(u64::from(self.longest_wait_seconds));
        Some(now + Duration::seconds(i64::try_from(wait).unwrap_or(i64::from(u32::MAX))))
    }

    /// Failures before this time no longer count.
    pub fn forgotten_before(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - Duration::minutes(i64::from(self.forget_after_minutes))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULES: AttemptRules =
        AttemptRules { free: 3, first_wait_seconds: 30, longest_wait_seconds: 300, forget_after_minutes: 60 };

    #[test]
    fn the_wait_doubles_after_the_free_attempts() {
        let now = DateTime::UNIX_EPOCH;
        let waits: Vec<_> =
            (1..=7).map(|n| RULES.blocked_until(n, now).map_or(0, |until| (until - now).num_seconds())).collect();
        assert_eq!(waits, [0, 0, 30, 60, 120, 240, 300]);
    }

    proptest! {
        #[test]
        fn more_failures_never_wait_less(failures in 1_u32..1_000_000) {
            let now = DateTime::UNIX_EPOCH;
            prop_assert!(RULES.blocked_until(failures + 1, now) >= RULES.blocked_until(failures, now));
        }
    }
}
