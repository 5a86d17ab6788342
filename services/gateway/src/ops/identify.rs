//! Who a session token, API key or access token belongs to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use kernel::{Principal, PrincipalKind, TenantId};
use tokio::time::Instant;
use uuid::Uuid;

use crate::State;
use crate::domain::secret::{ACCESS_PREFIX, API_KEY_PREFIX, ApiKey, Hash, SESSION_PREFIX, hash_of, same};
use crate::error::GatewayError;
use crate::store;
use crate::store::api_keys::ApiKeyRow;

/// "Last seen" and "last used" are written at most this often.
const NOTE_EVERY_SECONDS: i64 = 60;
const LARGEST_CACHE: usize = 50_000;

/// Somebody recognised.
#[derive(Clone, Debug)]
pub struct Identity {
    pub principal: Principal,
    /// The session, when it is one.
    pub session: Option<Uuid>,
}

/// What was looked up a moment ago, absence included.
#[derive(Clone)]
pub struct IdentityCache {
    known: Arc<Mutex<HashMap<Hash, Lookup>>>,
    believed_for: Duration,
}

#[derive(Clone)]
struct Lookup {
    at: Instant,
    identity: Option<Identity>,
}

impl IdentityCache {
    pub fn new(believed_for: Duration) -> Self {
        Self { known: Arc::default(), believed_for }
    }

    fn get(&self, key: &Hash) -> Option<Lookup> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(key).filter(|lookup| lookup.at.elapsed() < self.believed_for).cloned()
    }

    fn put(&self, key: Hash, identity: Option<Identity>) {
        if self.believed_for.is_zero() {
            return;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= LARGEST_CACHE {
            known.retain(|_, lookup| lookup.at.elapsed() < self.believed_for);
        }
        if known.len() < LARGEST_CACHE {
            known.insert(key, Lookup { at: Instant::now(), identity });
        }
    }

    /// Looks it up afresh the next time: its session has changed.
    pub fn forget(&self, credential: &str) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&hash_of(credential));
    }
}

/// The identity behind a credential; none when it is unknown, expired or revoked.
pub async fn identify(state: &State, credential: &str) -> Result<Option<Identity>, GatewayError> {
    let hash = hash_of(credential);
    if let Some(known) = state.identities.get(&hash) {
        return Ok(known.identity);
    }
    let identity = if credential.starts_with(SESSION_PREFIX) {
        by_session(state, &hash).await?
    } else if credential.starts_with(API_KEY_PREFIX) {
        by_api_key(state, credential).await?
    } else if credential.starts_with(ACCESS_PREFIX) {
        by_access_token(state, &hash).await?
    } else {
        return Ok(None);
    };
    state.identities.put(hash, identity.clone());
    Ok(identity)
}

async fn by_session(state: &State, hash: &Hash) -> Result<Option<Identity>, GatewayError> {
    let now = state.clock.now();
    let mut tx = state.journal.read_as_system().await?;
    let Some(session) = store::sessions::alive(&mut tx, hash, now, idle_since(state, now)).await? else {
        return Ok(None);
    };
    if is_due(Some(session.last_seen_at), now) {
        store::sessions::seen(&mut tx, session.id, now).await?;
        tx.commit().await?;
    }
    Ok(Some(Identity { principal: person(&session)?, session: Some(session.id) }))
}

/// Whose session this is as long as it lives. Asking is no use of it: an open page alone keeps nobody signed in.
pub async fn alive(state: &State, token: &str) -> Result<Option<Principal>, GatewayError> {
    let now = state.clock.now();
    let mut tx = state.journal.read_as_system().await?;
    let session = store::sessions::alive(&mut tx, &hash_of(token), now, idle_since(state, now)).await?;
    session.as_ref().map(person).transpose()
}

fn idle_since(state: &State, now: DateTime<Utc>) -> DateTime<Utc> {
    now - chrono::Duration::minutes(i64::from(state.config.session.idle_minutes))
}

fn person(session: &store::sessions::Session) -> Result<Principal, GatewayError> {
    Ok(Principal {
        kind: PrincipalKind::Person,
        tenant: TenantId(session.tenant_id),
        id: session.person_id,
        org: session.org.parse().map_err(|why| GatewayError::damaged("person", why))?,
        roles: store::people::roles(&session.roles)?,
        stepped_up_until: session.stepped_up_until,
    })
}

async fn by_api_key(state: &State, text: &str) -> Result<Option<Identity>, GatewayError> {
    let Some(key) = ApiKey::parse(text) else { return Ok(None) };
    valid_key(state, &key).await?.map(|row| client(&row)).transpose()
}

/// The stored key, when the secret fits and it still counts.
pub(crate) async fn valid_key(state: &State, key: &ApiKey) -> Result<Option<ApiKeyRow>, GatewayError> {
    let now = state.clock.now();
    let mut tx = state.journal.read_as_system().await?;
    let row = store::api_keys::by_public_id(&mut tx, &key.public_id).await?;
    let Some(row) = row.filter(|row| same(&row.secret_hash, &key.secret_hash()) && row.counts(now)) else {
        return Ok(None);
    };
    if is_due(row.last_used_at, now) {
        store::api_keys::used(&mut tx, row.id, now).await?;
        tx.commit().await?;
    }
    Ok(Some(row))
}

async fn by_access_token(state: &State, hash: &Hash) -> Result<Option<Identity>, GatewayError> {
    let now = state.clock.now();
    let mut tx = state.journal.read_as_system().await?;
    let Some(public_id) = store::access_tokens::key_of(&mut tx, hash, now).await? else { return Ok(None) };
    let row = store::api_keys::by_public_id(&mut tx, &public_id).await?;
    row.filter(|row| row.counts(now)).map(|row| client(&row)).transpose()
}

pub(crate) fn client(row: &ApiKeyRow) -> Result<Identity, GatewayError> {
    let principal = Principal {
        kind: PrincipalKind::ApiClient,
        tenant: TenantId(row.tenant_id),
        id: row.id,
        org: row.org.parse().map_err(|why| GatewayError::damaged("API key", why))?,
        roles: store::people::roles(std::slice::from_ref(&row.role))?,
        stepped_up_until: None,
    };
    Ok(Identity { principal, session: None })
}

fn is_due(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    last.is_none_or(|last| (now - last).num_seconds() >= NOTE_EVERY_SECONDS)
}
