//! A link under which one person can read one recording for a short time.
//!
//! Sealed with AES-256-GCM: owner is the recording, text is who may read (16 bytes) and until when (8 bytes, seconds,
//! big-endian).

use chrono::{DateTime, Duration, Utc};
use runtime::sealed::{SealError, SealingKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Long enough to begin a listening; whoever goes on later takes a new link.
const HOLDS: Duration = Duration::minutes(15);

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ContentLink {
    /// Relative to where the API is; works for the person who asked for it, signed in.
    pub url: String,
    pub expires_at: DateTime<Utc>,
}

/// Why a link opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    #[error("there is none")]
    Missing,
    #[error("it is damaged, or another recording's, or another person's")]
    Wrong,
    #[error("its time is over")]
    Expired,
}

impl ContentLink {
    pub fn write(key: &SealingKey, recording: Uuid, reader: Uuid, now: DateTime<Utc>) -> Result<Self, SealError> {
        let expires_at = now + HOLDS;
        let text = [reader.as_bytes().as_slice(), &expires_at.timestamp().to_be_bytes()].concat();
        let seal = hex::encode(key.seal(recording, &text)?);
        Ok(Self { url: format!("/api/recordings/{recording}/content?link={seal}"), expires_at })
    }
}

/// Whether the seal of a link lets `reader` read `recording` now.
pub fn check(
    key: &SealingKey,
    recording: Uuid,
    reader: Uuid,
    now: DateTime<Utc>,
    seal: Option<&str>,
) -> Result<(), LinkFault> {
    let sealed = hex::decode(seal.ok_or(LinkFault::Missing)?).map_err(|_| LinkFault::Wrong)?;
    let text = key.open(recording, &sealed).map_err(|_| LinkFault::Wrong)?;
    let (named, until) = text.split_at_checked(16).ok_or(LinkFault::Wrong)?;
    if named != reader.as_bytes() {
        return Err(LinkFault::Wrong);
    }
    let until = until.try_into().map(i64::from_be_bytes).map_err(|_| LinkFault::Wrong)?;
    if now.timestamp() < until { Ok(()) } else { Err(LinkFault::Expired) }
}

#[cfg(test)]
mod tests {
    use kernel::IdSource;

    use super::*;

    fn key() -> SealingKey {
        SealingKey::new(&"7".repeat(64), IdSource::seeded(3)).expect("a key")
    }

    #[test]
    fn a_link_is_for_one_recording_one_person_and_a_short_time() {
        let (recording, reader, other) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("valid");
        let link = ContentLink::write(&key(), recording, reader, now).expect("a link");
        let seal = link.url.rsplit_once('=').expect("a seal").1;
        let opens = |recording, reader, now| check(&key(), recording, reader, now, Some(seal));
        assert_eq!(opens(recording, reader, link.expires_at - Duration::seconds(1)), Ok(()));
        assert_eq!(opens(recording, reader, link.expires_at), Err(LinkFault::Expired));
        assert_eq!(opens(recording, other, now), Err(LinkFault::Wrong));
        assert_eq!(opens(other, reader, now), Err(LinkFault::Wrong));
        for (seal, fault) in [(None, LinkFault::Missing), (Some(""), LinkFault::Wrong), (Some("zz"), LinkFault::Wrong)]
        {
            assert_eq!(check(&key(), recording, reader, now, seal), Err(fault));
        }
    }
}
