//! How many requests somebody may make.

use std::net::IpAddr;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use uuid::Uuid;

use crate::config::{LimitsConfig, QuotaConfig};

type Limiter = DefaultKeyedRateLimiter<Who, StateInformationMiddleware>;

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Whose requests are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    Principal(Uuid),
    Address(IpAddr),
}

/// What kind of request counts against which quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Login,
    Read,
    Write,
}

impl Class {
    /// Anything that can be used to guess a secret is a login.
    pub fn of(method: &Method, path: &str) -> Self {
        let changes = !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
        let guesses =
            matches!(path, "/api/session" | "/api/session/password" | "/api/session/step-up" | "/api/oauth/token");
        if (changes && *method != Method::DELETE && guesses) || path.starts_with("/api/session/oidc/") {
            return Self::Login;
        }
        if changes { Self::Write } else { Self::Read }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// The three quotas. Each process counts for itself.
pub struct Limits {
    login: Counter,
    read: Counter,
    write: Counter,
    clock: DefaultClock,
}

struct Counter {
    limiter: Limiter,
    quota: QuotaConfig,
}

/// What is left, for the `RateLimit` headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    class: Class,
    quota: QuotaConfig,
    pub remaining: u32,
    /// Until there is one more; zero while there is some left.
    pub wait: Duration,
}

impl Limits {
    pub fn new(config: &LimitsConfig) -> Self {
        let counter = |quota| Counter { limiter: limiter(quota), quota };
        Self {
            login: counter(config.login),
            read: counter(config.read),
            write: counter(config.write),
            clock: DefaultClock::default(),
        }
    }

    /// Counts one request; an error when the quota is used up.
    pub fn count(&self, class: Class, who: Who) -> Result<Allowance, Allowance> {
        let counter = match class {
            Class::Login => &self.login,
            Class::Read => &self.read,
            Class::Write => &self.write,
        };
        let allowance = |remaining, wait| Allowance { class, quota: counter.quota, remaining, wait };
        match counter.limiter.check_key(&who) {
            Ok(state) => Ok(allowance(state.remaining_burst_capacity(), Duration::ZERO)),
            Err(not_until) => Err(allowance(0, not_until.wait_time_from(self.clock.now()))),
        }
    }

    /// Forgets those who have not asked for so long that their quota is full again.
    pub fn forget_idle(&self) {
        for counter in [&self.login, &self.read, &self.write] {
            counter.limiter.retain_recent();
            counter.limiter.shrink_to_fit();
        }
    }
}

fn limiter(quota: QuotaConfig) -> Limiter {
    let allowed = Quota::per_minute(quota.per_minute).allow_burst(quota.burst);
    RateLimiter::keyed(allowed).with_middleware()
}

impl PartialEq for QuotaConfig {
    fn eq(&self, other: &Self) -> bool {
        (self.per_minute, self.burst) == (other.per_minute, other.burst)
    }
}

impl Eq for QuotaConfig {}

impl Allowance {
    /// Whole seconds, at least one.
    pub fn wait_seconds(&self) -> u64 {
        self.wait.as_secs() + 1
    }

    /// `RateLimit` and `RateLimit-Policy` as the IETF's HTTPAPI group drafts them.
    pub fn write(&self, headers: &mut HeaderMap) {
        let name = self.class.name();
        let wait = if self.remaining == 0 { self.wait_seconds() } else { 0 };
        let window = 60 * u64::from(self.quota.burst.get()) / u64::from(self.quota.per_minute.get());
        let policy = format!("\"{name}\";q={};w={}", self.quota.burst, window.max(1));
        for (header, text) in [(LIMIT, format!("\"{name}\";r={};t={wait}", self.remaining)), (POLICY, policy)] {
            if let Ok(value) = HeaderValue::try_from(text) {
                headers.insert(header, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;

    fn limits(per_minute: u32, burst: u32) -> Limits {
        let quota = QuotaConfig {
            per_minute: NonZeroU32::new(per_minute).expect("not zero"),
            burst: NonZeroU32::new(burst).expect("not zero"),
        };
        Limits::new(&LimitsConfig { login: quota, read: quota, write: quota, trust_forwarded_for: false })
    }

    #[test]
    fn what_guesses_secrets_is_a_login() {
        assert_eq!(Class::of(&Method::POST, "/api/session"), Class::Login);
        assert_eq!(Class::of(&Method::POST, "/api/session/step-up"), Class::Login);
        assert_eq!(Class::of(&Method::GET, "/api/session/oidc/corp/callback"), Class::Login);
        assert_eq!(Class::of(&Method::GET, "/api/session"), Class::Read);
        assert_eq!(Class::of(&Method::DELETE, "/api/session"), Class::Write);
        assert_eq!(Class::of(&Method::POST, "/api/leads"), Class::Write);
    }

    #[test]
    fn everybody_has_a_quota_of_their_own() {
        let (limits, one, other) =
            (limits(1, 2), Who::Principal(Uuid::from_u128(1)), Who::Principal(Uuid::from_u128(2)));
        assert_eq!(limits.count(Class::Read, one).map(|left| left.remaining), Ok(1));
        assert_eq!(limits.count(Class::Read, one).map(|left| left.remaining), Ok(0));
        let refused = limits.count(Class::Read, one).expect_err("used up");
        assert!((1..=61).contains(&refused.wait_seconds()), "{refused:?}");
        assert!(limits.count(Class::Write, one).is_ok());
        assert!(limits.count(Class::Read, other).is_ok());
    }

    #[test]
    fn clients_learn_what_is_left() {
        let mut headers = HeaderMap::new();
        let left = limits(60, 10).count(Class::Write, Who::Principal(Uuid::nil())).expect("the first");
        left.write(&mut headers);
        assert_eq!(headers[LIMIT], "\"write\";r=9;t=0");
        assert_eq!(headers[POLICY], "\"write\";q=10;w=10");
    }
}
