//! Opening, describing and ending sessions.

use chrono::{DateTime, Duration, Utc};
use contracts::gateway::v1::{SessionEnded, SessionOpened};
use journal::{Caller, Entry, Origin, Write};
use kernel::{OrgPath, Principal, PrincipalKind, Role};
use runtime::telemetry::traceparent_of;
use serde::Serialize;
use uuid::Uuid;

use crate::State;
use crate::domain::language::Language;
use crate::domain::person::Person;
use crate::domain::secret::{SESSION_PREFIX, hash_of, new_token};
use crate::error::GatewayError;
use crate::store;
use crate::store::sessions::Ended;

/// A session that has just been opened. The token is shown this once.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Opened {
    /// For `Authorization: Bearer …`; browsers get the same as a cookie.
    pub token: String,
    pub expires_at: DateTime<Utc>,
    pub person_id: Uuid,
}

/// Who is signed in.
#[derive(Serialize, utoipa::ToSchema)]
pub struct WhoAmI {
    pub kind: PrincipalKind,
    pub id: Uuid,
    /// Empty for systems.
    pub name: String,
    pub org: OrgPath,
    pub roles: Vec<Role>,
    pub language: Language,
    pub tenant: TenantView,
    /// Until when a second factor counts as given.
    pub stepped_up_until: Option<DateTime<Utc>>,
    /// True when a second factor is enrolled.
    pub second_factor: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct TenantView {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
}

/// Signing in and stepping up answer secrets: nothing about them is kept for a repeated request.
pub(crate) fn unrepeatable(caller: &Caller) -> Caller {
    Caller { origin: Origin::Request(None), ..caller.clone() }
}

/// Somebody whose identity has just been established, in the request at hand.
pub(crate) fn recognised(state: &State, principal: Principal) -> Caller {
    let caller = Caller::request(principal, state.ids.new_id());
    Caller { traceparent: traceparent_of(&tracing::Span::current()), ..caller }
}

/// Opens a session for somebody whose identity has been established by `method`: `password` or `oidc`.
#[tracing::instrument(name = "gateway.open", skip_all, fields(person = %person.id))]
pub(crate) async fn open(state: &State, person: &Person, method: &str) -> Result<Opened, GatewayError> {
    let mut write = state.journal.begin(&recognised(state, person.principal())).await?;
    let token = new_token(SESSION_PREFIX, &state.ids);
    let now = write.now();
    let expires_at = now + Duration::minutes(i64::from(state.config.session.lifetime_minutes));
    let session = store::sessions::NewSession {
        id: write.new_id(),
        tenant_id: person.tenant.0,
        person_id: person.id,
        token_hash: hash_of(&token),
        now,
        expires_at,
    };
    store::sessions::insert(write.db(), &session).await?;
    let event = SessionOpened {
        session_id: session.id.to_string(),
        person_id: person.id.to_string(),
        method: method.to_owned(),
        expires_at: Some(expires_at.into()),
    };
    write.record(Entry::new(&event, session.id, 1)?);
    write.commit(()).await?;
    Ok(Opened { token, expires_at, person_id: person.id })
}

pub async fn end(state: &State, caller: &Caller, session: Uuid) -> Result<(), GatewayError> {
    let mut write = state.journal.begin(&unrepeatable(caller)).await?;
    let ended = store::sessions::end(write.db(), session).await?;
    record_ended(&mut write, caller.principal.id, &ended, "signed_out")?;
    Ok(write.commit(()).await?)
}

/// The evidence of sessions that have ended before their time.
pub(crate) fn record_ended(write: &mut Write, person: Uuid, ended: &[Ended], reason: &str) -> Result<(), GatewayError> {
    for session in ended {
        let event = SessionEnded {
            session_id: session.id.to_string(),
            person_id: person.to_string(),
            reason: reason.to_owned(),
        };
        write.record(Entry::new(&event, session.id, session.version + 1)?);
    }
    Ok(())
}

pub async fn who_am_i(state: &State, caller: &Caller) -> Result<WhoAmI, GatewayError> {
    let principal = &caller.principal;
    let mut tx = state.journal.read(principal, kernel::Scope::All).await?;
    let tenant = store::tenants::by_id(&mut tx, principal.tenant.0).await?.ok_or(GatewayError::NotSignedIn)?;
    let person = store::people::by_id(&mut tx, principal.tenant, principal.id).await?;
    let second_factor = store::second_factors::is_enrolled(&mut tx, principal.id).await?;
    let profile = person.map(|person| person.profile);
    Ok(WhoAmI {
        kind: principal.kind,
        id: principal.id,
        language: profile.as_ref().map_or_else(Language::default, |profile| profile.language),
        name: profile.map_or_else(String::new, |profile| profile.name),
        org: principal.org.clone(),
        roles: principal.roles.clone(),
        tenant: TenantView { id: tenant.id, slug: tenant.slug, name: tenant.name },
        stepped_up_until: principal.stepped_up_until.filter(|until| state.clock.now() < *until),
        second_factor,
    })
}
