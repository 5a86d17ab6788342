//! How long somebody has to wait who failed to sign in too often.

use std::num::NonZeroU32;

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
    /// Of one login, from anywhere.
    pub login: AttemptQuota,
    /// From one address, at any login.
    pub address: AttemptQuota,
    pub known_for_days: u32,
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

    /// A login that was signed in from an address since this time is known there.
    pub fn known_since(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - Duration::days(i64::from(self.known_for_days))
    }
}

/// So many at once, then one more every so many seconds: the generic cell rate algorithm, whose whole state is the time
/// at which the quota is full again.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttemptQuota {
    pub burst: NonZeroU32,
    pub every_seconds: NonZeroU32,
}

impl AttemptQuota {
    /// How much one attempt postpones the time at which the quota is full again.
    pub fn each(self) -> Duration {
        Duration::seconds(i64::from(self.every_seconds.get()))
    }

    /// One more attempt fits while the quota is full again no later than this.
    pub fn fits_until(self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + self.taken_by(self.burst.get() - 1)
    }

    /// When one more attempt fits.
    pub fn next_at(self, full_at: DateTime<Utc>) -> DateTime<Utc> {
        full_at - self.taken_by(self.burst.get() - 1)
    }

    fn taken_by(self, attempts: u32) -> Duration {
        Duration::seconds(i64::from(self.every_seconds.get()) * i64::from(attempts))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const QUOTA: AttemptQuota = quota(2, 10);
    const RULES: AttemptRules = AttemptRules {
        free: 3,
        first_wait_seconds: 30,
        longest_wait_seconds: 300,
        forget_after_minutes: 60,
        login: QUOTA,
        address: QUOTA,
        known_for_days: 30,
    };

    const fn quota(burst: u32, every_seconds: u32) -> AttemptQuota {
        let (Some(burst), Some(every_seconds)) = (NonZeroU32::new(burst), NonZeroU32::new(every_seconds)) else {
            panic!("not zero")
        };
        AttemptQuota { burst, every_seconds }
    }

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

        #[test]
        fn a_burst_fits_at_once_and_then_one_each_interval(burst in 1_u32..50, every in 1_u32..500) {
            let (quota, now) = (quota(burst, every), DateTime::UNIX_EPOCH);
            let mut full_at = now;
            for _ in 0..burst {
                prop_assert!(full_at <= quota.fits_until(now));
                full_at += quota.each();
            }
            prop_assert!(full_at > quota.fits_until(now));
            let next = quota.next_at(full_at);
            prop_assert_eq!(next, now + quota.each());
            prop_assert!(full_at <= quota.fits_until(next));
        }
    }
}
