//! Identifiers. New ones are UUIDv7, so that they sort by time and index well.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Clock;

/// Declares a typed identifier around a UUID.
#[macro_export]
macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }
    };
}

typed_id!(
    /// One customer organisation of Sluice; nothing crosses from one tenant to another.
    TenantId
);
typed_id!(
    /// One person in the organisation directory.
    PersonId
);

/// Hands out new ids: random in production, repeatable in tests.
#[derive(Clone, Debug)]
pub struct IdSource(Arc<Kind>);

#[derive(Debug)]
enum Kind {
    Random(Clock),
    Seeded { seed: u64, next: AtomicU64 },
}

impl IdSource {
    /// UUIDv7 from the clock and the machine's randomness.
    pub fn random(clock: Clock) -> Self {
        Self(Arc::new(Kind::Random(clock)))
    }

    /// The same sequence for the same seed.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Kind::Seeded { seed, next: AtomicU64::new(1) }))
    }

    /// A new id.
    #[expect(clippy::disallowed_methods, reason = "this is where ids come from")]
    pub fn new_id(&self) -> Uuid {
        match &*self.0 {
            Kind::Random(clock) => {
                let now = clock.now();
                let stamp = uuid::Timestamp::from_unix(
                    uuid::NoContext,
                    u64::try_from(now.timestamp()).unwrap_or(0),
                    now.timestamp_subsec_nanos(),
                );
                Uuid::new_v7(stamp)
            }
            Kind::Seeded { seed, next } => {
                let n = next.fetch_add(1, Ordering::SeqCst);
                uuid::Builder::from_custom_bytes(((u128::from(*seed) << 64) | u128::from(n)).to_be_bytes()).into_uuid()
            }
        }
    }

    /// 32 random bytes, for salts, tokens and keys.
    pub fn secret(&self) -> [u8; 32] {
        match &*self.0 {
            Kind::Random(_) => rand::random(),
            Kind::Seeded { .. } => {
                let mut bytes = [0; 32];
                bytes[..16].copy_from_slice(self.new_id().as_bytes());
                bytes[16..].copy_from_slice(self.new_id().as_bytes());
                bytes
            }
        }
    }
}

/// The id that the same name always gets inside a namespace: the same import row, the same event.
pub fn derived_id(namespace: Uuid, name: &str) -> Uuid {
    Uuid::new_v5(&namespace, name.as_bytes())
}

/// A page position that clients pass back unread: the last row's sort key and id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub key: String,
    pub id: Uuid,
}

impl Cursor {
    /// The position in a list that is sorted by a time.
    pub fn at(time: DateTime<Utc>, id: Uuid) -> Self {
        Self { key: time.to_rfc3339(), id }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeded_ids_repeat_and_never_collide() {
        let (a, b) = (IdSource::seeded(7), IdSource::seeded(7));
        let first: Vec<_> = (0..100).map(|_| a.new_id()).collect();
        assert_eq!(first, (0..100).map(|_| b.new_id()).collect::<Vec<_>>());
        assert_eq!(first.iter().collect::<std::collections::HashSet<_>>().len(), 100);
    }

    #[test]
    fn random_ids_sort_by_time() {
        let clock = Clock::movable();
        let ids = IdSource::random(clock.clone());
        let early = ids.new_id();
        clock.advance(chrono::Duration::seconds(1)).expect("movable");
        assert!(early < ids.new_id());
    }
}
