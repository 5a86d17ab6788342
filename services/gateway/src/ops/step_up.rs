//! Giving the second factor: it counts for this session, for a while.

use chrono::{DateTime, Duration, Utc};
use contracts::gateway::v1::{SecondFactorRefused, SessionSteppedUp};
use journal::{Caller, Entry};
use kernel::PersonId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::session::unrepeatable;
use crate::State;
use crate::error::GatewayError;
use crate::store;
use crate::store::second_factors::SecondFactor;

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Six digits from the authenticator app.
    #[schema(example = "123456")]
    pub code: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct SteppedUp {
    pub stepped_up_until: DateTime<Utc>,
}

#[tracing::instrument(name = "gateway.step_up", skip_all, fields(session = %session))]
pub async fn step_up(state: &State, caller: &Caller, session: Uuid, code: &str) -> Result<SteppedUp, GatewayError> {
    let PersonId(person) = caller.principal.person().ok_or(GatewayError::PeopleOnly)?;
    let mut write = state.journal.begin(&unrepeatable(caller)).await?;
    let now = write.now();
    let factor = store::second_factors::lock(write.db(), person).await?.unwrap_or_default();
    let sealed = factor.secret.as_deref().ok_or(GatewayError::NoSecondFactor)?;
    refuse_while_blocked(&factor, now)?;
    let secret = state.sealing.open(person, sealed)?;
    match authz::totp::verify(&secret, code.trim(), now, factor.last_step) {
        Ok(step) => {
            let until = now + Duration::minutes(i64::from(state.config.session.step_up_minutes));
            store::second_factors::used(write.db(), person, step).await?;
            let version = store::sessions::step_up(write.db(), session, until).await?;
            let event = SessionSteppedUp {
                session_id: session.to_string(),
                person_id: person.to_string(),
                until: Some(until.into()),
            };
            write.record(Entry::new(&event, session, version.ok_or(GatewayError::NotSignedIn)?)?);
            write.commit(()).await?;
            Ok(SteppedUp { stepped_up_until: until })
        }
        Err(refused) => {
            note_failure(state, &mut write, person, &factor).await?;
            write.commit(()).await?;
            Err(refused.into())
        }
    }
}

pub(crate) fn refuse_while_blocked(factor: &SecondFactor, now: DateTime<Utc>) -> Result<(), GatewayError> {
    match factor.blocked_until {
        Some(until) if now < until => Err(GatewayError::TooManyAttempts { until, now }),
        _ => Ok(()),
    }
}

/// Six digits are few: wrong ones soon have to wait.
pub(crate) async fn note_failure(
    state: &State,
    write: &mut journal::Write,
    person: Uuid,
    factor: &SecondFactor,
) -> Result<(), GatewayError> {
    let failures = factor.failures.saturating_add(1);
    let until = state.config.attempts.blocked_until(u32::try_from(failures).unwrap_or(u32::MAX), write.now());
    store::second_factors::failed(write.db(), person, failures, until).await?;
    let event = SecondFactorRefused { person_id: person.to_string() };
    write.record(Entry::new(&event, write.new_id(), 1)?);
    Ok(())
}
