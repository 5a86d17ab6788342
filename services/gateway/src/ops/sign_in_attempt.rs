//! Attempts to sign in are counted thrice: of one login from one address, of one login from anywhere, and from one
//! address at any login. So neither many addresses nor many logins make guessing cheap.
//!
//! Strangers can use up the last two. A login that was signed in from this address lately passes them by: nobody can
//! keep somebody else out of where they usually work.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::State;
use crate::domain::attempts::AttemptQuota;
use crate::domain::secret::{Hash, hash_of};
use crate::error::GatewayError;
use crate::store;

/// One attempt, counted as failed until it has succeeded.
pub(super) struct Attempt {
    /// Of login and address together.
    key: Hash,
    /// The quotas that it was taken from.
    taken: Vec<(Hash, AttemptQuota)>,
}

impl Attempt {
    /// Counts an attempt; refuses while the wait of earlier ones lasts.
    pub async fn count(state: &State, tenant: &str, login: &str, address: IpAddr) -> Result<Self, GatewayError> {
        let (rules, now) = (state.config.attempts, state.clock.now());
        let mut attempt = Self { key: hash_of(&format!("{tenant}\n{login}\n{address}")), taken: Vec::new() };
        let mut tx = state.journal.read_as_system().await?;
        attempt.count_alone(state, &mut tx, now).await?;
        let known = store::attempts::last_success(&mut tx, &attempt.key).await?;
        if known.is_none_or(|at| at < rules.known_since(now)) {
            attempt.take(&mut tx, hash_of(&format!("login\n{tenant}\n{login}")), rules.login, now).await?;
            attempt.take(&mut tx, hash_of(&format!("address\n{address}")), rules.address, now).await?;
        }
        tx.commit().await?;
        Ok(attempt)
    }

    async fn count_alone(&self, state: &State, db: &mut PgConnection, now: DateTime<Utc>) -> Result<(), GatewayError> {
        let rules = state.config.attempts;
        let Some(failures) = store::attempts::count(db, &self.key, now, rules.forgotten_before(now)).await? else {
            let until = store::attempts::blocked_until(db, &self.key).await?.unwrap_or(now);
            return Err(GatewayError::TooManyAttempts { until, now });
        };
        let until = rules.blocked_until(u32::try_from(failures).unwrap_or(u32::MAX), now);
        Ok(store::attempts::block(db, &self.key, until).await?)
    }

    async fn take(
        &mut self,
        db: &mut PgConnection,
        key: Hash,
        quota: AttemptQuota,
        now: DateTime<Utc>,
    ) -> Result<(), GatewayError> {
        if store::attempt_quotas::take(db, &key, quota, now).await? {
            self.taken.push((key, quota));
            return Ok(());
        }
        let full_at = store::attempt_quotas::full_at(db, &key).await?.unwrap_or(now);
        Err(GatewayError::TooManyAttempts { until: quota.next_at(full_at), now })
    }

    /// The password was right: the login starts anew at this address, and the quotas get back what this attempt took.
    pub async fn succeeded(self, state: &State) -> Result<(), GatewayError> {
        let mut tx = state.journal.read_as_system().await?;
        store::attempts::succeeded(&mut tx, &self.key, state.clock.now()).await?;
        for (key, quota) in &self.taken {
            store::attempt_quotas::give_back(&mut tx, key, *quota).await?;
        }
        Ok(tx.commit().await?)
    }
}
